"""Families of tests: Holm's correction over each, a test that is there twice counted once. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from rai_check.drafts import Draft, DraftItem, Settled, Tested, gap
from rai_check.outcome import Outcome
from rai_check.policy.model import Policy
from rai_check.stats.multiple import holm
from rai_check.weighing.mirrored import Key

Which: TypeAlias = tuple[str, int, Key]
"""(item, part, which test of it): equal for two tests that are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Corrected:
    p: float
    shared: int


def adjust(policy: Policy, items: Sequence[DraftItem]) -> tuple[DraftItem, ...]:
    """Fill in the Holm-adjusted p values, family by family.

    A family named in the policy has the size fixed there: members that did not run count as
    p = 1, and more tests than were counted make an error of every item in it. Two lines that show
    one comparison from its two sides bring each test once.
    """
    adjusted: list[DraftItem] = list(items)
    for family in sorted({item.family for item in items}):
        members = [i for i, item in enumerate(items) if item.family == family]
        p = _tests([items[i] for i in members])
        size = policy.families.get(family, len(p))
        found = _holm(p, max(size, len(p)))
        for i in members:
            adjusted[i] = _with_adjusted(items[i], found, size)
        if len(p) > size:
            reason = f"the family {family!r} holds {len(p)} tests; the policy counted {size}"
            fault = Settled(line=gap("", Outcome.ERROR, reason))
            for i in members:
                adjusted[i] = replace(adjusted[i], lines=(*adjusted[i].lines, fault))
    return tuple(adjusted)


def _tests(items: Sequence[DraftItem]) -> dict[Which, float]:
    """The p for failing of every test of a family; of one seen twice, the larger."""
    found: dict[Which, float] = {}
    for item in items:
        for line in item.lines:
            if isinstance(line, Tested):
                for key, test in zip(_keys(item, line), line.weighed.tests, strict=True):
                    found[key] = max(test.fail, found.get(key, 0.0))
    return found


def _keys(item: DraftItem, line: Tested) -> list[Which]:
    """What identifies each test of a line."""
    return [
        (item.item.id, line.part, line.seen.key(test.end, test.bound, line.limit))
        for test in line.weighed.tests
    ]


def _holm(p: dict[Which, float], size: int) -> dict[Which, _Corrected]:
    """Adjusted p of each test, and how many tests share alpha at its step."""
    if not p:
        return {}
    adjusted = dict(zip(p, holm([*p.values()], size=size), strict=True))
    ordered = sorted(p, key=p.__getitem__)  # stable, as Holm's own order is
    return {
        key: _Corrected(p=adjusted[key], shared=size - rank) for rank, key in enumerate(ordered)
    }


def _with_adjusted(item: DraftItem, found: dict[Which, _Corrected], size: int) -> DraftItem:
    lines: list[Draft] = []
    for line in item.lines:
        if isinstance(line, Tested):
            own = [found[key] for key in _keys(item, line)]
            lines.append(
                replace(line, adjusted=tuple(c.p for c in own), shared=tuple(c.shared for c in own))
            )
        else:
            lines.append(line)
    return replace(item, lines=tuple(lines), family_size=size)
