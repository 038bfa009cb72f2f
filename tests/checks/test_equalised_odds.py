"""Both rates of equalised odds in one control."""

from builders import control
from projects import GROUP, PREDICTION, TRUTH, decisions, open_project, rows, write_project
from rai_check.assess import run
from rai_check.checks.equalised_odds import equalised_odds
from rai_check.measurement import TwoProportions

LINES = rows(
    a_yes_yes=15, a_no_yes=5, a_yes_no=8, a_no_no=72,
    b_yes_yes=20, b_no_yes=20, b_yes_no=30, b_no_no=30,
)  # fmt: skip
COLUMNS = {"group": GROUP, "says": PREDICTION, "truth": TRUTH}
HEADER = "group,says,truth"


def measure(folder, lines=LINES, **table):
    tables = {"decisions": {**decisions(**COLUMNS), **table}}
    project = open_project(folder, lines=lines, header=HEADER, tables=tables)
    return equalised_odds(project, by="group")


def judged(result):
    found = (m for m in result.measurements if not m.information)
    return {(m.metric, dict(m.where)["group"]): m for m in found}


def test_both_rates_of_every_group_are_compared(tmp_path):
    found = judged(measure(tmp_path))

    assert {key: m.evidence for key, m in found.items()} == {
        ("true positive rate", "Group A"): TwoProportions(x=15, n=20, x0=20, n0=40),
        ("true positive rate", "Group B"): TwoProportions(x=20, n=40, x0=15, n0=20),
        ("false positive rate", "Group A"): TwoProportions(x=8, n=80, x0=30, n0=60),
        ("false positive rate", "Group B"): TwoProportions(x=30, n=60, x0=8, n0=80),
    }


def test_group_without_anybody_who_needed_it_still_has_its_other_rate(tmp_path):
    lines = rows(a_yes_no=30, a_no_no=30, b_yes_yes=20, b_no_yes=20, b_yes_no=10, b_no_no=30)

    found = judged(measure(tmp_path, lines))

    assert found["true positive rate", "small groups together"].evidence.code == "nobody"
    assert found["false positive rate", "Group A"].evidence == TwoProportions(
        x=30, n=60, x0=10, n0=40
    )


def test_every_promised_group_comes_back_once(tmp_path):
    result = measure(tmp_path)

    assert result.absent() == ()
    assert len(result.expected) == len(set(result.expected)) == 2


def test_the_worse_rate_decides_and_all_comparisons_are_one_family(tmp_path):
    # equal true positive rates, false positive rates of 10% and 50%
    lines = rows(
        a_yes_yes=300, a_no_yes=300, a_yes_no=60, a_no_no=540,
        b_yes_yes=300, b_no_yes=300, b_yes_no=300, b_no_no=300,
    )  # fmt: skip
    limit = {"of": "difference", "min": "-0.1", "max": "0.1", "whose": "o"}
    part = {"check": "equalised-odds", "limit": limit}
    path = write_project(
        tmp_path,
        lines=lines,
        header=HEADER,
        controls={"AA-01": control(per="group", parts=[part])},
        tables={"decisions": decisions(**COLUMNS)},
    )

    (item,) = run(path).judgement.items

    assert item.outcome.value == "fail"
    outcomes = {(x.measurement.metric, x.outcome.value) for x in item.lines}
    assert outcomes == {("true positive rate", "pass"), ("false positive rate", "fail")}
    assert item.family_size >= 4
