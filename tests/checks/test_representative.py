"""Whether the data resembles a population: shares by hand, a defect and its clean twin."""

import numpy as np
import pytest

from builders import control, judged, policy
from projects import PREDICTION, decisions, open_project
from rai_check.check import Missing
from rai_check.checks.representative import representative
from rai_check.errors import DataError
from rai_check.fairness.representation import NO_REFERENCE
from rai_check.measured import MeasuredItem, PartResult
from rai_check.measurement import NOBODY_BESIDE, SMALL_GROUPS, Share, TwoProportions, Undefined
from rai_check.outcome import Outcome
from rai_check.stats.multiple import holm
from rai_check.weighing.shares import share_p

FACTS = {"reference_population": "census-2021-england"}
ETHNIC = {"means": "group", "characteristic": "race", "codes": "ethnicity-labels-5"}
SEX = {"means": "group", "characteristic": "sex", "codes": "sex-labels"}
REFERENCE = {
    "path": "reference.csv",
    "role": "reference",
    "columns": {"group": ETHNIC, "people": {"means": "count"}},
}


def opened(
    folder, counts, reference=None, *, group=ETHNIC, facts=FACTS, header="group,says", **more
):
    lines = [f"{label},yes" for label, n in counts.items() for _ in range(n)]
    tables = {"decisions": decisions(group=group, says=PREDICTION, **more)}
    if reference is not None:
        text = "\n".join(["group,people", *(f"{g},{n}" for g, n in reference.items())])
        (folder / "reference.csv").write_text(text + "\n", "utf-8")
        columns = {"group": group, "people": {"means": "count"}}
        tables["reference"] = {**REFERENCE, "columns": columns}
    return open_project(folder, lines=lines, header=header, tables=tables, facts=facts)


def measure(folder, counts, reference=None, *, by="group", parameters=None, **more):
    project = opened(folder, counts, reference, **more)
    return representative(project, by=by, **(parameters or {}))


def lines(result):
    return {dict(m.where)["group"]: m for m in result.measurements if not m.information}


def beside(result, start):
    return {dict(m.where).get("group"): m.evidence for m in result.measurements
            if m.information and m.metric.startswith(start)}  # fmt: skip


def test_shares_are_set_against_the_project_s_own_table(tmp_path):
    # 30 of 200 are 15%; the reference has 200 of 1,000: ratio 0.75
    found = lines(measure(tmp_path, {"Asian": 30, "White": 170}, {"Asian": 200, "White": 800}))

    assert found["Asian"].evidence == Share(x=30, n=200, x0=200, n0=1_000)
    assert found["White"].evidence == Share(x=170, n=200, x0=800, n0=1_000)
    assert found["Asian"].evidence.ratio == pytest.approx(0.75)
    assert (found["Asian"].known, found["Asian"].total) == (200, 200)
    assert found["Asian"].against == "the reference table 'reference'"


def test_shipped_population_is_used_where_a_fact_names_it(tmp_path):
    found = lines(measure(tmp_path, {"M": 60, "F": 40, "not stated": 5}, group=SEX))

    assert found["Male"].evidence == Share(x=60, n=100, x0=27_656_209, n0=56_490_040)
    assert found["Male"].against == "the people of England, Census 2021"
    assert (found["Male"].known, found["Male"].total) == (100, 105)
    assert "Census 2021" in " ".join(found["Male"].notes)


def test_parameter_of_the_policy_comes_before_the_fact_and_the_table_before_both(tmp_path):
    given = {"reference": "census-2021-england"}
    found = measure(tmp_path, {"M": 60, "F": 40}, group=SEX, facts={}, parameters=given)
    assert lines(found)["Male"].evidence.n0 == 56_490_040
    own = {"Male": 1, "Female": 1}
    found = measure(tmp_path, {"M": 60, "F": 40}, own, group=SEX, parameters=given)
    assert lines(found)["Male"].evidence.n0 == 2


def test_group_that_is_missing_stands_alone_and_rare_ones_are_put_together(tmp_path):
    # of 200, 18 Black people are expected and none is there; 4 Mixed and 2 Other are expected
    reference = {"White": 880, "Black": 90, "Mixed": 20, "Other": 10}
    found = lines(measure(tmp_path, {"White": 197, "Mixed": 3}, reference))

    assert found["Black"].evidence == Share(x=0, n=200, x0=90, n0=1_000)
    assert found[SMALL_GROUPS].evidence == Share(x=3, n=200, x0=30, n0=1_000)
    assert found[SMALL_GROUPS].members == ("Mixed", "Other")


