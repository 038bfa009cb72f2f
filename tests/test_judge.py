"""The truth table row by row, the procedure, and properties that no change may break."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import EXACT, RATIO, control, judged, measured, of_outcome, policy, subject, without
from rai_check.errors import UsageError
from rai_check.judge import decide
from rai_check.measured import MeasuredItem
from rai_check.measurement import (
    Estimate,
    Exact,
    Proportion,
    Sampled,
    TwoProportions,
    Undefined,
)
from rai_check.outcome import Exit, Outcome, Verdict

FAIL, ERROR, MISSING = Outcome.FAIL, Outcome.ERROR, Outcome.MISSING
OPEN, PASS, NOT = Outcome.INCONCLUSIVE, Outcome.PASS, Outcome.NOT_APPLICABLE

# gating outcomes, other outcomes, partial, verdict, exit: the architecture's truth table
TABLE = [
    ([FAIL, ERROR, MISSING, OPEN, PASS], [], False, Verdict.FAIL, Exit.FAIL),
    ([FAIL], [ERROR], True, Verdict.FAIL, Exit.FAIL),
    ([PASS, ERROR], [], False, Verdict.NONE, Exit.COULD_NOT_RUN),
    ([PASS], [ERROR], False, Verdict.NONE, Exit.COULD_NOT_RUN),
    ([PASS], [ERROR], True, Verdict.NONE, Exit.COULD_NOT_RUN),
    ([PASS], [], True, Verdict.NONE, Exit.INCOMPLETE),
    ([PASS, MISSING], [], True, Verdict.NONE, Exit.INCOMPLETE),
    ([PASS, OPEN], [], False, Verdict.REFER, Exit.REFER),
    ([PASS, MISSING], [], False, Verdict.REFER, Exit.REFER),
    ([PASS], [], False, Verdict.PASS, Exit.PASS),
    ([PASS, NOT], [FAIL, OPEN, MISSING], False, Verdict.PASS, Exit.PASS),
    ([NOT, NOT], [], False, Verdict.NONE, Exit.NOTHING_CHECKED),
    ([NOT], [PASS], False, Verdict.NONE, Exit.NOTHING_CHECKED),
]


@pytest.mark.parametrize(("gating", "others", "partial", "verdict", "code"), TABLE)
def test_verdict_when_outcomes_are_as_in_the_truth_table(gating, others, partial, verdict, code):
    controls = {f"AA-{i:02}": control() for i in range(len(gating))}
    controls |= {f"BB-{i:02}": control(severity="low") for i in range(len(others))}
    items = [of_outcome(f"AA-{i:02}", o) for i, o in enumerate(gating)]
    items += [of_outcome(f"BB-{i:02}", o) for i, o in enumerate(others)]

    found = judged(policy(controls), *items, partial=("left out",) if partial else ())

    assert (found.verdict, found.exit) == (verdict, code)


def test_verdict_when_there_is_nothing_at_all():
    assert decide((), partial=(), audit=False)[:2] == (Verdict.NONE, Exit.NOTHING_CHECKED)


def test_audit_never_decides_and_exits_zero():
    found = judged(policy({"AA-01": control()}), of_outcome("AA-01", FAIL), audit=True)

    assert (found.verdict, found.exit) == (Verdict.NONE, Exit.PASS)
    assert found.items[0].outcome is FAIL


def test_promised_control_that_was_not_measured_is_an_error():
    found = judged(policy({"AA-01": control(), "AA-02": control()}), of_outcome("AA-01", PASS))

    assert found.exit is Exit.COULD_NOT_RUN
    assert [i.id for i in found.items if i.outcome is ERROR] == ["AA-02"]


def test_group_control_without_any_group_column_is_not_silently_dropped():
    rules = policy({"AA-01": control(per="group", parts=[RATIO]), "AA-02": control()})

    found = judged(rules, of_outcome("AA-02", PASS), without("AA-01", MISSING))

    assert found.verdict is Verdict.REFER


def test_control_measured_twice_is_refused():
    item = of_outcome("AA-01", PASS)

    with pytest.raises(UsageError, match="twice"):
        judged(policy({"AA-01": control()}), item, item)


RULES = policy({"AA-01": control(parts=[RATIO], per="group")})


def lines(*evidence, rules=RULES):
    labels = tuple(f"g{i}" for i in range(len(evidence)))
    return judged(rules, measured("AA-01", *evidence, group="e", labels=labels)).items[0].lines


def test_clear_disparity_fails_and_clear_parity_passes():
    # 500/2000 against 1000/2000: ratio 0.5, far below 0.80.  1000/2000 twice: ratio 1.
    unequal, equal = lines(
        TwoProportions(x=500, n=2000, x0=1000, n0=2000),
        TwoProportions(x=1000, n=2000, x0=1000, n0=2000),
    )

    assert (unequal.outcome, unequal.estimate) == (FAIL, 0.5)
    assert equal.outcome is PASS


def test_small_group_is_inconclusive_though_its_point_ratio_is_half():
    # 1 of 10 against 200 of 1000: the four-fifths rule on points would fail it.
    (line,) = lines(TwoProportions(x=1, n=10, x0=200, n0=1000))

    assert (line.outcome, line.code, line.estimate) == (OPEN, "undecided", 0.5)
    assert {h.method for h in line.hypotheses} == {"exact unconditional"}


def test_pass_needs_both_bounds_at_alpha_and_no_more():
    # Against 500 of 1,000 the rate shown to be above 0.80 of it grows from 0.87 upwards.
    near, below = lines(
        TwoProportions(x=437, n=1000, x0=500, n0=1000),
        TwoProportions(x=428, n=1000, x0=500, n0=1000),
    )

    assert near.outcome is PASS
    assert 0.02 < max(h.p_pass for h in near.hypotheses) < 0.05
    assert below.outcome is OPEN
    assert 0.05 < max(h.p_pass for h in below.hypotheses) < 0.15


@pytest.mark.parametrize(
    ("x", "n", "x0", "n0", "method"),
    [
        (20, 49, 500, 1000, "exact unconditional"),
        (20, 50, 500, 1000, "Farrington-Manning score"),
        (2, 400, 10, 1000, "exact unconditional"),  # 3.4 expected events
        (4, 600, 10, 1000, "Farrington-Manning score"),  # 5.25 expected events
        (398, 400, 990, 1000, "exact unconditional"),  # 3.4 expected non-events
    ],
)
def test_exact_test_takes_over_below_its_floors(x, n, x0, n0, method):
    (line,) = lines(TwoProportions(x=x, n=n, x0=x0, n0=n0))

    assert {h.method for h in line.hypotheses} == {method}


def test_group_below_the_floor_of_units_never_passes():
    (line,) = lines(TwoProportions(x=9, n=9, x0=1000, n0=1000))

    assert (line.outcome, line.code) == (OPEN, "too_few")


def test_share_of_known_below_its_floor_never_passes():
    from dataclasses import replace

    item = measured(
        "AA-01", TwoProportions(x=1000, n=2000, x0=1000, n0=2000), group="e", labels=("a",)
    )
    part = item.parts[0]
    unknown = replace(part.result.measurements[0], known=4000, total=6000)
    result = replace(part.result, measurements=(unknown,))

    found = judged(RULES, replace(item, parts=(replace(part, result=result),)))

    assert found.items[0].lines[0].code == "unknown_share"
    assert found.verdict is Verdict.REFER


def test_undefined_is_inconclusive_and_has_no_number():
    (line,) = lines(Undefined(code="undefined", text="nobody"))

    assert (line.outcome, line.estimate, line.hypotheses) == (OPEN, None, ())


def test_holm_correction_keeps_a_borderline_group_from_failing_in_a_crowd():
    # 56 of 200 against 45%: one-sided p at 0.80 is below 0.05 / 2 and above 0.05 / 20.
    borderline = TwoProportions(x=56, n=200, x0=900, n0=2000)
    alone = lines(borderline)[0]
    crowd = lines(borderline, *[TwoProportions(x=450, n=1000, x0=900, n0=2000)] * 9)

    assert alone.outcome is FAIL
    assert crowd[0].outcome is OPEN
    assert [h.p_fail for h in crowd[0].hypotheses] == [h.p_fail for h in alone.hypotheses]


def test_named_family_counts_the_members_that_did_not_run():
    borderline = TwoProportions(x=56, n=200, x0=900, n0=2000)
    rules = policy(
        {"AA-01": control(parts=[RATIO], per="group", family="fairness")},
        families={"fairness": "20"},
    )

    assert lines(borderline, rules=rules)[0].outcome is OPEN


def test_family_with_more_tests_than_the_policy_counted_is_an_error():
    rules = policy(
        {"AA-01": control(parts=[RATIO], per="group", family="fairness")},
        families={"fairness": "1"},
    )
    evidence = TwoProportions(x=1000, n=2000, x0=1000, n0=2000)

    found = judged(rules, measured("AA-01", evidence, group="e", labels=("a",)))

    assert found.exit is Exit.COULD_NOT_RUN


def one(evidence, **limit):
    part = {"check": "system-record", "limit": {"whose": "ours", **limit}}
    rules = policy({"AA-01": control(parts=[part])})
    return judged(rules, measured("AA-01", evidence)).items[0].lines[0]


def test_shortfall_limit_is_inconclusive_never_fail():
    assert one(Exact(value=3), min="30", breach="inconclusive").outcome is OPEN
    assert one(Exact(value=30), min="30", breach="inconclusive").outcome is PASS


def test_sampled_scan_needs_a_prevalence_limit_and_fails_on_a_hit():
    # 0 hits in 2,000 of 100,000: the exact upper bound is about 3/2000 = 0.15%.
    clean = Sampled(hits=0, looked=2000, population=100_000)

    assert one(clean, max="0", prevalence="0.005").outcome is PASS
    assert one(clean, max="0", prevalence="0.001").outcome is OPEN
    assert one(clean, max="0").outcome is OPEN
    assert one(clean, max="0", prevalence="0.005", recall="0.25").outcome is OPEN
    hit = Sampled(hits=1, looked=2000, population=100_000)
    assert one(hit, max="0", prevalence="0.005").outcome is FAIL


def test_proportion_is_tested_exactly():
    # P(X >= 60 | n=100, 0.5) = 0.028 < 0.05; P(X >= 58) = 0.067.
    assert one(Proportion(x=60, n=100), max="0.5").outcome is FAIL
    assert one(Proportion(x=58, n=100), max="0.5").outcome is OPEN
    assert one(Proportion(x=40, n=100), max="0.5").outcome is PASS


def test_estimate_is_tested_on_its_link():
    # ln 0.5 with se 0.1 is 4.7 standard errors below ln 0.8.
    low = Estimate(value=-0.6931, se=0.1, link="log")
    assert one(low, of="ratio", min="0.8", max="1.25").outcome is FAIL
    assert one(Estimate(value=0.0, se=0.0), max="0.1").outcome is PASS
    assert one(Estimate(value=0.2, se=0.0), max="0.1").outcome is FAIL


def test_limit_of_the_wrong_kind_is_an_error_not_a_pass():
    two = TwoProportions(x=1000, n=2000, x0=1000, n0=2000)

    assert one(two, max="2").outcome is ERROR
    assert one(Exact(value=0), of="ratio", max="2").outcome is ERROR


def test_metric_the_part_does_not_name_is_information_and_never_judged():
    part = {**EXACT, "metric": "another"}

    found = judged(policy({"AA-01": control(parts=[part])}), of_outcome("AA-01", PASS))

    assert found.items[0].outcome is ERROR


outcomes = st.sampled_from(list(Outcome))
severities = st.sampled_from(["blocker", "high", "medium", "low"])
RANK = {Exit.PASS: 0, Exit.NOTHING_CHECKED: 1, Exit.REFER: 2, Exit.COULD_NOT_RUN: 3, Exit.FAIL: 4}
many = st.lists(st.tuples(outcomes, severities), min_size=0, max_size=5)


def verdict_of(pairs):
    if not pairs:
        return Exit.NOTHING_CHECKED
    rules = policy({f"AA-{i:02}": control(severity=s) for i, (_, s) in enumerate(pairs)})
    return judged(rules, *[of_outcome(f"AA-{i:02}", o) for i, (o, _) in enumerate(pairs)]).exit


@given(many, severities)
@settings(max_examples=150, deadline=None)
def test_adding_a_failing_control_never_improves_a_verdict(pairs, severity):
    before, after = verdict_of(pairs), verdict_of([*pairs, (FAIL, severity)])

    assert RANK[after] >= RANK[before]


@given(many, st.sampled_from([MISSING, OPEN, ERROR]), severities)
@settings(max_examples=150, deadline=None)
def test_adding_missing_evidence_never_improves_a_verdict(pairs, worse, severity):
    assert RANK[verdict_of([*pairs, (worse, severity)])] >= RANK[verdict_of(pairs)]


@given(many, outcomes, severities)
@settings(max_examples=150, deadline=None)
def test_adding_a_control_never_improves_a_verdict_unless_nothing_gated(pairs, outcome, severity):
    before, after = verdict_of(pairs), verdict_of([*pairs, (outcome, severity)])

    assert RANK[after] >= RANK[before] or before is Exit.NOTHING_CHECKED


@given(st.lists(outcomes, min_size=1, max_size=3), st.integers(0, 2))
@settings(max_examples=100, deadline=None)
def test_error_in_one_part_is_hidden_by_nothing_in_another(found, place):
    found.insert(min(place, len(found)), ERROR)
    parts = tuple(replace(of_outcome("AA-01", o).parts[0], index=i) for i, o in enumerate(found))
    rules = policy(
        {"AA-01": control(severity="low", parts=[EXACT] * len(found)), "AA-02": control()}
    )
    item = MeasuredItem(control="AA-01", group=None, parts=parts)

    assert judged(rules, item, of_outcome("AA-02", PASS)).exit is Exit.COULD_NOT_RUN


def test_part_of_a_control_that_was_not_measured_is_an_error():
    rules = policy({"AA-01": control(parts=[EXACT, EXACT])})

    assert judged(rules, of_outcome("AA-01", PASS)).exit is Exit.COULD_NOT_RUN


@given(many)
@settings(max_examples=150, deadline=None)
def test_error_is_hidden_by_nothing_but_a_gating_fail(pairs):
    code = verdict_of([*pairs, (ERROR, "low")])
    failed = any(o is FAIL and s in {"blocker", "high"} for o, s in pairs)

    assert code is (Exit.FAIL if failed else Exit.COULD_NOT_RUN)


@given(st.lists(outcomes, min_size=2, max_size=4))
@settings(max_examples=60, deadline=None)
def test_order_of_controls_never_matters(found):
    rules = policy({f"AA-{i:02}": control() for i in range(len(found))})
    items = [of_outcome(f"AA-{i:02}", o) for i, o in enumerate(found)]

    assert len({repr(judged(rules, *order)) for order in permutations(items)}) == 1


cells = st.tuples(
    st.integers(1, 60), st.integers(0, 60), st.integers(60, 120), st.integers(0, 120)
).map(lambda c: TwoProportions(x=min(c[0], c[1]), n=c[0], x0=min(c[2], c[3]), n0=c[2]))


@given(st.lists(cells, min_size=1, max_size=4), st.randoms())
@settings(max_examples=8, deadline=None)
def test_names_and_order_of_groups_never_matter(evidence, random):
    names = [f"n{i}" for i in range(len(evidence))]
    pairs = list(zip(names, evidence, strict=True))
    random.shuffle(pairs)
    renamed = [f"z{i}" for i in range(len(evidence))]

    def outcomes_of(labels, cells_):
        item = measured("AA-01", *cells_, group="e", labels=tuple(labels))
        found = judged(RULES, item).items[0]
        return sorted((line.outcome.value, line.estimate or -1) for line in found.lines)

    first = outcomes_of(names, evidence)
    assert outcomes_of([n for n, _ in pairs], [e for _, e in pairs]) == first
    assert outcomes_of(renamed, evidence) == first


@given(
    st.lists(cells | st.just(Undefined(code="undefined", text="nobody")), min_size=1, max_size=3)
)
@settings(max_examples=12, deadline=None)
def test_nothing_undefined_reaches_a_comparison(evidence):
    item = measured(
        "AA-01", *evidence, group="e", labels=tuple(f"g{i}" for i in range(len(evidence)))
    )

    for line in judged(RULES, item).items[0].lines:
        for h in line.hypotheses:
            assert 0 <= h.p_pass <= 1
            assert 0 <= h.p_fail <= h.p_fail_adjusted <= 1
        assert line.outcome in {FAIL, OPEN, PASS}
        if isinstance(line.measurement.evidence, Undefined):
            assert (line.outcome, line.estimate, line.hypotheses) == (OPEN, None, ())


def test_stage_leaves_out_the_controls_of_later_stages():
    from rai_check.outcome import Stage

    rules = policy({"AA-01": control(), "AA-02": control(stage="release")})

    found = judged(rules, of_outcome("AA-01", PASS), subject=subject(stage=Stage.ASSURE))

    assert (found.verdict, [i.id for i in found.items]) == (Verdict.PASS, ["AA-01"])
