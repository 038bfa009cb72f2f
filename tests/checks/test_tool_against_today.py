"""The tool beside today's process: the same cases, other cases, and what cannot be told."""

import math

import pytest

from builders import control
from projects import GROUP, PREDICTION, decisions, open_project, rows, write_project
from rai_check.assess import run
from rai_check.check import Missing
from rai_check.checks.tool_against_today import tool_against_today
from rai_check.measurement import Change, Paired, TwoProportions

NOW = {"means": "today", "positive": ["yes"]}
COLUMNS = {"group": GROUP, "says": PREDICTION, "now": NOW}
HEADER = "group,says,now"
# group, tool, today: the tool picks 50 of a and 70 of b; today picks 60 of a and 55 of b
LINES = rows(
    a_yes_yes=40, a_yes_no=10, a_no_yes=20, a_no_no=30,
    b_yes_yes=50, b_yes_no=20, b_no_yes=5, b_no_no=25,
)  # fmt: skip
PLAIN = {"group": GROUP, "says": PREDICTION}


def paired(folder, lines=LINES, *, header=HEADER, columns=COLUMNS, **parameters):
    tables = {"decisions": decisions(**columns)}
    project = open_project(folder, lines=lines, header=header, tables=tables)
    return tool_against_today(project, by="group", **parameters)


def apart(folder, tool, today, *, columns=PLAIN, now=None, header="group,says", **parameters):
    """Two tables, each of its own cases."""
    (folder / "today.csv").write_text("\n".join([header, *today]) + "\n", "utf-8")
    current = {**decisions(**(now or columns)), "path": "today.csv", "role": "current_process"}
    tables = {"decisions": decisions(**columns), "current": current}
    project = open_project(folder, lines=tool, header=header, tables=tables)
    return tool_against_today(project, by="group", **parameters)


def judged(result):
    return {dict(m.where)["group"]: m for m in result.measurements if not m.information}


def shown(result, metric):
    found = (m for m in result.measurements if m.information and m.metric == metric)
    return {dict(m.where)["group"]: m for m in found}


def test_gap_under_the_tool_is_set_against_the_gap_today(tmp_path):
    result = paired(tmp_path)

    found = judged(result)["Group A"]
    assert found.metric == "change of the gap in selection rate"
    assert found.against == "rest"
    change = found.evidence
    assert change.now == pytest.approx(math.log(0.5 / 0.7))
    assert change.before == pytest.approx(math.log(0.6 / 0.55))
    # 1/x - 1/n on each side, and (p_both / (p p') - 1) / n shared
    assert change.now_se**2 == pytest.approx(1 / 50 - 1 / 100 + 1 / 70 - 1 / 100)
    assert change.before_se**2 == pytest.approx(1 / 60 - 1 / 100 + 1 / 55 - 1 / 100)
    shared = (0.4 / (0.5 * 0.6) - 1) / 100 + (0.5 / (0.7 * 0.55) - 1) / 100
    assert change.correlation == pytest.approx(shared / (change.now_se * change.before_se))
    assert result.absent() == ()


def test_each_gap_and_each_rate_stand_beside_it(tmp_path):
    result = paired(tmp_path)

    tool, today = (shown(result, f"selection rate, {name}") for name in ("tool", "today"))
    assert tool["Group A"].evidence == TwoProportions(x=50, n=100, x0=70, n0=100)
    assert today["Group A"].evidence == TwoProportions(x=60, n=100, x0=55, n0=100)
    rates = shown(result, "selection rate, tool against today")
    assert rates["Group A"].evidence == Paired(both=40, only=10, only0=20, neither=30)
    assert rates["Group A"].against == "today"


def test_rate_is_judged_where_asked_for(tmp_path):
    result = paired(tmp_path, of="rate")

    found = judged(result)
    assert found["Group A"].metric == "selection rate, tool against today"
    assert found["Group B"].evidence == Paired(both=50, only=20, only0=5, neither=25)
    assert shown(result, "change of the gap in selection rate")["Group A"].evidence.kind == "change"


def test_only_cases_with_both_answers_are_compared(tmp_path):
    found = judged(paired(tmp_path, [*LINES, *["a,yes,"] * 20, *["a,,no"] * 5]))["Group A"]

    assert found.evidence.now == pytest.approx(math.log(0.5 / 0.7))
    assert (found.known, found.total) == (100, 125)
    assert "same cases" in found.notes[-1]