def test_people_are_counted_once_where_rows_repeat_them(tmp_path):
    rows = [f"Asian,yes,a{i % 5}" for i in range(50)] + [f"White,yes,w{i}" for i in range(20)]
    rows += ["White,yes,both", "Asian,yes,both", "White,yes,", "refused,yes,r1"]
    (tmp_path / "reference.csv").write_text("group,people\nAsian,10\nWhite,90\n", "utf-8")
    spec = decisions(group=ETHNIC, says=PREDICTION, who={"means": "unit"})
    tables = {"decisions": spec, "reference": REFERENCE}
    project = open_project(tmp_path, lines=rows, header="group,says,who", tables=tables)
    found = lines(representative(project, by="group"))

    # 5 and 20 people; "both" is of two groups and r1 refused: known for 25 of 27
    assert found["Asian"].evidence == Share(x=5, n=25, x0=10, n0=100)
    assert (found["White"].known, found["White"].total) == (25, 27)
    assert "1 units are recorded in more than one group" in " ".join(found["White"].notes)


def test_sample_for_a_reference_has_its_own_error(tmp_path):
    facts = {"reference_is": "sample"}
    reference = {"Asian": 20, "White": 80}
    found = lines(measure(tmp_path, {"Asian": 30, "White": 170}, reference, facts=facts))
    assert found["Asian"].evidence == TwoProportions(x=30, n=200, x0=20, n0=100)


def test_group_that_the_reference_does_not_have_is_undefined(tmp_path):
    reference = {"Asian": 20, "White": 80}
    found = lines(measure(tmp_path, {"Asian": 30, "White": 170, "Black": 20}, reference))
    assert isinstance(found["Black"].evidence, Undefined)
    assert found["Black"].evidence.mendable
    # the reference says how Asian and White share what it counts: 30 of their 200, not of 220
    assert found["Asian"].evidence == Share(x=30, n=200, x0=20, n0=100)
    assert (found["Asian"].known, found["Asian"].size) == (220, 200)


@pytest.mark.parametrize("reference", [{"Female": 51}, {"Female": 51, "Male": 0}])
def test_reference_that_counts_one_group_alone_neither_fails_nor_passes(tmp_path, reference):
    counts = {"Female": 510, "Male": 490}
    found = lines(measure(tmp_path, counts, reference, group=SEX))
    assert {label: m.evidence.code for label, m in found.items()} == {
        "Female": NOBODY_BESIDE,
        "Male": NO_REFERENCE,
    }


def test_data_of_other_groups_than_the_reference_counts_is_undefined(tmp_path):
    found = lines(measure(tmp_path, {"Black": 300}, {"Asian": 20, "White": 80}))
    assert {label: m.evidence.code for label, m in found.items()} == {
        "Black": NO_REFERENCE,
        SMALL_GROUPS: NOBODY_BESIDE,  # of Asian and White nobody is there, nor could be expected
    }


def test_rows_that_nothing_declares_are_not_known(tmp_path):
    found = measure(tmp_path, {"Asian": 30, "White": 170, "Klingon": 50}, {"Asian": 2, "White": 8})
    assert set(lines(found)) == {"Asian", "White"}
    assert (lines(found)["Asian"].known, lines(found)["Asian"].total) == (200, 250)
    assert "Klingon" not in repr(found)
    own = beside(found, "share of records of each group")
    assert (own["Asian"].x, own["Asian"].n, own["not known"].n) == (30, 200, 50)


def test_what_stands_beside_is_worked_out_by_hand(tmp_path):
    # 60 of 100 against 50%: 10 away with a standard deviation of 5: 2; 0.1 would have to change
    found = measure(tmp_path, {"Asian": 60, "White": 40}, {"Asian": 50, "White": 50})

    residuals = beside(found, "distance from the expected")
    assert (residuals["Asian"].value, residuals["White"].value) == (2.0, -2.0)
    off = beside(found, "share of records that would have")
    assert off["every group"].value == 0.1
    chance = beside(found, "share of records, chance of")["every group"].value
    assert chance == pytest.approx(0.0455, abs=1e-4)  # chi-square 4 on one degree of freedom


def test_without_a_reference_it_is_missing_and_says_what_to_add(tmp_path):
    with pytest.raises(Missing, match=r"role: reference.*census-2021-england"):
        measure(tmp_path, {"Asian": 30, "White": 170}, facts={})


@pytest.mark.parametrize("fact", ["TODO: whom should it look like?", ""])
def test_a_fact_that_is_not_given_yet_is_missing(tmp_path, fact):
    with pytest.raises(Missing, match="no reference for column"):
        measure(
            tmp_path,
            {"Asian": 30, "White": 170},
            facts={"reference_population": fact} if fact else {},
        )


def test_unknown_population_has_a_hint(tmp_path):
    with pytest.raises(Missing, match="Did you mean 'census-2021-england'"):
        measure(tmp_path, {"M": 3}, group=SEX, facts={"reference_population": "census-2021-engand"})


