"""The rule for numbers about people: which counts may be shown, and what may be made of them.

Every rate, ratio, difference and interval of a shared report is computed from what this rule
lets through, so that a number shown never says more than the counts beside it. Row by row:

- a count of 0 to 9 is "fewer than 10"; a part that lacks fewer than 10 of its whole is
  "all but fewer than 10"; any other count is rounded to the nearest 5;
- where one number of a row is hidden, no rate, ratio or interval of that row is shown, and the
  comparison's counts that would give it away by subtraction are withheld too;
- where rows repeat people, it is people that must be 10 or more: all of them, and those that so
  many rows would be of if each had as many.

Rounded to 5, a difference of 10 or more is still shown as 10 or more: no two counts of one
row have a shown difference under 10. Differencing between rows or reports is not covered.
`Rule` is what another rule has to offer.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

SMALL = 10
BASE = 5


class Mask(StrEnum):
    """Why a count is not shown."""

    NONE = "none"
    FEW = "few"
    ALL_BUT_FEW = "all_but_few"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A count or quantity as it may be shown; `value` is None exactly where it is masked."""

    value: float | None
    mask: Mask = Mask.NONE
    rounded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """`x` of `n` as they may be shown."""

    x: Count
    n: Count
    weighted: float | None = None
    """The rate where rows carry sampling weights, no finer than counts rounded to 5 would be."""
    effective: float | None = None
    """What the `n` rows are worth where they repeat units or carry weights."""

    @property
    def rate(self) -> float | None:
        """The rate of the shown counts, weighted where rows are; None where one is masked."""
        if self.x.value is None or not self.n.value:
            return None
        return self.x.value / self.n.value if self.weighted is None else self.weighted

    @property
    def size(self) -> float | None:
        """How many independent rows it is worth; None where that may not be shown."""
        if self.n.value is None or self.effective is None:
            return self.n.value
        return self.effective


class Rule(Protocol):
    """What may be shown of counts."""

    def count(self, value: float) -> Count:
        """One count or quantity by itself."""
        ...

    def part(self, x: int, n: int) -> Part:
        """A part of a whole."""
        ...

    def pair(
        self, x: int, n: int, x0: int, n0: int, *, units: tuple[int, int] | None = None
    ) -> tuple[Part, Part]:
        """Two parts of two wholes that are shown on one row.

        `units` are the people behind each whole, where rows repeat them.
        """
        ...


class AsTheyAre:
    """The rule for what is not about people: test cases, columns, rules."""

    def count(self, value: float) -> Count:
        """The value itself."""
        return Count(value=value)

    def part(self, x: int, n: int) -> Part:
        """Both counts themselves."""
        return Part(x=Count(value=x), n=Count(value=n))

    def pair(
        self,
        x: int,
        n: int,
        x0: int,
        n0: int,
        *,
        units: tuple[int, int] | None = None,  # noqa: ARG002 - nobody is behind these rows
    ) -> tuple[Part, Part]:
        """All four counts themselves."""
        return self.part(x, n), self.part(x0, n0)


class People:
    """The rule for counts of people or their rows."""

    def count(self, value: float) -> Count:
        """Fewer than 10, or rounded to the nearest 5."""
        if value < SMALL:
            return _masked(Mask.FEW)
        return Count(value=BASE * int(value / BASE + 0.5), rounded=True)

    def part(self, x: int, n: int) -> Part:
        """The part is masked when it, or what it lacks of the whole, is under 10."""
        if n < SMALL:
            return Part(x=_masked(Mask.FEW), n=_masked(Mask.FEW))
        if x < SMALL:
            return Part(x=_masked(Mask.FEW), n=self.count(n))
        if n - x < SMALL:
            return Part(x=_masked(Mask.ALL_BUT_FEW), n=self.count(n))
        return Part(x=self.count(x), n=self.count(n))

    def pair(
        self, x: int, n: int, x0: int, n0: int, *, units: tuple[int, int] | None = None
    ) -> tuple[Part, Part]:
        """Where one side is masked, the counts of the other that complete a total are withheld."""
        own, other = self.part(x, n), self.part(x0, n0)
        if units is not None:
            own, other = _of_people(own, x, n, units[0]), _of_people(other, x0, n0, units[1])
        return _beside(own, other), _beside(other, own)


def _of_people(part: Part, x: int, n: int, people: int) -> Part:
    """The same part of rows that repeat people, hidden where too few people are behind it."""
    if people < SMALL:
        return Part(x=_masked(Mask.FEW), n=_masked(Mask.FEW))
    if part.x.value is not None and min(x, n - x) * people < SMALL * n:
        return Part(x=_masked(Mask.WITHHELD), n=part.n)
    return part


def _masked(mask: Mask) -> Count:
    return Count(value=None, mask=mask)


def _beside(part: Part, other: Part) -> Part:
    """Withhold what together with a published total would give the other side's small count."""
    x, n = part.x, part.n
    if other.n.value is None and n.value is not None:
        n = _masked(Mask.WITHHELD)
    if other.x.value is None and x.value is not None:
        x = _masked(Mask.WITHHELD)
    return Part(x=x, n=n)


PEOPLE: Rule = People()
AS_THEY_ARE: Rule = AsTheyAre()
