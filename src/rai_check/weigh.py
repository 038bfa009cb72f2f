"""Hold evidence against one limit: the tests of the procedure, no outcome yet. Pure.

Comparisons of two rates are weighed all together, other evidence one by one; see
docs/statistics.md for the tests, and `rai_check.weighing` for one family of evidence at a time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rai_check.measurement import (
    Change,
    Estimate,
    Exact,
    Measurement,
    Paired,
    Proportion,
    Sampled,
    Share,
    Strata,
    TwoProportions,
)
from rai_check.policy.model import Floors, Limit
from rai_check.weighing.designs import weigh_designs
from rai_check.weighing.rates import weigh_rates
from rai_check.weighing.related import weigh_change, weigh_paired, weigh_strata
from rai_check.weighing.shares import weigh_share
from rai_check.weighing.values import (
    weigh_estimate,
    weigh_exact,
    weigh_proportion,
    weigh_sampled,
)
from rai_check.weighing.weighed import CannotWeigh, Weighed, fits

DO_NOT_FIT = "the limit and the numbers measured do not fit together"
Answer: TypeAlias = Weighed | str
"""What the tests say, or a sentence why there is nothing that they could say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """What measurements are held against."""

    limit: Limit
    floors: Floors
    alpha: float
    """Size of the tests."""
    level: float
    """Of the intervals that are shown."""


def weigh_all(measured: Sequence[Measurement], against: Against) -> list[Answer]:
    """Test measurements of one part of a control, in the order given.

    None of them may be undefined, or ask a person.
    """
    answers: list[Answer] = [DO_NOT_FIT] * len(measured)
    plain: list[int] = []
    designed: list[int] = []
    for i, m in enumerate(measured):
        e = m.evidence
        if not isinstance(e, TwoProportions):
            answers[i] = _answer(_alone, m, against)
        elif fits(e):
            (plain if e.design is None else designed).append(i)
    for places, family in ((plain, _plain), (designed, _designed)):
        found = _together(family, [measured[i] for i in places], against) if places else []
        for i, answer in zip(places, found, strict=True):
            answers[i] = answer
    return answers


Question: TypeAlias = Callable[[Measurement, Against], Weighed]
Family: TypeAlias = Callable[[Sequence[Measurement], Against], list[Weighed]]


def _answer(question: Question, m: Measurement, against: Against) -> Answer:
    try:
        return question(m, against)
    except CannotWeigh as fault:
        return str(fault)
    except (ValueError, ArithmeticError):  # evidence of a third party beyond what a test can hold
        return DO_NOT_FIT


def _together(family: Family, found: Sequence[Measurement], against: Against) -> Sequence[Answer]:
    """Weigh many at once; if they do not all fit, each by itself."""
    try:
        return family(found, against)
    except (CannotWeigh, ValueError, ArithmeticError):
        return [_answer(lambda m, a: family([m], a)[0], m, against) for m in found]


def _plain(found: Sequence[Measurement], a: Against) -> list[Weighed]:
    pairs = [(m, m.evidence) for m in found if isinstance(m.evidence, TwoProportions)]
    return weigh_rates(pairs, a.limit, a.floors, alpha=a.alpha, level=a.level)


def _designed(found: Sequence[Measurement], a: Against) -> list[Weighed]:
    pairs = [
        (m, m.evidence, m.evidence.design)
        for m in found
        if isinstance(m.evidence, TwoProportions) and m.evidence.design is not None
    ]
    return weigh_designs(pairs, a.limit, a.floors, alpha=a.alpha, level=a.level)


def _alone(m: Measurement, a: Against) -> Weighed:
    e, limit, floors, level = m.evidence, a.limit, a.floors, a.level
    match e:
        case Exact():
            return weigh_exact(e, m, limit, floors)
        case Sampled():
            return weigh_sampled(e, m, limit, a.alpha)
        case Proportion():
            return weigh_proportion(e, m, limit, floors, level)
        case Share():
            return weigh_share(e, m, limit, floors, level=level)
        case Estimate():
            return weigh_estimate(e, m, limit, floors, level)
        case Strata():
            return weigh_strata(e, m, limit, floors, alpha=a.alpha, level=level)
        case Paired():
            return weigh_paired(e, m, limit, floors, level=level)
        case Change():
            return weigh_change(e, m, limit, floors, level=level)
    raise CannotWeigh(f"{m.metric}: evidence of this kind has no limit.")
