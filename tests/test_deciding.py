"""Lines decided: attempts beyond what a policy allows pass nothing by chance."""

import pytest

from builders import EXACT, RATIO, control, judged, measured, policy
from rai_check.measurement import Exact, Proportion, Sampled, TwoProportions
from rai_check.outcome import Outcome, Verdict

ALIKE = TwoProportions(x=1000, n=2000, x0=1000, n0=2000)
UNLIKE = TwoProportions(x=500, n=2000, x0=1000, n0=2000)
OPEN = TwoProportions(x=3, n=20, x0=300, n0=1000)
CONTROL = control(parts=[RATIO], per="group")


def lines(*evidence, attempt, most="3"):
    more = {} if most is None else {"max_attempts": most}
    rules = policy({"AA-01": CONTROL}, **more)
    labels = tuple(f"g{i}" for i in range(len(evidence)))
    item = measured("AA-01", *evidence, group="e", labels=labels)
    return judged(rules, item, attempt=attempt).items[0].lines


@pytest.mark.parametrize("attempt", [0, 1, 3])
def test_attempt_that_the_policy_allows_passes(attempt):
    (line,) = lines(ALIKE, attempt=attempt)

    assert (line.outcome, line.code) == (Outcome.PASS, "decided")


def test_attempt_beyond_what_the_policy_allows_passes_no_test():
    passed, failed, undecided = lines(ALIKE, UNLIKE, OPEN, attempt=4)

    assert (passed.outcome, passed.code) == (Outcome.INCONCLUSIVE, "attempts")
    assert passed.reason.startswith("attempt 4, and the policy allows 3")
    assert passed.decided_by is None
    assert not passed.leans
    assert failed.outcome is Outcome.FAIL
    assert undecided.code == "undecided"


def test_policy_without_a_cap_counts_attempts_and_stops_none():
    (line,) = lines(ALIKE, attempt=99, most=None)

    assert line.outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("evidence", "limit", "outcome"),
    [
        (Exact(value=0), {"max": "0"}, Outcome.PASS),
        (
            Sampled(hits=0, looked=2000, population=100_000),
            {"max": "0", "prevalence": "0.005"},
            Outcome.INCONCLUSIVE,
        ),
        (Proportion(x=1, n=100), {"max": "0.5"}, Outcome.INCONCLUSIVE),
    ],
)
def test_cap_is_on_what_another_sample_could_change(evidence, limit, outcome):
    part = {**EXACT, "limit": {"whose": "ours", **limit}}
    rules = policy({"AA-01": control(parts=[part])}, max_attempts="1")

    def found(attempt):
        return judged(rules, measured("AA-01", evidence), attempt=attempt).items[0].outcome

    assert found(1) is Outcome.PASS
    assert found(2) is outcome


def test_verdict_refers_an_attempt_too_many():
    rules = policy({"AA-01": CONTROL}, max_attempts="1")
    item = measured("AA-01", ALIKE, group="e", labels=("g0",))

    assert judged(rules, item, attempt=1).verdict is Verdict.PASS
    assert judged(rules, item, attempt=2).verdict is Verdict.REFER
