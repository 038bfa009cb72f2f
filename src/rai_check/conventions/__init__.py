"""How other fairness engines define their figures, to reconcile a vendor's report with our counts.

Never a default: what they print where a denominator is empty is not a measurement.
"""

from rai_check.conventions.confusion import Confusion, Figure
from rai_check.conventions.named import CONVENTIONS, Convention, convention
from rai_check.conventions.vendor import Reconciled, reconcile_vendor

__all__ = [
    "CONVENTIONS",
    "Confusion",
    "Convention",
    "Figure",
    "Reconciled",
    "convention",
    "reconcile_vendor",
]
