"""Observed minus expected: by hand, repeated people, selected outcomes, scores out of range."""

import math

import numpy as np
import pytest

from projects import GROUP, TRUTH, decisions, open_project
from rai_check.checks.calibration import calibration
from rai_check.measurement import NOT_KNOWN, Undefined, where

SCORE = {"means": "score"}
UNIT = {"who": {"means": "unit"}}
NAME = "observed minus expected rate"


def measure(folder, lines, header="group,score,truth", more=None, score=SCORE, table=None, **with_):
    columns = {"group": GROUP, "score": score, "truth": TRUTH, **(more or {})}
    tables = {"decisions": {**decisions(**columns), **(table or {})}}
    project = open_project(folder, lines=lines, header=header, tables=tables)
    return calibration(project, by="group", **with_)


def judged(result):
    return {dict(m.where)["group"]: m for m in result.measurements if not m.information}


def beside(result, metric):
    found = [m for m in result.measurements if m.information and m.metric == metric]
    return {dict(m.where)["group"]: m for m in found}


# A: 100 people at 0.5, 60 true: observed 0.6, expected 0.5. B: 200 at 0.25, 40 true: 0.2, 0.25
LINES = ["a,0.5,yes"] * 60 + ["a,0.5,no"] * 40 + ["b,0.25,yes"] * 40 + ["b,0.25,no"] * 160


def test_observed_minus_expected_is_set_against_the_rest(tmp_path):
    result = measure(tmp_path, LINES)

    found = judged(result)["Group A"]
    assert found.metric == NAME
    assert found.evidence.value == pytest.approx(0.1 - (-0.05))
    # at one score the variance is that of the two rates, 0.24 / 99 and 0.16 / 199, and a little
    # for Wilson's further reach
    least = math.sqrt(0.24 / 99 + 0.16 / 199)
    assert least <= found.evidence.se < 1.1 * least
    assert (found.known, found.total, found.unit) == (300, 300, "rate")


def test_own_figures_stand_beside(tmp_path):
    result = measure(tmp_path, LINES)

    own = beside(result, f"{NAME} of each group")
    assert own["Group A"].evidence.value == pytest.approx(0.1)
    assert own["Group B"].evidence.value == pytest.approx(-0.05)
    over = beside(result, "observed over expected of each group")["Group A"].evidence
    assert (over.value, over.link) == (pytest.approx(math.log(1.2)), "log")
    assert over.se == pytest.approx(math.sqrt(0.4 / 60))
    # all of a group in one bin: 0.1 squared less 0.24 / 99
    error = beside(result, "calibration error of each group")["Group A"].evidence
    assert error.value == round(math.sqrt(0.01 - 0.24 / 99), 3)
    worst = beside(result, f"{NAME}, lowest against highest")
    assert set(worst) == {"Group B"}
    assert worst["Group B"].against == "Group A"


def test_naive_calibration_error_is_never_given(tmp_path):
    metrics = {m.metric for m in measure(tmp_path, LINES).measurements}

    assert not any("ECE" in metric or "expected calibration" in metric for metric in metrics)


def test_a_right_score_shows_no_calibration_error_beyond_chance(tmp_path):
    rng = np.random.default_rng(4)
    score = rng.uniform(size=4000)
    lines = [
        f"{'ab'[i % 2]},{s:.4f},{'yes' if t < s else 'no'}"
        for i, (s, t) in enumerate(zip(score, rng.uniform(size=4000), strict=True))
    ]

    result = measure(tmp_path, lines)

    found = judged(result)["Group A"].evidence
    assert abs(found.value) < 3 * found.se
    errors = beside(result, "calibration error of each group").values()
    assert all(m.evidence.value < 0.04 for m in errors)


def test_scores_outside_0_to_1_are_undefined_and_mendable(tmp_path):
    found = judged(measure(tmp_path, [*LINES, "a,1.01,yes", "a,-0.2,no", "b,55,no"]))

    assert {(m.evidence.code, m.evidence.mendable) for m in found.values()} == {
        ("score_range", True)
    }
    assert "3 rows hold a score outside 0 to 1" in found["Group A"].evidence.text


def test_both_ends_of_the_range_are_scores(tmp_path):
    lines = ["a,1,yes"] * 29 + ["a,1,no"] + ["a,0,no"] * 30
    lines += ["b,1,yes"] * 28 + ["b,1,no"] * 2 + ["b,0,no"] * 30

    assert judged(measure(tmp_path, lines))["Group A"].evidence.value == pytest.approx(1 / 60)


