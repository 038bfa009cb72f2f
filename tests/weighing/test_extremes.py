"""Evidence of a third party, however strange: an answer or a sentence, never an exception."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import control, judged, policy
from rai_check.measured import MeasuredItem, PartResult
from rai_check.measurement import (
    Change,
    CheckResult,
    Design,
    Estimate,
    Exact,
    Measurement,
    Paired,
    Proportion,
    Sampled,
    Strata,
    TwoProportions,
    where,
)
from rai_check.outcome import Outcome

number = st.floats(allow_nan=False, allow_infinity=False)
spread = st.floats(0, 1e300)
size = st.sampled_from([1, 2, 9, 10, 49, 50, 1000, 10**7, 2**60])
share = st.sampled_from([0.0, 1e-9, 0.3, 1.0])
correlation = st.sampled_from([-1.0, -0.5, 0.0, 0.5, 1.0])
effective = st.sampled_from([1e-300, 0.5, 1.0, 30.7, 1e6, 1e300])


@st.composite
def rates(draw, *, designed=False):
    n, n0 = draw(size), draw(size)
    x, x0 = (int(draw(share) * whole) for whole in (n, n0))
    design = None
    if designed:
        design = Design(
            rate=draw(share),
            rate0=draw(share),
            effective=draw(effective),
            effective0=draw(effective),
            correlation=draw(correlation),
            units=draw(st.sampled_from([0, 1, 2, 60])),
            units0=draw(st.sampled_from([0, 1, 2, 60])),
        )
    return TwoProportions(x=x, n=n, x0=x0, n0=n0, design=design)


cell = st.sampled_from([0, 1, 4, 30, 1000])
evidence = st.one_of(
    rates(),
    rates(designed=True),
    st.lists(rates(), min_size=1, max_size=3).map(lambda t: Strata(tables=tuple(t))),
    st.tuples(cell, cell, cell, st.just(5)).map(
        lambda c: Paired(both=c[0], only=c[1], only0=c[2], neither=c[3])
    ),
    st.builds(
        Change, now=number, now_se=spread, before=number, before_se=spread, correlation=correlation
    ),
    st.builds(
        Estimate,
        value=number,
        se=spread,
        df=st.none() | st.floats(1e-3, 1e9),
        link=st.sampled_from(["identity", "log"]),
    ),
    st.builds(Exact, value=number),
    st.builds(Proportion, x=st.just(3), n=st.just(40), effective=st.none() | effective),
    st.just(Sampled(hits=0, looked=10, population=2**53)),
)
LIMITS = [
    {"of": "ratio", "min": "0.8", "max": "1.25"},
    {"of": "ratio", "min": "0.01"},
    {"of": "difference", "min": "-0.1", "max": "0.999999"},
    {"of": "difference", "max": "5"},
    {"of": "change", "max": "1.2"},
    {"of": "value", "min": "0", "max": "0.5"},
]


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit["of"])
@given(st.lists(evidence, min_size=1, max_size=4), st.none() | st.floats(-1, 2))
@settings(max_examples=25, deadline=None)
def test_evidence_of_any_kind_and_size_comes_to_an_outcome(limit, found, planned):
    part = {"check": "selection-rate", "limit": {"whose": "ours", **limit}}
    measurements = tuple(
        Measurement(
            metric="m", evidence=e, where=where(e=f"g{i}"), against="rest", planned_rate=planned
        )
        for i, e in enumerate(found)
    )
    part_result = PartResult(check="x", index=0, result=CheckResult(measurements=measurements))
    item = MeasuredItem(control="AA-01", group="e", parts=(part_result,))
    rules = policy({"AA-01": control(parts=[part], per="group")})

    lines = judged(rules, item).items[0].lines

    assert len(lines) == len(measurements)
    for line in lines:
        numbers = [line.estimate]
        numbers += [p for h in line.hypotheses for p in (h.p_fail, h.p_fail_adjusted, h.p_pass)]
        if line.planning:
            numbers += [line.planning.rate, line.planning.below, line.planning.above]
        for shown in (line.interval, line.decided_by):
            numbers += [shown.low, shown.high] if shown else []
        assert all(n is None or math.isfinite(n) for n in numbers)  # JSON holds no other
        assert line.outcome is not Outcome.MISSING
        for h in line.hypotheses:
            assert 0 <= h.p_fail <= h.p_fail_adjusted <= 1
            assert 0 <= h.p_pass <= 1
