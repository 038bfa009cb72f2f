"""What can be said of a data file before anybody describes it, in plain words and without a value.

Counts are protected as in every shared report; nothing here decides anything.
"""

from rai_check.survey.model import ColumnLook, Notice, Sort, Survey
from rai_check.survey.survey import survey

__all__ = ["ColumnLook", "Notice", "Sort", "Survey", "survey"]
