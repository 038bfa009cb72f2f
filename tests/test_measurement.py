"""Evidence refuses to be what it is not."""

import math

import pytest

from rai_check.measurement import (
    CheckResult,
    Estimate,
    Exact,
    Finding,
    Measurement,
    Proportion,
    Sampled,
    TwoProportions,
    where,
    where_of,
)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, True])
def test_exact_refuses_what_is_not_a_finite_number(value):
    with pytest.raises(ValueError, match="finite"):
        Exact(value=value)


@pytest.mark.parametrize("counts", [(5, 4), (-1, 4), (0, 0), (1.5, 4), (True, 4)])
def test_proportion_refuses_impossible_counts(counts):
    with pytest.raises(ValueError, match=r"Proportion"):
        Proportion(x=counts[0], n=counts[1])


@pytest.mark.parametrize("counts", [(5, 4, 1, 2), (1, 2, 3, 2), (0, 0, 1, 2), (1, 2, 0, 0)])
def test_two_proportions_refuses_impossible_counts(counts):
    with pytest.raises(ValueError, match="TwoProportions"):
        TwoProportions(**dict(zip(("x", "n", "x0", "n0"), counts, strict=True)))


def test_estimate_and_sample_refuse_impossible_numbers():
    with pytest.raises(ValueError, match="se >= 0"):
        Estimate(value=0, se=-1)
    with pytest.raises(ValueError, match="finite"):
        Estimate(value=math.nan, se=1)
    with pytest.raises(ValueError, match="Sampled"):
        Sampled(hits=0, looked=11, population=10)
    with pytest.raises(ValueError, match="Sampled"):
        Sampled(hits=0, looked=0, population=10)


def test_where_has_one_order():
    assert where(b="1", a="2") == where_of({"a": "2", "b": "1"}) == (("a", "2"), ("b", "1"))


def test_known_goes_with_total():
    with pytest.raises(ValueError, match="both known and total"):
        Measurement(metric="m", evidence=Exact(value=1), known=3)


def test_finding_counts_are_whole():
    with pytest.raises(ValueError, match="whole number"):
        Finding(place="p", kind="k", shape="NN", count=-1)


def test_promised_place_that_does_not_come_back_is_absent_unless_pooled():
    alone = Measurement(metric="m", evidence=Exact(value=1), where=where(e="A"))
    pooled = Measurement(
        metric="m", evidence=Exact(value=1), where=where(e="small"), members=("B", "C")
    )
    promised = tuple(where(e=label) for label in "ABCD")

    result = CheckResult(measurements=(alone, pooled), expected=promised)

    assert result.absent() == (where(e="D"),)
