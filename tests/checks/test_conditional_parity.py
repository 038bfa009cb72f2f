"""Like with like: rates within strata, worked by hand, down to the verdict."""

import pytest

from builders import control
from projects import GROUP, PREDICTION, TRUTH, decisions, open_project, write_project
from rai_check.assess import run
from rai_check.check import Missing
from rai_check.checks.conditional_parity import conditional_parity
from rai_check.measurement import Strata, TwoProportions, where

KIND = {"means": "stratum", "labels": {"x": "Review", "y": "New"}}
COLUMNS = {"group": GROUP, "kind": KIND, "says": PREDICTION}


def cases(group, kind, yes, no):
    return [f"{group},{kind},yes"] * yes + [f"{group},{kind},no"] * no


# within each kind both groups are picked alike (80%, 20%), but b has more of the first
ALIKE = [
    *cases("a", "x", 80, 20), *cases("a", "y", 20, 80),
    *cases("b", "x", 160, 40), *cases("b", "y", 10, 40),
]  # fmt: skip


def measure(folder, lines=ALIKE, *, header="group,kind,says", columns=COLUMNS, **parameters):
    tables = {"decisions": decisions(**columns)}
    project = open_project(folder, lines=lines, header=header, tables=tables)
    return conditional_parity(project, by="group", **parameters)


def judged(result):
    return {dict(m.where)["group"]: m for m in result.measurements if not m.information}


def beside(result, metric):
    found = (m for m in result.measurements if m.information and m.metric == metric)
    return {tuple(label for _, label in m.where): m for m in found}


def test_each_stratum_is_a_comparison_of_its_own(tmp_path):
    result = measure(tmp_path)

    found = judged(result)["Group A"]
    assert found.metric == "selection rate within strata"
    assert found.against == "rest"
    assert found.evidence == Strata(
        tables=(  # in the order of the labels: New, Review
            TwoProportions(x=20, n=100, x0=10, n0=50),
            TwoProportions(x=80, n=100, x0=160, n0=200),
        )
    )
    assert (found.known, found.total) == (450, 450)
    assert result.absent() == ()


def test_crude_comparison_is_beside_it_and_not_judged(tmp_path):
    crude = beside(measure(tmp_path), "selection rate, strata put together")

    assert crude[("Group A",)].evidence == TwoProportions(x=100, n=200, x0=170, n0=250)
    assert set(crude) == {("Group A",), ("Group B",)}


def test_stratum_with_nobody_to_compare_with_is_left_out_and_said(tmp_path):
    found = judged(measure(tmp_path, [*ALIKE, *cases("a", "z", 30, 20)]))

    assert len(found["Group A"].evidence.tables) == 2
    assert "In 1 of the 3 strata" in found["Group A"].notes[0]
    assert (found["Group A"].known, found["Group A"].total) == (200, 250)
    assert found["Group B"].notes == ()


def test_rows_without_a_stratum_are_not_known(tmp_path):
    found = judged(measure(tmp_path, [*ALIKE, *cases("b", "", 20, 30)]))["Group B"]

    assert sum(t.n for t in found.evidence.tables) == 250
    assert (found.known, found.total) == (250, 300)


def test_no_stratum_in_common_is_undefined(tmp_path):
    found = judged(measure(tmp_path, [*cases("a", "x", 20, 20), *cases("b", "y", 20, 20)]))

    assert {m.evidence.code for m in found.values()} == {"nobody_beside"}
    assert {(m.known, m.total) for m in found.values()} == {(0, 80)}


REVERSED = [
    *cases("a", "x", 100, 100), *cases("b", "x", 150, 50),  # 50% against 75%
    *cases("a", "w", 120, 80), *cases("b", "w", 180, 20),  # 60% against 90%
    *cases("a", "y", 90, 10), *cases("b", "y", 30, 70),  # 90% against 30%
]  # fmt: skip


def test_stratum_that_points_the_other_way_is_named(tmp_path):
    result = measure(tmp_path, REVERSED)

    found = beside(result, "selection rate within one stratum")
    labels = {"group": "Group A", "kind": "New"}
    one = next(m for m in found.values() if m.where == where(**labels))
    assert one.evidence == TwoProportions(x=90, n=100, x0=30, n0=100)
    assert one.notes == ("In this stratum the difference points the other way.",)
    assert {dict(m.where)["kind"] for m in found.values()} == {"New"}


def test_strata_that_differ_are_said_to(tmp_path):
    metric = "selection rate, chance of so large a difference between strata"

    differ = beside(measure(tmp_path, REVERSED), metric)[("Group A",)]
    alike = beside(measure(tmp_path), metric)[("Group A",)]

    assert differ.evidence.value < 0.01
    assert "not the same in every stratum" in differ.notes[0]
    assert alike.evidence.value > 0.9
    assert "No more difference" in alike.notes[0]