def test_other_cases_are_compared_as_such(tmp_path):
    result = apart(
        tmp_path,
        rows(a_yes=50, a_no=50, b_yes=70, b_no=30),
        rows(a_yes=120, a_no=80, b_yes=55, b_no=45),
    )

    found = judged(result)["Group A"]
    change = found.evidence
    assert (change.now, change.before) == (
        pytest.approx(math.log(0.5 / 0.7)), pytest.approx(math.log(0.6 / 0.55)),
    )  # fmt: skip
    assert change.before_se**2 == pytest.approx(1 / 120 - 1 / 200 + 1 / 55 - 1 / 100)
    assert change.correlation == 0
    assert "other cases" in found.notes[-1]
    rate = shown(result, "selection rate, tool against today")["Group A"]
    assert rate.evidence == TwoProportions(x=50, n=100, x0=120, n0=200)


def test_known_share_is_that_of_the_table_known_for_less(tmp_path):
    tool = rows(a_yes=50, a_no=50, b_yes=70, b_no=30)

    found = judged(apart(tmp_path, tool, [*tool, *["a,"] * 100]))

    assert (found["Group A"].known, found["Group A"].total) == (100, 200)
    assert (found["Group B"].known, found["Group B"].total) == (200, 300)


def test_same_groups_are_put_together_on_both_sides(tmp_path):
    three = {**PLAIN, "group": {**GROUP, "labels": {"a": "A", "b": "B", "c": "C"}}}

    result = apart(
        tmp_path,
        rows(a_yes=50, a_no=50, b_yes=70, b_no=30, c_yes=3, c_no=3),
        rows(a_yes=50, a_no=50, b_yes=4, b_no=4, c_yes=30, c_no=30),
        columns=three,
    )

    assert set(judged(result)) == {"A", "small groups together"}
    together = shown(result, "selection rate, tool against today")["small groups together"]
    assert together.members == ("B", "C")
    assert together.evidence == TwoProportions(x=73, n=106, x0=34, n0=68)
    assert result.absent() == ()


def test_groups_of_two_tables_are_matched_by_label_and_not_by_value(tmp_path):
    other = {**PLAIN, "group": {**GROUP, "labels": {"1": "Group B", "2": "Group A"}}}

    found = apart(
        tmp_path,
        rows(a_yes=50, a_no=50, b_yes=70, b_no=30),
        [*["1,yes"] * 55, *["1,no"] * 45, *["2,yes"] * 60, *["2,no"] * 40],
        now=other,
    )

    assert judged(found)["Group A"].evidence.before == pytest.approx(math.log(0.6 / 0.55))


def test_group_that_nothing_declares_cannot_be_found_again_in_another_table(tmp_path):
    tool = rows(a_yes=50, a_no=50, b_yes=70, b_no=30, q_yes=10, q_no=30)
    today = rows(a_yes=50, a_no=50, b_yes=70, b_no=30, r_yes=20, r_no=20)

    result = apart(tmp_path, tool, today)

    found = judged(result)
    assert found["undeclared group 1"].evidence.code == "undeclared"
    assert found["undeclared group 1"].evidence.mendable
    # it is among everyone else of the others under both
    assert found["Group A"].evidence.now == pytest.approx(math.log(0.5 / (80 / 140)))
    assert found["Group A"].evidence.before == pytest.approx(math.log(0.5 / (90 / 140)))
    assert "undeclared group 1" not in shown(result, "selection rate, tool")


def test_undeclared_group_of_the_same_cases_is_the_same_group(tmp_path):
    found = judged(paired(tmp_path, [*LINES, *rows(q_yes_yes=20, q_yes_no=20, q_no_yes=20)]))

    assert found["undeclared group 1"].evidence.kind == "change"


@pytest.mark.parametrize(
    "lines",
    [
        [*rows(a_yes_yes=9), *LINES[100:]],  # nine records
        rows(a_yes_yes=4, a_no_no=96, b_yes_yes=4, b_no_no=96),  # four picked would be expected
        rows(a_yes_yes=99, a_no_no=1, b_yes_yes=97, b_no_no=3),  # two passed over
    ],
)
def test_too_few_for_a_logarithm_is_undefined(tmp_path, lines):
    found = judged(paired(tmp_path, lines, pool_below=2))["Group A"]

    assert found.evidence.code == "too_few"


def test_group_that_the_tool_never_picks_has_a_finite_gap(tmp_path):
    lines = rows(a_no_yes=30, a_no_no=30, b_yes_yes=30, b_no_no=30)

    found = judged(paired(tmp_path, lines))["Group A"].evidence

    assert isinstance(found, Change)
    assert found.now < -3


def test_group_without_a_decision_today_is_undefined(tmp_path):
    found = judged(paired(tmp_path, [*LINES[:100], *["b,yes,"] * 50]))

    assert found["Group B"].evidence.code == "nobody"
    assert found["Group A"].evidence.code == "nobody_beside"


