"""Metrics of fairlearn and scikit-learn by group: by hand, by the library on rows, and refused."""

import math

import numpy as np
import pytest

from projects import GROUP, PREDICTION, TRUTH, decisions, open_project, rows
from rai_check.check import Missing
from rai_check.checks.group_metric import group_metric
from rai_check.errors import UsageError
from rai_check.measurement import Estimate, Undefined
from rai_check.metric_frames.catalogue import NAMED

# a: 30 of 40 who needed it picked, 10 of 60 who did not; b: 10 of 25 and 5 of 75
LINES = rows(
    a_yes_yes=30, a_no_yes=10, a_yes_no=10, a_no_no=50,
    b_yes_yes=10, b_no_yes=15, b_yes_no=5, b_no_no=70,
)  # fmt: skip
SCORE = {"means": "score"}


def measure(folder, metric, lines=LINES, header="group,says,truth", table=None, **parameters):
    columns = {"group": GROUP, "says": PREDICTION, "truth": TRUTH}
    if "score" in header:
        columns["score"] = SCORE
    if "who" in header:
        columns["who"] = {"means": "unit"}
    if "weight" in header:
        columns["weight"] = {"means": "weight"}
    columns = {name: spec for name, spec in columns.items() if name in header}
    tables = {"decisions": {**decisions(**columns), **(table or {})}}
    project = open_project(folder, lines=lines, header=header, tables=tables)
    return group_metric(project, by="group", metric=metric, **parameters)


def judged(result):
    return {dict(m.where)["group"]: m for m in result.measurements if not m.information}


def own(result):
    return {dict(m.where)["group"]: m.evidence for m in result.measurements if m.information}


BY_HAND = [
    # the mean of recall and specificity: 30 of 40 and 50 of 60; 10 of 25 and 70 of 75
    ("balanced_accuracy_score", (3 / 4 + 5 / 6) / 2, (2 / 5 + 14 / 15) / 2),
    ("f1_score", 60 / 80, 20 / 40),  # 2 tp / (2 tp + fp + fn)
    ("accuracy_score", 0.8, 0.8),
    ("selection_rate", 0.40, 0.15),
    ("precision_score", 30 / 40, 10 / 15),
    ("false_negative_rate", 10 / 40, 15 / 25),
    ("jaccard_score", 30 / 50, 10 / 30),
    ("cohen_kappa_score", 0.28 / 0.48, 0.125 / 0.325),  # expected 0.52 and 0.675
    ("matthews_corrcoef", 1400 / math.sqrt(40 * 40 * 60 * 60), 625 / math.sqrt(15 * 25 * 75 * 85)),
]


@pytest.mark.parametrize(("metric", "a", "b"), BY_HAND)
def test_value_is_the_metrics_own_and_set_against_the_rest(tmp_path, metric, a, b):
    result = measure(tmp_path, metric, resamples=200)

    assert own(result)["Group A"].value == pytest.approx(a)
    assert own(result)["Group B"].value == pytest.approx(b)
    found = judged(result)["Group A"]
    assert found.evidence.value == pytest.approx(a - b)
    assert found.evidence.se > 0
    assert (found.against, found.metric) == ("rest", NAMED[metric].title)


def test_standard_error_is_that_of_the_binomial_counts(tmp_path):
    # one row is added to each cell: accuracy is 82 right of 104 on both sides
    right = math.sqrt(2 * (82 / 104) * (22 / 104) / 104)
    # selection looks at two cells, 41 of 102 and 16 of 102; a side of 16 of 102 is spread as if
    # it were 41 of 102, the more uncertain of the two
    own = math.sqrt(16 / 102 * 86 / 102 / 102)
    picked = math.sqrt(2 * (41 / 102) * (61 / 102) / 102)

    accuracy = judged(measure(tmp_path, "accuracy_score", resamples=10_000))
    selection = measure(tmp_path, "selection_rate", resamples=10_000)

    assert accuracy["Group A"].evidence.se == pytest.approx(right, rel=0.03)
    assert judged(selection)["Group A"].evidence.se == pytest.approx(picked, rel=0.03)
    beside = {dict(m.where)["group"]: m.evidence for m in selection.measurements if m.information}
    assert beside["Group B"].se == pytest.approx(own, rel=0.03)