def test_stratum_that_the_project_does_not_name_has_a_number(tmp_path):
    columns = {**COLUMNS, "kind": {"means": "stratum", "labels": {"x": "Review"}}}

    result = measure(tmp_path, REVERSED, columns=columns)

    names = {dict(m.where)["kind"] for m in result.measurements if "kind" in dict(m.where)}
    assert names == {"stratum 2"}  # y comes after w


def test_several_columns_of_strata_are_crossed_and_can_be_chosen(tmp_path):
    lines = [f"{line},{i % 2}" for i, line in enumerate(ALIKE)]
    columns = {**COLUMNS, "half": {"means": "stratum"}}
    header = "group,kind,says,half"

    both = judged(measure(tmp_path, lines, header=header, columns=columns))["Group A"]
    one = measure(tmp_path, lines, header=header, columns=columns, strata=("half",))

    assert len(both.evidence.tables) == 4
    assert len(judged(one)["Group A"].evidence.tables) == 2


def test_other_rates_within_strata(tmp_path):
    columns = {**COLUMNS, "truth": TRUTH}
    lines = [f"{line},yes" for line in ALIKE]

    found = judged(
        measure(tmp_path, lines, header="group,kind,says,truth", columns=columns, rate="fnr")
    )["Group A"]

    assert found.metric == "false negative rate within strata"
    assert found.evidence.tables[0] == TwoProportions(x=80, n=100, x0=40, n0=50)


def test_small_groups_are_put_together(tmp_path):
    three = {"means": "group", "labels": {"a": "A", "b": "B", "c": "C"}}

    found = judged(
        measure(tmp_path, [*ALIKE, *cases("c", "x", 2, 3)], columns={**COLUMNS, "group": three})
    )

    assert found["small groups together"].members == ("C",)
    assert found["small groups together"].evidence.tables == (
        TwoProportions(x=2, n=5, x0=240, n0=300),
    )


def test_without_a_stratum_it_is_missing_evidence(tmp_path):
    columns = {"group": GROUP, "says": PREDICTION}

    with pytest.raises(Missing, match="means 'stratum'"):
        measure(tmp_path, ["a,yes", "b,no"], header="group,says", columns=columns)


def test_stratum_that_is_none_is_named_with_a_suggestion(tmp_path):
    with pytest.raises(Missing, match="Did you mean 'kind'"):
        measure(tmp_path, strata=("kinds",))


def test_undefined_prediction_refuses_every_line(tmp_path):
    columns = {**COLUMNS, "says": {**PREDICTION, "positive": ["Y"]}}

    result = measure(tmp_path, columns=columns)

    assert {m.evidence.code for m in result.measurements} == {"no_positive"}


def test_repeated_people_are_compared_at_standardised_rates(tmp_path):
    lines = [f"{line},{i // 2}" for i, line in enumerate(ALIKE)]
    columns = {**COLUMNS, "who": {"means": "unit"}}

    result = measure(tmp_path, lines, header="group,kind,says,who", columns=columns)

    found = judged(result)["Group A"].evidence
    # weights n n0 / (n + n0): New 100 x 50 / 150 = 33.3, Review 100 x 200 / 300 = 66.7; so that
    # both rates are (0.2 + 2 x 0.8) / 3
    assert found.rates == (pytest.approx(0.6), pytest.approx(0.6))
    assert (found.x, found.n, found.x0, found.n0) == (100, 200, 170, 250)
    assert (found.design.units, found.design.units0) == (100, 125)
    assert found.design.effective < 200


@pytest.mark.parametrize("of", ["ratio", "difference"])
def test_gap_of_the_mix_fails_and_within_strata_passes(tmp_path, of):
    bounds = {"ratio": ("0.8", "1.25"), "difference": ("-0.1", "0.1")}[of]
    limit = {"of": of, "min": bounds[0], "max": bounds[1], "whose": "o"}
    parts = [{"check": name, "limit": limit} for name in ("selection-rate", "conditional-parity")]
    path = write_project(
        tmp_path,
        lines=ALIKE * 10,
        header="group,kind,says",
        controls={
            f"AA-0{i}": control(per="group", parts=[part]) for i, part in enumerate(parts, start=1)
        },
        tables={"decisions": decisions(**COLUMNS)},
    )

    outcomes = {item.control: item.outcome.value for item in run(path).judgement.items}

    assert outcomes == {"AA-01": "fail", "AA-02": "pass"}
