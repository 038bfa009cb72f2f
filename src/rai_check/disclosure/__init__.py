"""Assessment → PublicAssessment: all that a shared report may know, every number protected.

The rule is `rai_check.protected.PEOPLE`; rates, effects, intervals and plans are worked out again
from protected counts, never copied, and p values are left out, since all of them give counts
away. What is not about people is shown as it is. Whether a group is empty or has one to nine
people in it changes nothing that is shown, unless its outcome differs. Reports other than the
JSON are made from a `PublicAssessment` alone.
"""

from rai_check.disclosure.whole import public

__all__ = ["public"]