def scored(seed=7, n=400):
    rng = np.random.default_rng(seed)
    group = np.where(rng.random(n) < 0.4, "a", "b")
    truth = rng.random(n) < 0.4
    score = np.round(np.clip(rng.normal(0.4 + 0.2 * truth, 0.15), 0.001, 0.999), 3)
    lines = [
        f"{g},{'yes' if s >= 0.5 else 'no'},{'yes' if t else 'no'},{s}"
        for g, t, s in zip(group, truth, score, strict=True)
    ]
    return lines, group, truth, score


@pytest.mark.parametrize("metric", [m for m, named in NAMED.items() if named.kind != "labels"])
def test_metric_of_scores_is_the_librarys_on_the_rows(tmp_path, metric):
    lines, group, truth, score = scored()

    result = measure(tmp_path, metric, lines, "group,says,truth,score", resamples=200)

    named = NAMED[metric]
    theirs = {g: named.function(truth[group == g].astype(int), score[group == g]) for g in "ab"}
    assert own(result)["Group A"].value == pytest.approx(theirs["a"], abs=1e-6)
    assert judged(result)["Group A"].evidence.value == pytest.approx(
        theirs["a"] - theirs["b"], abs=1e-6
    )


def test_auc_agrees_with_delong(tmp_path):
    from rai_check.stats.auc import auc

    lines, group, truth, score = scored(n=1500)
    values = np.unique(score)

    def histogram(mask):
        return np.array([np.count_nonzero(score[mask] == v) for v in values])

    sides = [auc(histogram((group == g) & truth), histogram((group == g) & ~truth)) for g in "ab"]
    delong = math.hypot(*(side.se for side in sides))

    result = measure(tmp_path, "roc_auc_score", lines, "group,says,truth,score", resamples=2000)
    found = judged(result)["Group A"].evidence
    assert found.value == pytest.approx(sides[0].value - sides[1].value, abs=1e-9)
    assert 0.95 * delong < found.se < 1.15 * delong  # what is added makes it no smaller


def test_same_seed_same_bytes_whatever_the_order_of_rows_and_the_names_of_groups(tmp_path):
    first = judged(measure(tmp_path, "f1_score"))["Group A"].evidence
    turned = judged(measure(tmp_path, "f1_score", LINES[::-1]))["Group A"].evidence
    swapped = [("b" if line[0] == "a" else "a") + line[1:] for line in LINES]
    renamed = judged(measure(tmp_path, "f1_score", swapped))["Group B"].evidence

    assert first == turned == renamed


def test_unit_draws_depend_on_neither_order_nor_names(tmp_path):
    lines = [f"{line},{i % 90}" for i, line in enumerate(LINES)]
    header = "group,says,truth,who"
    first = judged(measure(tmp_path, "f1_score", lines, header))["Group A"].evidence
    turned = judged(measure(tmp_path, "f1_score", lines[::-1], header))["Group A"].evidence
    swapped = [("b" if line[0] == "a" else "a") + line[1:] for line in lines]
    renamed = judged(measure(tmp_path, "f1_score", swapped, header))["Group B"].evidence

    assert first == turned == renamed


def test_people_with_five_rows_each_are_worth_a_fifth_of_the_rows(tmp_path):
    # every person's five rows are alike, so the standard error is that of a fifth of them
    people = [f"{line},{i}" for i, line in enumerate(LINES)]
    repeated = [line for line in people for _ in range(5)]
    header = "group,says,truth,who"

    one = judged(measure(tmp_path, "balanced_accuracy_score", people, header))["Group A"].evidence
    five = judged(measure(tmp_path, "balanced_accuracy_score", repeated, header))[
        "Group A"
    ].evidence

    assert five.value == one.value
    assert five.se == pytest.approx(one.se, rel=0.1)
    assert five.df == 24  # 25 who needed it in b, and 100 people


def test_person_in_two_groups_brings_the_covariance(tmp_path):
    # the same people with the same outcomes in both groups: the difference hardly moves
    outcomes = [line[1:] for line in LINES]
    lines = [f"{g}{said},{i}" for i, said in enumerate(outcomes) for g in "ab"]

    found = judged(measure(tmp_path, "accuracy_score", lines, "group,says,truth,who"))

    assert found["Group A"].evidence.value == 0.0
    alone = judged(measure(tmp_path, "accuracy_score", [f"{g}{s}" for s in outcomes for g in "ab"]))
    assert found["Group A"].evidence.se < 0.4 * alone["Group A"].evidence.se


