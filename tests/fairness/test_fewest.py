"""The smallest count behind a number, by hand."""

import pytest

from projects import GROUP, PREDICTION, TRUTH, decisions, open_project
from rai_check.fairness import count
from rai_check.fairness.edges import value_edges
from rai_check.fairness.estimates import of_number
from rai_check.fairness.fewest import ALL, BY_TRUTH, fewest
from rai_check.fairness.numbers import numbers_of
from rai_check.project import Role


def counted(folder, lines):
    columns = {"group": GROUP, "says": PREDICTION, "truth": TRUTH}
    columns |= {"score": {"means": "score"}, "who": {"means": "unit"}}
    unit = lines[0].count(",") == 4
    header = "group,says,truth,score" + (",who" if unit else "")
    if not unit:
        del columns["who"]
    project = open_project(
        folder, lines=lines, header=header, tables={"decisions": decisions(**columns)}
    )
    table = project.table(Role.DECISIONS)
    edges = value_edges(table, "score")
    numbers = numbers_of(table, "group", "score", edges=edges, truth=True)
    groups = count(numbers.cube, ("group",), of_number("n", "n"), pool_below=0)
    return numbers, groups


# Group A: 30 yes (12 at 1, 18 at 0) and 40 no (25 at 1, 15 at 0). Group B: 50 yes at 1, 60 no at 0.
ROWS = (
    ["a,yes,yes,1"] * 12
    + ["a,yes,yes,0"] * 18
    + ["a,yes,no,1"] * 25
    + ["a,yes,no,0"] * 15
    + ["b,yes,yes,1"] * 50
    + ["b,yes,no,0"] * 60
)


@pytest.mark.parametrize(
    ("classes", "valued", "own", "rest"),
    [
        (ALL, None, 33, 50),  # at 0: 18 + 15; of B 50 at 1
        (BY_TRUTH, None, 12, 0),  # of B nobody with the outcome is at 0
        (BY_TRUTH, ALL, 30, 50),  # 30 with the outcome, fewer than the 33 at 0
    ],
)
def test_fewest_of_a_few_values_counts_each(tmp_path, classes, valued, own, rest):
    numbers, groups = counted(tmp_path, ROWS)
    a, b = groups.groups

    assert fewest(numbers, classes, a, valued=valued) == own
    assert fewest(numbers, classes, b, valued=valued) == rest
    assert fewest(numbers, classes, a, groups.rest(a), valued=valued) == rest
    assert fewest(numbers, classes, b, groups.rest(b), valued=valued) == own


def test_fewest_of_many_values_counts_classes_alone(tmp_path):
    lines = [f"{g},yes,{t},{i / 100}" for g in "ab" for i in range(40) for t in ("yes", "no")]
    numbers, groups = counted(tmp_path, lines)

    assert fewest(numbers, BY_TRUTH, groups.groups[0]) == 40
    assert fewest(numbers, ALL, groups.groups[0]) == 80


def test_side_of_few_values_counts_each_of_its_own(tmp_path):
    # Group A holds 4 at 1 and 36 at 0; the column holds 42 values.
    lines = ["a,yes,yes,1"] * 4 + ["a,yes,yes,0"] * 36
    lines += [f"b,yes,yes,{i / 100}" for i in range(40)]
    numbers, groups = counted(tmp_path, lines)
    a, b = groups.groups

    assert fewest(numbers, ALL, a) == 4
    assert fewest(numbers, ALL, b) == 40


def test_value_that_nobody_of_a_group_has_is_a_count_of_nought(tmp_path):
    numbers, groups = counted(tmp_path, ["a,yes,yes,1"] * 40 + ["b,yes,yes,0"] * 40)

    assert fewest(numbers, ALL, groups.groups[0]) == 0


def test_repeated_rows_count_as_the_people_they_are_of(tmp_path):
    # 60 rows of group A at 1 are of 3 people, 60 at 0 of 20; 60 of B at 1 and at 0 of 30 each.
    lines = [f"a,yes,yes,1,p{i % 3}" for i in range(60)]
    lines += [f"a,yes,no,0,q{i % 20}" for i in range(60)]
    lines += [f"b,yes,{t},{s},{t}{i % 30}" for i in range(60) for t, s in (("yes", 1), ("no", 0))]
    numbers, groups = counted(tmp_path, lines)
    a, b = groups.groups

    assert fewest(numbers, ALL, a) == 3
    assert fewest(numbers, BY_TRUTH, b, valued=ALL) == 30
    assert fewest(numbers, ALL, b, groups.rest(b)) == 3