def test_scores_that_are_exactly_the_outcome_are_not_certainty(tmp_path):
    lines = ["a,1,yes"] * 30 + ["a,0,no"] * 30 + ["b,1,yes"] * 29 + ["b,1,no"] + ["b,0,no"] * 30

    found = judged(measure(tmp_path, lines))

    assert {m.evidence.code for m in found.values()} == {"constant"}


def test_declared_number_that_means_not_known_is_no_score(tmp_path):
    lines = [*LINES, *["a,-1,yes"] * 25, *["b,999,no"] * 5]

    found = judged(measure(tmp_path, lines, score={**SCORE, "not_known": ["-1", "999"]}))

    assert found["Group A"].evidence.value == pytest.approx(0.15)
    assert (found["Group A"].known, found["Group A"].total) == (100, 125)


def test_score_held_as_a_prediction_is_the_score(tmp_path):
    held = {"means": "prediction", "at_least": "0.3", "positive_is": "favourable"}

    assert judged(measure(tmp_path, LINES, score=held))["Group A"].evidence.value == pytest.approx(
        0.15
    )


def test_fewer_than_thirty_on_a_side_is_undefined(tmp_path):
    lines = LINES[:90] + ["b,0.2,yes"] * 5 + ["b,0.2,no"] * 24

    assert {m.evidence.code for m in judged(measure(tmp_path, lines)).values()} == {"too_few"}


def test_truth_known_only_for_those_selected_is_undefined(tmp_path):
    found = judged(measure(tmp_path, LINES, table={"outcome_known": "selected"}))

    assert {m.evidence.code for m in found.values()} == {"selected"}


def test_truth_whose_positive_value_never_occurs_is_undefined(tmp_path):
    lines = [line.replace("yes", "YES") for line in LINES]

    assert {m.evidence.code for m in judged(measure(tmp_path, lines)).values()} == {"no_positive"}


def test_weights_are_refused_and_not_ignored(tmp_path):
    lines = [f"{line},2" for line in LINES]

    found = judged(measure(tmp_path, lines, "group,score,truth,w", {"w": {"means": "weight"}}))

    assert {m.evidence.code for m in found.values()} == {"weights"}


def test_copies_of_a_person_add_nothing(tmp_path):
    header = "group,score,truth,who"
    copies = [f"{line},{i}" for i, line in enumerate(LINES) for _ in range(5)]

    once = judged(measure(tmp_path, LINES))["Group A"].evidence
    five = judged(measure(tmp_path, copies, header, UNIT))["Group A"].evidence

    assert five.value == pytest.approx(once.value)
    assert five.se == pytest.approx(once.se, rel=0.05)
    assert five.df == 99


def test_rows_without_a_person_are_not_known_where_people_repeat(tmp_path):
    header = "group,score,truth,who"
    copies = [f"{line},{i // 2}" for i, line in enumerate(LINES)] + ["a,0.5,yes,"] * 10

    found = judged(measure(tmp_path, copies, header, UNIT))["Group A"]

    assert (found.known, found.total) == (100, 110)
    assert found.evidence.value == pytest.approx(0.15)


def test_rows_of_no_known_group_are_shown_and_not_compared(tmp_path):
    result = measure(tmp_path, [*LINES, *[",0.5,yes"] * 15, *[",0.5,no"] * 15])

    assert set(judged(result)) == {"Group A", "Group B"}
    shown = beside(result, f"{NAME} of each group")[NOT_KNOWN]
    assert shown.evidence.value == 0
    assert (shown.where, shown.information) == (where(group=NOT_KNOWN), True)


@pytest.mark.parametrize("against", ["all-pairs", "Group B"])
def test_other_comparisons_are_of_two_groups(tmp_path, against):
    result = measure(tmp_path, LINES, against=against)

    assert judged(result)["Group A"].against == "Group B"
    assert judged(result)["Group A"].evidence.value == pytest.approx(0.15)
    assert result.absent() == ()


def test_nothing_at_all_is_undefined(tmp_path):
    found = judged(measure(tmp_path, []))

    assert found
    assert all(isinstance(m.evidence, Undefined) for m in found.values())


@pytest.mark.parametrize("units", [False, True])
def test_order_of_rows_never_matters(tmp_path, units):
    lines = [f"{line},{i * 7 % 83}" for i, line in enumerate(LINES)]
    more = UNIT if units else {"who": {"means": "other"}}

    first = measure(tmp_path, lines, "group,score,truth,who", more)

    assert first == measure(tmp_path, lines[::-1], "group,score,truth,who", more)