def test_sampling_weights_are_counted_and_widen_the_spread(tmp_path):
    # weights 1 and 3 in turn: Kish's design effect 1 + 1/4
    lines = [f"{line},{1 + 2 * (i % 2)}" for i, line in enumerate(sorted(LINES) * 4)]

    weighted = measure(tmp_path, "accuracy_score", lines, "group,says,truth,weight", resamples=5000)
    plain = measure(tmp_path, "accuracy_score", sorted(LINES) * 4, resamples=5000)

    assert own(weighted)["Group A"].value == pytest.approx(0.8)
    ratio = judged(weighted)["Group A"].evidence.se / judged(plain)["Group A"].evidence.se
    assert ratio == pytest.approx(math.sqrt(1.25), rel=0.05)


def test_scores_with_sampling_weights_are_undefined(tmp_path):
    lines = [f"{line},2" for line in scored()[0]]

    found = judged(measure(tmp_path, "brier_score_loss", lines, "group,says,truth,score,weight"))

    assert {m.evidence.code for m in found.values()} == {"weights"}


@pytest.mark.parametrize(
    ("metric", "says"),
    [
        ("recall_score", "nobody who needed the outcome"),
        ("f1_score", "nobody who needed the outcome"),
        ("balanced_accuracy_score", "nobody who needed the outcome"),
        ("matthews_corrcoef", "nobody who needed the outcome"),
    ],
)
def test_silent_zero_of_the_library_is_undefined(tmp_path, metric, says):
    lines = [*rows(b_yes_no=30, b_no_no=70), *LINES[:100]]

    found = judged(measure(tmp_path, metric, lines))

    by = {code: m.evidence for code, m in found.items()}
    assert all(isinstance(e, Undefined) for e in by.values())
    assert any(says in e.text for e in by.values())
    assert {e.code for e in by.values()} <= {"nobody", "nobody_beside"}


def test_nobody_picked_is_no_precision_of_zero(tmp_path):
    lines = [*rows(b_no_yes=30, b_no_no=70), *LINES[:100]]

    found = judged(measure(tmp_path, "precision_score", lines))

    assert {m.evidence.code for m in found.values()} == {"nobody", "nobody_beside"}


@pytest.mark.parametrize(("metric", "least"), [("recall_score", 10), ("roc_auc_score", 20)])
def test_too_few_of_a_class_is_undefined(tmp_path, metric, least):
    def lines(needed):
        held = rows(a_yes_yes=40, a_no_no=60, b_yes_yes=needed, b_no_no=60)
        return [f"{line},0.{10 + i % 80}" for i, line in enumerate(held)]

    few = judged(measure(tmp_path, metric, lines(least - 1), "group,says,truth,score"))
    enough = judged(measure(tmp_path, metric, lines(least), "group,says,truth,score"))

    assert {m.evidence.kind for m in enough.values()} == {"estimate"}
    assert {m.evidence.kind for m in few.values()} == {"undefined"}


def test_perfect_group_has_a_spread(tmp_path):
    lines = rows(a_yes_yes=20, a_no_no=20, b_yes_yes=20, b_no_no=20)

    found = judged(measure(tmp_path, "balanced_accuracy_score", lines))["Group A"].evidence

    # (20 + 1) of 22 in each class of each side: 4 (21/22)(1/22)/22 / 4
    assert found.value == 0.0
    assert found.se == pytest.approx(math.sqrt(21 / 22 / 22 / 22), rel=0.1)


def test_scores_that_separate_perfectly_have_a_spread(tmp_path):
    held = [f"{g},yes,yes,0.9" for g in "ab"] * 25 + [f"{g},no,no,0.1" for g in "ab"] * 25

    found = judged(measure(tmp_path, "roc_auc_score", held, "group,says,truth,score"))

    assert found["Group A"].evidence.value == 0.0
    assert found["Group A"].evidence.se > 0.02


def test_same_loss_in_every_row_leaves_chance_unknown(tmp_path):
    held = [f"{g},yes,{t},0.5" for g in "ab" for t in ("yes", "no")] * 40

    found = judged(measure(tmp_path, "brier_score_loss", held, "group,says,truth,score"))

    assert {m.evidence.code for m in found.values()} == {"too_few"}


