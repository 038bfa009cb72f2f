"""How often prediction and truth agree, worked by hand."""

from projects import GROUP, PREDICTION, TRUTH, decisions, open_project, rows
from rai_check.checks.accuracy import accuracy
from rai_check.measurement import Proportion, TwoProportions, where

# a: 15 + 72 of 100 right; b: 20 + 30 of 100
LINES = rows(
    a_yes_yes=15, a_no_yes=5, a_yes_no=8, a_no_no=72,
    b_yes_yes=20, b_no_yes=20, b_yes_no=30, b_no_no=30,
)  # fmt: skip


def measure(folder, lines=LINES, **table):
    columns = {"group": GROUP, "says": PREDICTION, "truth": TRUTH}
    tables = {"decisions": {**decisions(**columns), **table}}
    project = open_project(folder, lines=lines, header="group,says,truth", tables=tables)
    return accuracy(project, by="group")


def judged(result):
    return {dict(m.where)["group"]: m for m in result.measurements if not m.information}


def test_share_of_agreement_is_compared(tmp_path):
    found = judged(measure(tmp_path))

    assert found["Group A"].evidence == TwoProportions(x=87, n=100, x0=50, n0=100)
    assert found["Group B"].evidence == TwoProportions(x=50, n=100, x0=87, n0=100)
    assert found["Group A"].metric == "accuracy"


def test_only_rows_with_both_known_count(tmp_path):
    found = judged(measure(tmp_path, [*LINES, *["a,yes,"] * 10, *["a,,yes"] * 10]))["Group A"]

    assert found.evidence == TwoProportions(x=87, n=100, x0=50, n0=100)
    assert (found.known, found.total) == (100, 120)


def test_truth_of_the_picked_alone_is_not_enough(tmp_path):
    found = judged(measure(tmp_path, outcome_known="selected"))

    assert {m.evidence.code for m in found.values()} == {"selected"}


def test_own_accuracy_and_the_worst_pair_are_beside_it(tmp_path):
    beside = [m for m in measure(tmp_path).measurements if m.information]

    own = {m.where: m.evidence for m in beside if m.metric == "accuracy of each group"}
    assert own[where(group="Group A")] == Proportion(x=87, n=100)
    worst = next(m for m in beside if m.metric == "accuracy, lowest against highest")
    assert (worst.where, worst.against) == (where(group="Group B"), "Group A")
