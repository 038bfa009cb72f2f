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
    effective: float | None = None
    """What the n rows are worth where they repeat units; None where each stands alone."""
    weighted: float | None = None
    """The rate where rows carry sampling weights; None where it is x / n."""
    kind: Literal["proportion"] = "proportion"

    def __post_init__(self) -> None:
        _whole("Proportion", x=self.x, n=self.n)
        if self.x > self.n or self.n == 0:
            raise ValueError("Proportion needs 0 <= x <= n and n > 0; use Undefined instead")
        if self.weighted is not None and not 0 <= self.weighted <= 1:
            raise ValueError("Proportion.weighted must be a rate from 0 to 1")

    @property
    def rate(self) -> float:
        """The share of events, weighted where rows are."""
        return self.x / self.n if self.weighted is None else self.weighted


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`x` of `n` independent units, against `x0` of a population of `n0` that is known whole."""

    x: int
    n: int
    x0: int
    n0: int
    kind: Literal["share"] = "share"

    def __post_init__(self) -> None:
        _whole("Share", x=self.x, n=self.n, x0=self.x0, n0=self.n0)
        if self.x > self.n or self.x0 > self.n0 or not self.n or not self.x0:
            raise ValueError("Share needs x <= n, n > 0 and 0 < x0 <= n0; use Undefined instead")

    @property
    def known(self) -> float:
        """Share of the population, without sampling error."""
        return self.x0 / self.n0

    @property
    def ratio(self) -> float:
        """Share of the units over that of the population."""
        return self.x / self.n / self.known


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What repeated units and sampling weights do to two rates.

    A rate's effective size is that of the simple sample of independent rows with the same
    variance: n over the design effect (Kish 1965; Rao and Scott 1981).
    """

    rate: float
    rate0: float
    """The two rates as estimated, weighted where rows carry sampling weights."""
    effective: float
    effective0: float
    correlation: float = 0.0
    """Of the two estimates: not 0 where the same unit has rows on both sides."""
    units: int
    units0: int
    """Units on each side, as many as would count alike: (sum n)^2 / sum n^2 over units of n rows,
    so that a few very large ones do not pass for many. Degrees of freedom are one less than the
    fewer."""
    weighted: bool = False

    def __post_init__(self) -> None:
        _whole("Design", units=self.units, units0=self.units0)
        _finite("Design", rate=self.rate, rate0=self.rate0, correlation=self.correlation)
        _finite("Design", effective=self.effective, effective0=self.effective0)
        if not (0 <= self.rate <= 1 and 0 <= self.rate0 <= 1 and abs(self.correlation) <= 1):
            raise ValueError("Design needs rates from 0 to 1 and a correlation within -1 and 1")
        if self.effective <= 0 or self.effective0 <= 0:
            raise ValueError("Design needs effective sizes above 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoProportions:
    """`x` of `n` in the group, `x0` of `n0` in what it is compared with; disjoint samples."""

    x: int
    n: int
    x0: int
    n0: int
    design: Design | None = None
    """Where rows repeat a unit or carry sampling weights; None where each row stands alone."""
    kind: Literal["two_proportions"] = "two_proportions"

    def __post_init__(self) -> None:
        _whole("TwoProportions", x=self.x, n=self.n, x0=self.x0, n0=self.n0)
        if self.x > self.n or self.x0 > self.n0 or not self.n or not self.n0:
            raise ValueError("TwoProportions needs x <= n, x0 <= n0 and both denominators")

    @property
    def rates(self) -> tuple[float, float]:
        """Rate of the group and rate of what it is compared with, weighted where rows are."""
        if self.design is not None:
            return self.design.rate, self.design.rate0
        return self.x / self.n, self.x0 / self.n0


@dataclass(frozen=True, slots=True, kw_only=True)
class Strata:
    """The same comparison within each stratum, such as a kind of case; what is common is judged."""

    tables: tuple[TwoProportions, ...]
    kind: Literal["strata"] = "strata"

    def __post_init__(self) -> None:
        if not self.tables or any(t.design is not None for t in self.tables):
            raise ValueError("Strata needs one table or more, of rows that each stand alone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """Two answers on the same cases, such as the tool's and today's: counts of the four kinds."""

    both: int
    only: int
    """Positive by the first answer alone."""
    only0: int
    """Positive by the second answer alone."""
    neither: int
    kind: Literal["paired"] = "paired"

    def __post_init__(self) -> None:
        _whole("Paired", both=self.both, only=self.only, only0=self.only0, neither=self.neither)
        if not self.total:
            raise ValueError("Paired needs one case or more; use Undefined instead")

    @property
    def total(self) -> int:
        """Cases that have both answers."""
        return self.both + self.only + self.only0 + self.neither


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A disparity now and the same disparity before, both as logarithms of a ratio of two rates.

    What is judged is how much further from equality it is: exp(|now| - |before|), a factor that
    is 1 where nothing changed and above 1 where the gap is wider now, whichever way it points.
    """

    now: float
    now_se: float
    before: float
    before_se: float
    correlation: float = 0.0
    """Of the two estimates: not 0 where the same cases are behind both."""
    kind: Literal["change"] = "change"

    def __post_init__(self) -> None:
        _finite("Change", now=self.now, now_se=self.now_se, correlation=self.correlation)
        _finite("Change", before=self.before, before_se=self.before_se)
        if self.now_se < 0 or self.before_se < 0 or abs(self.correlation) > 1:
            raise ValueError("Change needs standard errors >= 0 and a correlation within -1 and 1")


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


Evidence: TypeAlias = (
    Exact
    | Proportion
    | Share
    | TwoProportions
    | Strata
    | Paired
    | Change
    | Estimate
    | Sampled
    | Asked
    | Undefined
)
NOBODY = "nobody"
"""Code of an undefined rate: nobody to measure it on."""
NOBODY_BESIDE = "nobody_beside"
"""Code of an undefined comparison: nobody to compare the group with."""
UNDECLARED = "undeclared group "
"""How the label of a value begins that nothing declares; a number follows."""
SMALL_GROUPS = "small groups together"
"""Label of groups each too small to stand alone."""
NOT_KNOWN = "not known"
"""Label of the rows whose group is not known: shown, not compared."""
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
    size: int | None = None
    """Of a comparison, the fewer of the units on its two sides; floors are held against it where
    the evidence itself has no counts."""
    planned_rate: float | None = None
    """Rate that the fairness plan expected for this metric before the data was opened."""
    about_people: bool = True
    """Whether counts are of people or their rows, so that reports must protect them."""
    information: bool = False
    """Shown beside the outcome, never held against a limit."""
    least: int | None = None
    """Smallest count of people behind it, on either side, that a rate would be masked for.

    None where no count under ten can be worked out from it, or its evidence holds the counts.
    """
    notes: tuple[str, ...] = ()
    """Whole sentences for the reader; no data values."""

    def __post_init__(self) -> None:
        if (self.known is None) != (self.total is None):
            raise ValueError("Measurement needs both known and total, or neither")
        if self.known is not None and self.total is not None:
            _whole("Measurement", known=self.known, total=self.total)
        if self.least is not None:
            _whole("Measurement", least=self.least)


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
