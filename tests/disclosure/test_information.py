"""The worst pair, and records whose group is not known, as they may be shown."""

from rai_check.disclosed import EACH_GROUP, EXTREMES, PublicMeasurement
from rai_check.disclosure.information import information
from rai_check.disclosure.shower import Shower
from rai_check.measurement import (
    Estimate,
    Evidence,
    Exact,
    Measurement,
    Proportion,
    TwoProportions,
    Undefined,
    Where,
    where,
)
from rai_check.protected import PEOPLE, Mask


def shown(*found: Measurement, small: frozenset[Where] = frozenset()) -> list[PublicMeasurement]:
    show = Shower(level=0.95, people=PEOPLE, small=small)
    return list(information(show, found, ()))


def of(metric: str, evidence: Evidence, label: str, **fields: object) -> Measurement:
    at = where(sex=label)
    return Measurement(metric=metric, evidence=evidence, where=at, information=True, **fields)  # type: ignore[arg-type]  # a builder for tests


def rate(label: str, x: int, n: int) -> Measurement:
    return of(f"selection rate{EACH_GROUP}", Proportion(x=x, n=n), label)


def test_not_known_never_stands_in_the_worst_pair() -> None:
    pair = of(
        f"selection rate{EXTREMES}",
        TwoProportions(x=200, n=1_000, x0=300, n0=1_000),
        "A",
        against="B",
    )
    found = shown(rate("A", 200, 1_000), rate("B", 300, 1_000), rate("not known", 10, 500), pair)

    assert (found[-1].where, found[-1].against) == (where(sex="A"), "B")
    assert not found[-1].left_out
    assert found[2].own is not None
    assert found[2].own.n.value == 500


def test_not_known_is_shown_even_where_there_are_few_or_none() -> None:
    few = rate("not known", 2, 7)
    none = of(f"selection rate{EACH_GROUP}", Undefined(code="nobody", text="nobody"), "not known")
    found = [shown(rate("A", 200, 1_000), x)[1] for x in (few, none)]

    assert found[0] == found[1]
    assert found[0].own is not None
    assert found[0].own.n.mask is Mask.FEW


def test_worst_pair_of_averages_is_chosen_among_those_shown_and_has_no_interval() -> None:
    known = {"known": 300, "total": 300, "unit": "days"}
    averages = [
        of(f"mean wait{EACH_GROUP}", Estimate(value=v, se=0.5, df=200), label, **known)
        for label, v in (("A", 21.4567), ("B", 14.2), ("C", 30.0))
    ]
    pair = of(
        f"mean wait{EXTREMES}", Estimate(value=-9.9, se=1.0, df=200), "C", against="B", **known
    )
    (*_, found) = shown(*averages, pair, small=frozenset({where(sex="C")}))

    # C is hidden: 14.2 of B against 21.5 of A
    assert (found.where, found.against, found.left_out) == (where(sex="B"), "A", True)
    assert found.effect == 14.2 - 21.5
    assert found.interval is None


def test_a_number_over_all_groups_is_hidden_where_one_group_is_small() -> None:
    spread = Measurement(
        metric="selection rate, spread between groups",
        evidence=Exact(value=0.043),
        unit="rate",
        information=True,
    )

    assert shown(spread)[0].quantity is not None
    assert shown(spread)[0].quantity.value == 0.043
    assert shown(spread, small=frozenset({where(sex="C")}))[0].quantity.value is None


def test_a_probability_is_left_out_as_p_values_are() -> None:
    name = "selection rate, chance of so large a difference between strata"
    (found,) = shown(of(name, Exact(value=0.03), "A", unit="share", against="rest"))

    assert found.quantity is not None
    assert found.quantity.value is None
