"""Populations that data are compared with: shipped ones, and a project's own table of counts."""

from rai_check.references.find import POPULATION_FACT, SAMPLE_FACT, find_reference
from rai_check.references.population import POPULATIONS, Population
from rai_check.references.reference import Reference

__all__ = [
    "POPULATIONS",
    "POPULATION_FACT",
    "SAMPLE_FACT",
    "Population",
    "Reference",
    "find_reference",
]
