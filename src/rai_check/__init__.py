"""rai-check: may this system go into live service, what is the evidence, and how sure are we?

Names are loaded when first used, so that `import rai_check` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = [
    "Assessment",
    "Check",
    "CheckResult",
    "Confusion",
    "DataError",
    "Estimate",
    "Exact",
    "Figure",
    "Finding",
    "Measurement",
    "Measurements",
    "Missing",
    "NotApplicable",
    "Options",
    "Outcome",
    "Project",
    "Proportion",
    "RaiCheckError",
    "Sampled",
    "Severity",
    "Share",
    "Stage",
    "TwoProportions",
    "Undefined",
    "UsageError",
    "Verdict",
    "from_metric_frame",
    "measure",
    "reconcile_vendor",
    "run",
    "where",
]

_HOMES = {
    "rai_check.assess": ("measure", "run"),
    "rai_check.assessment": ("Assessment", "Measurements"),
    "rai_check.check": ("Check", "Missing", "NotApplicable"),
    "rai_check.conventions": ("Confusion", "Figure", "reconcile_vendor"),
    "rai_check.errors": ("DataError", "RaiCheckError", "UsageError"),
    "rai_check.measurement": (
        "CheckResult",
        "Estimate",
        "Exact",
        "Finding",
        "Measurement",
        "Proportion",
        "Sampled",
        "Share",
        "TwoProportions",
        "Undefined",
        "where",
    ),
    "rai_check.measuring": ("Options",),
    "rai_check.metric_frames": ("from_metric_frame",),
    "rai_check.outcome": ("Outcome", "Severity", "Stage", "Verdict"),
    "rai_check.project": ("Project",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

if TYPE_CHECKING:
    from rai_check.assess import measure, run
    from rai_check.assessment import Assessment, Measurements
    from rai_check.check import Check, Missing, NotApplicable
    from rai_check.conventions import Confusion, Figure, reconcile_vendor
    from rai_check.errors import DataError, RaiCheckError, UsageError
    from rai_check.measurement import (
        CheckResult,
        Estimate,
        Exact,
        Finding,
        Measurement,
        Proportion,
        Sampled,
        Share,
        TwoProportions,
        Undefined,
        where,
    )
    from rai_check.measuring import Options
    from rai_check.metric_frames import from_metric_frame
    from rai_check.outcome import Outcome, Severity, Stage, Verdict
    from rai_check.project import Project


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOME:
        raise AttributeError(f"module 'rai_check' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