@pytest.mark.parametrize("metric", ["brier_score_loss", "log_loss", "mean_absolute_error"])
def test_scores_outside_0_to_1_are_undefined(tmp_path, metric):
    lines = [line.replace(",0.", ",1") for line in scored()[0]]

    found = judged(measure(tmp_path, metric, lines, "group,says,truth,score"))

    assert {m.evidence.code for m in found.values()} == {"score_range"}


def test_rank_of_scores_outside_0_to_1_is_measured(tmp_path):
    lines, group, truth, score = scored()
    far = [
        f"{line.rsplit(',', 1)[0]},{round(1000 * s)}" for line, s in zip(lines, score, strict=True)
    ]

    found = own(measure(tmp_path, "roc_auc_score", far, "group,says,truth,score", resamples=200))

    theirs = NAMED["roc_auc_score"].function(truth[group == "a"], score[group == "a"])
    assert found["Group A"].value == pytest.approx(theirs)


def test_no_score_column_is_missing(tmp_path):
    with pytest.raises(Missing, match="means 'score'"):
        measure(tmp_path, "roc_auc_score")


def test_truth_known_only_for_those_selected(tmp_path):
    selected = {"outcome_known": "selected"}

    refused = judged(measure(tmp_path, "f1_score", table=selected))
    allowed = judged(measure(tmp_path, "precision_score", table=selected))
    needless = judged(measure(tmp_path, "selection_rate", table=selected))

    assert {m.evidence.code for m in refused.values()} == {"selected"}
    assert {m.evidence.kind for m in (*allowed.values(), *needless.values())} == {"estimate"}


def test_no_truth_column_leaves_what_needs_none(tmp_path):
    lines = [line.rsplit(",", 1)[0] for line in LINES]

    assert own(measure(tmp_path, "selection_rate", lines, "group,says"))["Group A"].value == 0.4


def test_unknown_groups_are_shown_and_not_compared(tmp_path):
    lines = [*LINES, *rows(_yes_yes=20, _no_no=20)]

    result = measure(tmp_path, "accuracy_score", lines)

    assert own(result)["not known"].value == 1.0
    assert set(judged(result)) == {"Group A", "Group B"}
    assert judged(result)["Group A"].evidence.value == pytest.approx(0.0)


def test_small_groups_are_put_together(tmp_path):
    labels = {"a": "A", "b": "B", "c": "C", "d": "D"}
    lines = [*LINES, *rows(c_yes_yes=3, c_no_no=4, d_no_yes=3, d_yes_no=4)]
    columns = {"group": {**GROUP, "labels": labels}, "says": PREDICTION, "truth": TRUTH}
    project = open_project(
        tmp_path, lines=lines, header="group,says,truth", tables={"decisions": decisions(**columns)}
    )

    result = group_metric(project, by="group", metric="accuracy_score")

    found = judged(result)["small groups together"]
    assert found.members == ("C", "D")
    assert found.evidence.value == pytest.approx(0.5 - 0.8)
    assert result.absent() == ()


def test_reference_group_and_all_pairs(tmp_path):
    reference = measure(tmp_path, "f1_score", against="Group A")
    pairs = measure(tmp_path, "f1_score", against="all-pairs")

    assert judged(reference)["Group B"].evidence.value == pytest.approx(0.5 - 0.75)
    assert len([m for m in pairs.measurements if not m.information]) == 2
    with pytest.raises(Missing, match="reference group"):
        measure(tmp_path, "f1_score", against="Z")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("f1", "Did you mean 'f1_score'"),
        ("recal_score", "Did you mean 'recall_score'"),
        ("demographic_parity_difference", "extreme over groups"),
        ("roc_auc_score_group_min", "extreme over groups"),
        ("confusion_matrix", "no metric 'confusion_matrix' is on the list"),
    ],
)
def test_metric_that_is_not_on_the_list_is_refused_before_data_is_read(name, says):
    with pytest.raises(UsageError, match=says):
        group_metric.bind({"by": "group", "metric": name})


def test_formula_that_parts_from_the_library_is_refused(tmp_path, monkeypatch):
    from dataclasses import replace

    from rai_check.errors import DataError
    from rai_check.metric_frames import formulas

    wrong = replace(NAMED["f1_score"], value=formulas.jaccard)
    monkeypatch.setattr("rai_check.checks.group_metric.NAMED", {"f1_score": wrong})

    with pytest.raises(DataError, match="differ on the same counts"):
        measure(tmp_path, "f1_score")


