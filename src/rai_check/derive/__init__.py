"""The closed list of steps that a project file may ask for; nothing else computes on rows."""

from rai_check.derive.interface import Side
from rai_check.derive.run import Derived, derived
from rai_check.derive.steps import StepFile

__all__ = ["Derived", "Side", "StepFile", "derived"]
