"""Areas under the ROC curve by group: by hand, against scikit-learn, repeated people, bad input."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from projects import GROUP, TRUTH, decisions, open_project
from rai_check.check import Missing
from rai_check.checks.auc import auc
from rai_check.fairness.ranking import BACKWARDS
from rai_check.measurement import NOT_KNOWN, Estimate, Proportion, Undefined

SCORE = {"means": "score"}


def measure(folder, lines, header="group,score,truth", more=None, score=SCORE, **table):
    columns = {"group": GROUP, "score": score, "truth": TRUTH, **(more or {})}
    tables = {"decisions": {**decisions(**columns), **table}}
    project = open_project(folder, lines=lines, header=header, tables=tables)
    return auc(project, by="group")


def judged(result):
    return {dict(m.where)["group"]: m for m in result.measurements if not m.information}


def beside(result, metric):
    found = [m for m in result.measurements if m.information and m.metric == metric]
    return {dict(m.where)["group"]: m for m in found}


def made(n=600, seed=3, lift=(2.0, 0.8), scale=1.0, shift=0.0):
    """Lines of two groups whose scores separate the classes well and less well."""
    rng = np.random.default_rng(seed)
    group, truth = rng.integers(0, 2, n), rng.integers(0, 2, n)
    z = rng.normal(size=n) + truth * np.array(lift)[group]
    score = np.round((1 / (1 + np.exp(-z))) * scale + shift, 6)
    rows = zip(group, score, truth, strict=True)
    lines = [f"{'ab'[g]},{s},{'yes' if t else 'no'}" for g, s, t in rows]
    return lines, group, truth, score


def test_area_of_each_group_is_set_against_that_of_the_rest(tmp_path):
    # group A: 20 positives at .8 and .4 by halves, 20 negatives at .6: half the pairs in order;
    # group B: every positive above every negative but 5 negatives tied with 4 of 20 positives
    lines = ["a,0.8,yes"] * 10 + ["a,0.4,yes"] * 10 + ["a,0.6,no"] * 20
    lines += ["b,0.9,yes"] * 16 + ["b,0.5,yes"] * 4 + ["b,0.5,no"] * 5 + ["b,0.1,no"] * 20

    result = measure(tmp_path, lines)

    # B: 1 - (4 x 5 / 2) / (20 x 25) = 0.98
    found = judged(result)
    assert found["Group A"].evidence.value == pytest.approx(0.5 - 0.98)
    assert found["Group B"].evidence.value == pytest.approx(0.98 - 0.5)
    assert found["Group A"].evidence.se > 0
    assert (found["Group A"].metric, found["Group A"].unit) == ("AUC", "AUC")
    own = beside(result, "AUC of each group")
    assert own["Group B"].evidence.value == pytest.approx(0.98)
    assert beside(result, "base rate of each group")["Group B"].evidence == Proportion(x=20, n=45)


@pytest.mark.parametrize(("scale", "shift"), [(1, 0), (0.001, 0.4), (100, -30), (-1, 1)])
def test_areas_are_those_of_scikit_learn_for_scores_of_any_range(tmp_path, scale, shift):
    lines, group, truth, score = made(scale=scale, shift=shift)

    own = beside(measure(tmp_path, lines), "AUC of each group")

    for place, name in enumerate(("Group A", "Group B")):
        held = group == place
        area = roc_auc_score(truth[held], score[held])
        assert own[name].evidence.value == pytest.approx(area, abs=5e-4)


def test_a_score_that_ranks_backwards_is_said_to(tmp_path):
    backwards, *_ = made(scale=-1, shift=1)
    forwards, *_ = made()

    assert BACKWARDS in judged(measure(tmp_path, backwards))["Group A"].notes
    assert BACKWARDS not in judged(measure(tmp_path, forwards))["Group A"].notes


def test_fewer_than_twenty_of_a_class_on_either_side_is_undefined(tmp_path):
    lines = ["a,0.8,yes"] * 19 + ["a,0.4,no"] * 50 + ["b,0.8,yes"] * 50 + ["b,0.4,no"] * 50

    result = measure(tmp_path, lines)

    assert {m.evidence.code for m in judged(result).values()} == {"too_few"}
    assert set(beside(result, "AUC of each group")) == {"Group B"}


def test_group_with_one_class_only_is_undefined(tmp_path):
    lines = ["a,0.8,yes"] * 60 + ["b,0.8,yes"] * 50 + ["b,0.4,no"] * 50

    assert {m.evidence.code for m in judged(measure(tmp_path, lines)).values()} == {"too_few"}


def test_perfect_order_is_not_known_without_error(tmp_path):
    lines = [f"{g},{s},{t}" for g in "ab" for s, t in ((0.9, "yes"), (0.1, "no"))] * 30

    found = judged(measure(tmp_path, lines))["Group A"].evidence

    assert found.value == 0
    assert found.se > 0.01


def test_perfect_order_of_repeated_people_is_worth_the_people(tmp_path):
    units = {"who": {"means": "unit"}}
    rows = [(g, s, t) for g in "ab" for s, t in ((0.9, "yes"), (0.1, "no"))]
    each = [f"{g},{s},{t},{g}{t}{i}" for g, s, t in rows for i in range(30)]
    header = "group,score,truth,who"

    once = judged(measure(tmp_path, each, header, units))["Group A"].evidence
    four = judged(measure(tmp_path, each * 4, header, units))["Group A"].evidence

    assert four.se == pytest.approx(once.se, rel=0.1)
    assert four.df == 29


def test_repeated_people_widen_the_standard_error(tmp_path):
    lines, *_ = made(n=300)
    units = {"who": {"means": "unit"}}
    header = "group,score,truth,who"

    alone = judged(measure(tmp_path, lines))["Group A"].evidence
    copied = [f"{line},{i}" for i, line in enumerate(lines) for _ in range(4)]
    found = judged(measure(tmp_path, copied, header, units))["Group A"].evidence

    assert found.value == pytest.approx(alone.value)
    assert found.se == pytest.approx(alone.se, rel=0.1)


def test_a_person_in_both_groups_brings_the_covariance(tmp_path):
    # each person has one row in each group with the same score and truth
    lines, *_ = made(n=300)
    units = {"who": {"means": "unit"}}
    both = [f"{g},{line.split(',', 1)[1]},{i}" for i, line in enumerate(lines) for g in "ab"]

    found = judged(measure(tmp_path, both, "group,score,truth,who", units))["Group A"].evidence

    assert found.value == 0
    assert found.se > 0  # never taken to be less than if rows stood alone


def test_truth_known_only_for_those_selected_is_undefined(tmp_path):
    lines, *_ = made()

    found = judged(measure(tmp_path, lines, outcome_known="selected"))

    assert {m.evidence.code for m in found.values()} == {"selected"}


def test_weights_are_refused_and_not_ignored(tmp_path):
    lines, *_ = made(n=200)
    weighted = [f"{line},2" for line in lines]

    result = measure(tmp_path, weighted, "group,score,truth,w", {"w": {"means": "weight"}})

    assert {m.evidence.code for m in judged(result).values()} == {"weights"}
    assert not beside(result, "AUC of each group")


def test_scores_that_are_no_numbers_are_undefined_and_mendable(tmp_path):
    found = judged(measure(tmp_path, ["a,high,yes", "b,low,no"] * 30))

    assert {(m.evidence.code, m.evidence.mendable) for m in found.values()} == {
        ("no_numbers", True)
    }


def test_rows_of_no_known_group_are_shown_and_not_compared(tmp_path):
    lines, *_ = made()
    unknown = [f",{line.split(',', 1)[1]}" for line in lines[:200]]

    result = measure(tmp_path, lines + unknown)

    assert set(judged(result)) == {"Group A", "Group B"}
    shown = beside(result, "AUC of each group")[NOT_KNOWN]
    assert isinstance(shown.evidence, Estimate)
    assert shown.notes == ("Shown, not compared.",)
    found = judged(result)["Group A"]
    assert (found.known, found.total) == (600, 800)


def test_unscored_and_untrue_rows_count_against_the_known_share(tmp_path):
    lines, *_ = made()

    found = judged(measure(tmp_path, [*lines, *["a,,yes"] * 50, *["b,0.5,"] * 50]))

    assert all(m.known < m.total for m in found.values())


def test_score_is_needed(tmp_path):
    with pytest.raises(Missing, match="'score'"):
        measure(tmp_path, ["a,0.5,yes"], score={"means": "other"})


def test_order_of_rows_never_matters(tmp_path):
    lines, *_ = made(n=400)
    units = {"who": {"means": "unit"}}
    repeated = [f"{line},{i % 90}" for i, line in enumerate(lines)]
    header = "group,score,truth,who"

    assert measure(tmp_path, lines) == measure(tmp_path, lines[::-1])
    assert measure(tmp_path, repeated, header, units) == measure(
        tmp_path, repeated[::-1], header, units
    )


def test_nothing_at_all_is_undefined(tmp_path):
    found = judged(measure(tmp_path, []))

    assert all(isinstance(m.evidence, Undefined) for m in found.values())