def test_repeated_people_widen_the_change_and_the_rate(tmp_path):
    lines = [f"{line},{i // 2}" for i, line in enumerate(LINES)]
    columns = {**COLUMNS, "who": {"means": "unit"}}

    result = paired(tmp_path, lines, header=f"{HEADER},who", columns=columns)

    plain, found = judged(paired(tmp_path))["Group A"].evidence, judged(result)["Group A"].evidence
    assert found.now == pytest.approx(plain.now)
    assert found.now_se > 1.3 * plain.now_se
    assert 0 < found.correlation < 1
    rate = shown(result, "selection rate, tool against today")["Group A"].evidence
    assert (rate.x, rate.n, rate.x0, rate.n0) == (50, 100, 60, 100)
    assert rate.design.units == rate.design.units0 == 50
    assert rate.design.correlation > 0


def test_people_of_two_tables_widen_both_gaps(tmp_path):
    tool = rows(a_yes=50, a_no=50, b_yes=70, b_no=30)
    columns = {**PLAIN, "who": {"means": "unit"}}
    lines = [f"{line},{i // 4}" for i, line in enumerate(tool)]

    found = judged(apart(tmp_path, lines, lines, columns=columns, header="group,says,who"))

    plain = judged(apart(tmp_path, tool, tool))["Group A"].evidence
    assert found["Group A"].evidence.before_se > 1.5 * plain.before_se
    assert found["Group A"].evidence.correlation == 0


def test_nobody_picked_among_repeated_people_is_too_few(tmp_path):
    lines = rows(a_no_yes=30, a_no_no=30, b_yes_yes=30, b_no_no=30)
    columns = {**COLUMNS, "who": {"means": "unit"}}
    lines = [f"{line},{i // 2}" for i, line in enumerate(lines)]

    found = judged(paired(tmp_path, lines, header=f"{HEADER},who", columns=columns))

    assert {m.evidence.code for m in found.values()} == {"too_few"}


def test_sampling_weights_move_the_gap(tmp_path):
    lines = [f"{line},{3 if line.startswith('a,yes') else 1}" for line in LINES]
    columns = {**COLUMNS, "w": {"means": "weight"}}

    found = judged(paired(tmp_path, lines, header=f"{HEADER},w", columns=columns))["Group A"]

    assert found.evidence.now == pytest.approx(math.log((150 / 200) / 0.7))


def test_without_todays_process_it_is_missing_evidence(tmp_path):
    tables = {"decisions": decisions(**PLAIN)}
    project = open_project(tmp_path, lines=["a,yes", "b,no"], tables=tables)

    with pytest.raises(Missing, match=r"'today'.*'current_process'"):
        tool_against_today(project, by="group")


@pytest.mark.parametrize("column", ["says", "now"])
@pytest.mark.parametrize("of", ["gap", "rate"])
def test_decision_that_does_not_fit_refuses_every_line(tmp_path, column, of):
    columns = {**COLUMNS, column: {**COLUMNS[column], "positive": ["Y"]}}

    result = paired(tmp_path, columns=columns, of=of)

    assert {m.evidence.code for m in result.measurements} == {"no_positive"}
    assert result.absent() == ()


@pytest.mark.parametrize(("times", "outcome"), [(1, "inconclusive"), (20, "fail")])
def test_wider_gap_fails_once_chance_cannot_explain_it(tmp_path, times, outcome):
    limit = {"of": "change", "max": "1.1", "whose": "o"}
    path = write_project(
        tmp_path,
        lines=LINES * times,
        header=HEADER,
        controls={
            "FA-07": control(per="group", parts=[{"check": "tool-against-today", "limit": limit}])
        },
        tables={"decisions": decisions(**COLUMNS)},
    )

    (item,) = run(path).judgement.items

    assert item.outcome.value == outcome


def test_narrower_gap_passes(tmp_path):
    limit = {"of": "change", "max": "1.1", "whose": "o"}
    swapped = [f"{g},{now},{says}" for g, says, now in (line.split(",") for line in LINES)]
    path = write_project(
        tmp_path,
        lines=swapped * 20,
        header=HEADER,
        controls={
            "FA-07": control(per="group", parts=[{"check": "tool-against-today", "limit": limit}])
        },
        tables={"decisions": decisions(**COLUMNS)},
    )

    assert run(path).judgement.items[0].outcome.value == "pass"


def test_rate_is_held_against_a_ratio(tmp_path):
    limit = {"of": "ratio", "min": "0.8", "whose": "o"}
    part = {"check": "tool-against-today", "with": {"of": "rate"}, "limit": limit}
    path = write_project(
        tmp_path,
        lines=LINES * 20,
        header=HEADER,
        controls={"FA-07": control(per="group", parts=[part])},
        tables={"decisions": decisions(**COLUMNS)},
    )

    lines = {dict(x.measurement.where)["group"]: x for x in run(path).judgement.items[0].lines}

    # a: 50 of 100 against 60 of 100 is 0.83; b: 70 against 55 is 1.27
    assert lines["Group A"].outcome.value == "pass"
    assert lines["Group B"].outcome.value == "pass"
