"""From an id to a check: built-ins by module name, third parties by entry point.

A third party cannot shadow a built-in id; one that does not load stops the run.
"""

import importlib
import pkgutil
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from rai_check.check import Check
from rai_check.errors import UsageError, did_you_mean

GROUP = "rai_check.checks"


@cache
def builtin_ids() -> tuple[str, ...]:
    """Ids of the checks in this package, from the names of their files."""
    from rai_check import checks

    return tuple(sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(checks.__path__)))


def _third_parties() -> dict[str, EntryPoint]:
    found: dict[str, EntryPoint] = {}
    for point in entry_points(group=GROUP):
        if point.name in builtin_ids() or point.name in found:
            owner = point.dist.name if point.dist else "a package"
            raise UsageError(f"{owner!r} registers the check id {point.name!r}, which is taken.")
        found[point.name] = point
    return found


def check_ids() -> tuple[str, ...]:
    """Every id that a policy may name."""
    return tuple(sorted({*builtin_ids(), *_third_parties()}))


def get_check(id: str) -> Check:  # noqa: A002 - the word a reader of a policy knows
    """Load one check; only those that a policy names are imported.

    Raises:
        UsageError: when there is none of that id, or it does not load.
    """
    if id in builtin_ids():
        return _checked(importlib.import_module(f"rai_check.checks.{id.replace('-', '_')}"), id)
    point = _third_parties().get(id)
    if point is None:
        raise UsageError(f"there is no check {id!r}.{did_you_mean(id, check_ids())}")
    try:
        found = point.load()
    except Exception as broken:  # noqa: BLE001 - whatever a plugin raises, the run stops with its name
        raise UsageError(
            f"the check {id!r} from {point.value!r} does not load ({type(broken).__name__})."
        ) from None
    if not isinstance(found, Check) or found.id != id:
        raise UsageError(f"{point.value!r} is registered as check {id!r} but is not that check.")
    return found


def _checked(module: object, id: str) -> Check:  # noqa: A002 - as get_check
    found = getattr(module, id.replace("-", "_"), None)
    if not isinstance(found, Check) or found.id != id:
        raise TypeError(f"module of check {id!r} must define it under the same name")
    return found
