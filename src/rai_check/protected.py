"""The rule for numbers about people: which counts may be shown, and what may be made of them.

Every rate, ratio, difference and interval of a shared report is computed from what this rule
lets through, so that a number shown never says more than the counts beside it. Row by row:

- a count of 0 to 9 is "fewer than 10"; a part that lacks fewer than 10 of its whole is
  "all but fewer than 10"; any other count is rounded to the nearest 5;
- where one number of a row is hidden, no rate, ratio or interval of that row is shown, and the
  comparison's counts that would give it away by subtraction are withheld too.

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

    @property
    def rate(self) -> float | None:
        """The rate of the shown counts; None where one of them is masked."""
        if self.x.value is None or not self.n.value:
            return None
        return self.x.value / self.n.value


class Rule(Protocol):
    """What may be shown of counts."""

    def count(self, value: float) -> Count:
        """One count or quantity by itself."""
        ...

    def part(self, x: int, n: int) -> Part:
        """A part of a whole."""
        ...

    def pair(self, x: int, n: int, x0: int, n0: int) -> tuple[Part, Part]:
        """Two parts of two wholes that are shown on one row."""
        ...


class AsTheyAre:
    """The rule for what is not about people: test cases, columns, rules."""

    def count(self, value: float) -> Count:
        """The value itself."""
        return Count(value=value)

    def part(self, x: int, n: int) -> Part:
        """Both counts themselves."""
        return Part(x=Count(value=x), n=Count(value=n))

    def pair(self, x: int, n: int, x0: int, n0: int) -> tuple[Part, Part]:
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

    def pair(self, x: int, n: int, x0: int, n0: int) -> tuple[Part, Part]:
        """Where one side is masked, the counts of the other that complete a total are withheld."""
        own, other = self.part(x, n), self.part(x0, n0)
        return _beside(own, other), _beside(other, own)


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
