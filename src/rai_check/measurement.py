"""What a check may say: measurements that rest on sufficient statistics, and findings at places.

Evidence is what a test needs, never a conclusion: the judge alone knows limits.
Nothing here holds a data value; group labels are those the project declares.
Standard library only.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias


def _whole(owner: str, **counts: int) -> None:
    for name, value in counts.items():
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ValueError(f"{owner}.{name} must be a whole number of at least 0")


def _finite(owner: str, **values: float) -> None:
    for name, value in values.items():
        if isinstance(value, bool) or not math.isfinite(value):
            raise ValueError(f"{owner}.{name} must be a finite number; use Undefined instead")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exact:
    """A count or quantity known without sampling error; the only evidence judged by its point."""

    value: float
    kind: Literal["exact"] = "exact"

    def __post_init__(self) -> None:
        _finite("Exact", value=self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion:
    """`x` of `n` independent units."""

    x: int
    n: int
    kind: Literal["proportion"] = "proportion"

    def __post_init__(self) -> None:
        _whole("Proportion", x=self.x, n=self.n)
        if self.x > self.n or self.n == 0:
            raise ValueError("Proportion needs 0 <= x <= n and n > 0; use Undefined instead")


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoProportions:
    """`x` of `n` in the group, `x0` of `n0` in what it is compared with; disjoint samples."""

    x: int
    n: int
    x0: int
    n0: int
    kind: Literal["two_proportions"] = "two_proportions"

    def __post_init__(self) -> None:
        _whole("TwoProportions", x=self.x, n=self.n, x0=self.x0, n0=self.n0)
        if self.x > self.n or self.x0 > self.n0 or not self.n or not self.n0:
            raise ValueError("TwoProportions needs x <= n, x0 <= n0 and both denominators")


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value with its standard error, for methods that have no counts.

    `df` None means a normal, otherwise a Student t, reference distribution.
    With `link="log"` value and standard error are of the logarithm of the effect.
    """

    value: float
    se: float
    df: float | None = None
    link: Literal["identity", "log"] = "identity"
    kind: Literal["estimate"] = "estimate"

    def __post_init__(self) -> None:
        _finite("Estimate", value=self.value, se=self.se)
        if self.se < 0 or (self.df is not None and not self.df > 0):
            raise ValueError("Estimate needs se >= 0 and df > 0")
        if self.link not in {"identity", "log"}:
            raise ValueError("Estimate.link must be 'identity' or 'log'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """`hits` among `looked` drawn without replacement from `population`: a scan that sampled."""

    hits: int
    looked: int
    population: int
    kind: Literal["sampled"] = "sampled"

    def __post_init__(self) -> None:
        _whole("Sampled", hits=self.hits, looked=self.looked, population=self.population)
        if not (self.hits <= self.looked <= self.population and self.looked):
            raise ValueError("Sampled needs hits <= looked <= population and looked > 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A statement by a person, without which the control is not met; the judge looks for it."""

    statement: Literal["attestation", "sign-off", "justification", "in-date"]
    roles: tuple[str, ...] = ()
    max_age_days: int | None = None
    not_before: date | None = None
    """Documents older than this date (the last change of the system) do not count."""
    covers: tuple[str, ...] = ()
    """Ids of the controls whose confirmed failures ask for a justification."""
    kind: Literal["asked"] = "asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undefined:
    """No number, and why. Never compared with a limit: the judge makes it inconclusive."""

    code: str
    text: str
    mendable: bool = False
    """Someone can put it right, in the data or the project, so no mitigation stands in for it."""
    kind: Literal["undefined"] = "undefined"


Evidence: TypeAlias = Exact | Proportion | TwoProportions | Estimate | Sampled | Asked | Undefined
NOBODY = "nobody"
"""Code of an undefined rate: nobody to measure it on."""
NOBODY_BESIDE = "nobody_beside"
"""Code of an undefined comparison: nobody to compare the group with."""
UNDECLARED = "undeclared group "
"""How the label of a value begins that nothing declares; a number follows."""
SMALL_GROUPS = "small groups together"
"""Label of groups each too small to stand alone."""
Where: TypeAlias = tuple[tuple[str, str], ...]
"""Sorted (key, label) pairs, such as ``(("ethnicity", "Asian"),)``."""


def where(**keys: str) -> Where:
    """Build a `Where`, in the one order that compares equal."""
    return tuple(sorted(keys.items()))


def where_of(keys: Mapping[str, str]) -> Where:
    """Build a `Where` from a mapping whose keys may not be identifiers."""
    return tuple(sorted(keys.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One number with all that it rests on."""

    metric: str
    """Name of the metric, such as ``selection rate``."""
    evidence: Evidence
    where: Where = ()
    against: str | None = None
    """What the group is compared with: ``rest``, a group's label, or None."""
    members: tuple[str, ...] = ()
    """Labels pooled into this one because each was too small to stand alone."""
    known: int | None = None
    total: int | None = None
    """How many rows had what the metric needs, of how many; None where it does not arise."""
    unit: str = "rows"
    """What was counted: ``people``, ``cases``, ``rows``, ``columns`` ..."""
    about_people: bool = True
    """Whether counts are of people or their rows, so that reports must protect them."""
    information: bool = False
    """Shown beside the outcome, never held against a limit."""
    notes: tuple[str, ...] = ()
    """Whole sentences for the reader; no data values."""

    def __post_init__(self) -> None:
        if (self.known is None) != (self.total is None):
            raise ValueError("Measurement needs both known and total, or neither")
        if self.known is not None and self.total is not None:
            _whole("Measurement", known=self.known, total=self.total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something found at a place; the shape is masked, the value never kept."""

    place: str
    """Table and column, or file and line."""
    kind: str
    shape: str
    """Such as ``NNN NNN NNNN``; letters and digits only as classes."""
    count: int
    about_people: bool = True

    def __post_init__(self) -> None:
        _whole("Finding", count=self.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """All that one check says. Empty is an error: a check that yields nothing proves nothing."""

    measurements: tuple[Measurement, ...]
    findings: tuple[Finding, ...] = ()
    expected: tuple[Where, ...] = ()
    """Places the project promised; one that does not come back is an error, not silence."""

    def absent(self) -> tuple[Where, ...]:
        """Promised places that neither came back nor were pooled into one that did."""
        seen = {m.where for m in self.measurements}
        for m in self.measurements:
            for key, _ in m.where[:1]:
                seen.update(((key, member),) for member in m.members)
        return tuple(sorted({*self.expected} - seen))