def test_population_without_the_column_s_groups_is_missing(tmp_path):
    own = {"means": "group", "characteristic": "race", "labels": {"a": "A", "b": "B"}}
    with pytest.raises(Missing, match="no counts for the groups of column 'group'"):
        measure(tmp_path, {"a": 30, "b": 30}, group=own)


def test_totals_among_the_reference_are_refused_without_their_values(tmp_path):
    with pytest.raises(Missing, match="1 values of column 'group' that nothing declares") as said:
        measure(tmp_path, {"Asian": 30, "White": 70}, {"Asian": 1, "White": 9, "Everybody": 10})
    assert "Everybody" not in str(said.value)


def test_column_that_is_no_group_is_missing(tmp_path):
    with pytest.raises(Missing, match="not declared as a group"):
        measure(tmp_path, {"Asian": 30}, by="says")


def test_reference_file_that_is_not_there_is_an_error(tmp_path):
    project = opened(tmp_path, {"Asian": 3, "White": 3}, {"Asian": 1, "White": 1})
    (tmp_path / "reference.csv").unlink()
    with pytest.raises(DataError):
        representative(project, by="group")


def test_reference_is_found_by_characteristic_where_names_differ(tmp_path):
    # the shape of a table saved from the census's custom data tool
    text = (
        "area,Ethnic group (6 categories),Observation\n"
        "E1,Does not apply,0\n"
        'E1,"Asian, Asian British or Asian Welsh",100\n'
        "E1,Mixed or Multiple ethnic groups,20\n"
        "E1,White,80\n"
    )
    (tmp_path / "reference.csv").write_text(text, "utf-8")
    columns = {"Ethnic group (6 categories)": ETHNIC, "Observation": {"means": "count"}}
    tables = {
        "decisions": decisions(group=ETHNIC, says=PREDICTION),
        "reference": {**REFERENCE, "columns": columns},
    }
    rows = ["Asian,yes"] * 50 + ["White,yes"] * 40 + ["Mixed,yes"] * 10
    found = lines(representative(open_project(tmp_path, lines=rows, tables=tables), by="group"))
    assert found["Asian"].evidence == Share(x=50, n=100, x0=100, n0=200)
    assert found["Mixed"].evidence == Share(x=10, n=100, x0=20, n0=200)


LIMIT = {"of": "ratio", "min": 0.8, "max": 1.25, "whose": "ours"}


def outcomes(folder, counts, reference):
    """Outcomes by group, judged as the policy pack does."""
    part = {"check": "representative", "limit": LIMIT}
    rules = policy({"FA-04": control(severity="medium", per="group", parts=[part])})
    result = measure(folder, counts, reference)
    part = PartResult(check="representative", index=0, result=result)
    item = MeasuredItem(control="FA-04", group="group", parts=(part,))
    found = judged(rules, item).items[0].lines
    return {dict(x.measurement.where)["group"]: x.outcome for x in found if x.measurement}


def test_defect_is_found_and_its_clean_twin_is_not(tmp_path):
    reference = {"Asian": 400, "Black": 200, "White": 1_400}
    clean = outcomes(tmp_path, {"Asian": 400, "Black": 200, "White": 1_400}, reference)
    assert set(clean.values()) == {Outcome.PASS}
    # half of the Asian residents left out
    defect = outcomes(tmp_path, {"Asian": 200, "Black": 200, "White": 1_400}, reference)
    assert defect["Asian"] is Outcome.FAIL
    assert defect["White"] is Outcome.PASS


def test_all_groups_together_are_compared_with_nobody(tmp_path):
    # everybody against everybody would be a ratio of 1, and a pass that shows nothing
    counts, reference = {"Asian": 9, "White": 9}, {"Asian": 50, "White": 50}
    found = measure(tmp_path, counts, reference)
    assert lines(found)[SMALL_GROUPS].evidence.code == NOBODY_BESIDE
    assert beside(found, "share of records that would") == {}
    assert outcomes(tmp_path, counts, reference) == {SMALL_GROUPS: Outcome.INCONCLUSIVE}


def test_few_records_cannot_tell(tmp_path):
    found = outcomes(tmp_path, {"Asian": 5, "White": 15}, {"Asian": 20, "White": 80})
    assert found["Asian"] is Outcome.INCONCLUSIVE


def test_fair_draws_rarely_fail():
    """Of fair draws from the reference, fewer than alpha fail any group of the family."""
    shares = (0.81, 0.096, 0.042, 0.03, 0.022)
    draws = np.random.default_rng(4).multinomial(600, shares, size=400)
    failed = 0
    for draw in draws.tolist():
        p = [
            share_p(Share(x=x, n=600, x0=round(s * 1_000), n0=1_000), b, side)
            for x, s in zip(draw, shares, strict=True)
            for b, side in ((0.8, "below"), (1.25, "above"))
        ]
        failed += min(holm(p)) < 0.05
    assert failed / 400 <= 0.05