def test_group_that_is_worse_is_seen_and_its_twin_is_not(tmp_path):
    def found(b_right):
        lines = rows(
            a_yes_yes=160, a_no_yes=40, a_no_no=160, a_yes_no=40,
            b_yes_yes=b_right, b_no_yes=200 - b_right, b_no_no=b_right, b_yes_no=200 - b_right,
        )  # fmt: skip
        return judged(measure(tmp_path, "balanced_accuracy_score", lines))["Group B"].evidence

    worse, alike = found(100), found(160)

    assert isinstance(worse, Estimate)
    assert worse.value + 3 * worse.se < -0.1
    assert abs(alike.value) < 2 * alike.se


@pytest.mark.parametrize(("b_right", "outcome"), [(1000, "fail"), (1600, "pass")])
def test_policy_judges_the_difference_from_file_to_outcome(tmp_path, b_right, outcome):
    from builders import control
    from projects import write_project
    from rai_check.assess import run

    lines = rows(
        a_yes_yes=1600, a_no_yes=400, a_no_no=1600, a_yes_no=400,
        b_yes_yes=b_right, b_no_yes=2000 - b_right, b_no_no=b_right, b_yes_no=2000 - b_right,
    )  # fmt: skip
    part = {
        "check": "group-metric",
        "with": {"metric": "balanced_accuracy_score", "resamples": "400"},
        "limit": {"of": "value", "min": "-0.05", "max": "0.05", "whose": "o"},
    }
    path = write_project(
        tmp_path,
        lines=lines,
        header="group,says,truth",
        controls={"AA-01": control(per="group", parts=[part])},
        tables={"decisions": decisions(group=GROUP, says=PREDICTION, truth=TRUTH)},
    )

    item = run(path).judgement.items[0]

    assert item.outcome.value == outcome
    assert {line.measurement.metric for line in item.lines} == {"balanced accuracy"}


HEADER = "group,says,truth,score"
BAD = {
    "no rows": [],
    "one row": ["a,yes,yes,0.5"],
    "nobody of a known group": ["zz,yes,yes,0.5"] * 3 + [",no,no,0.1"] * 40,
    "blank outcomes": ["a,,,", "b,,,"] * 40,
    "one class": ["a,yes,yes,0.5", "b,yes,yes,0.6"] * 40,
    "nobody picked": ["a,no,yes,0.5", "b,no,no,0.6"] * 40,
    "scores of text": ["a,yes,yes,high", "b,no,no,low"] * 40,
    "scores not a number": ["a,yes,yes,nan", "b,no,no,inf"] * 40,
    "groups of one": ["a,yes,yes,0.5", "b,no,no,0.4"],
}


@pytest.mark.parametrize("lines", BAD.values(), ids=BAD)
@pytest.mark.parametrize("metric", ["f1_score", "selection_rate", "roc_auc_score", "log_loss"])
def test_bad_input_gets_a_typed_answer_and_a_sentence(tmp_path, metric, lines):
    result = measure(tmp_path, metric, lines, HEADER, resamples=200)

    found = judged(result)
    assert found
    for m in found.values():
        assert isinstance(m.evidence, Estimate | Undefined)
        if isinstance(m.evidence, Undefined):
            assert m.evidence.text
    assert result.absent() == ()


def test_one_declared_group_is_missing_evidence(tmp_path):
    lines = [line for line in LINES if line[0] == "a"]
    columns = {"group": {**GROUP, "labels": {"a": "A"}}, "says": PREDICTION, "truth": TRUTH}
    project = open_project(
        tmp_path, lines=lines, header="group,says,truth", tables={"decisions": decisions(**columns)}
    )

    with pytest.raises(Missing, match="fewer than two groups"):
        group_metric(project, by="group", metric="f1_score")


def test_blank_units_are_left_out(tmp_path):
    lines = [f"{line},{i if i % 2 else ''}" for i, line in enumerate(sorted(LINES))]

    found = judged(measure(tmp_path, "accuracy_score", lines, "group,says,truth,who"))["Group A"]

    assert (found.known, found.total) == (100, 200)
    assert found.evidence.df == 49
