"""The shipped population: what was published, under the labels of every list that it fits."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from rai_check.project.columns import ColumnFile
from rai_check.references import POPULATIONS
from rai_check.references import census_2021_england as england
from rai_check.tables import code_list

CENSUS = Path(__file__).parents[2] / "../shared/data/census2021/ew_census2021_ltla_reference.csv"
ENGLAND = POPULATIONS["census-2021-england"]
TRAVELLERS = "Gypsies, Roma and Irish Travellers"


def under(characteristic, codes=None, labels=()):
    more = {"codes": codes} if codes else {"labels": {label: label for label in labels}}
    spec = ColumnFile.model_validate({"means": "group", "characteristic": characteristic, **more})
    return ENGLAND.under(spec)


@pytest.mark.skipif(not CENSUS.is_file(), reason="the census file is not here")
@pytest.mark.parametrize(
    ("characteristic", "codes", "counts"),
    [
        ("ethnic_group_19", "gss-19", england.ETHNICITY),
        ("sex", "sex", england.SEX),
        ("disability_equality_act", "disability", england.DISABILITY),
    ],
)
def test_counts_are_the_sums_of_the_local_authorities(characteristic, codes, counts):
    found = Counter()
    with CENSUS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["characteristic"] == characteristic and row["lad_code"].startswith("E"):
                found[code_list(codes).read(row["group"])] += int(row["count"])
    assert found == counts


@pytest.mark.skipif(not CENSUS.is_file(), reason="the census file is not here")
def test_ages_and_the_five_groups_are_the_sums_of_the_local_authorities():
    found = Counter()
    with CENSUS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["lad_code"].startswith("E"):
                found[row["characteristic"], row["group"]] += int(row["count"])
    names = {"0-15": (0, 15), "16-24": (16, 24), "25-34": (25, 34), "35-49": (35, 49)}
    names |= {"50-64": (50, 64), "65-74": (65, 74), "75-84": (75, 84), "85+": (85, None)}
    assert {names[g]: n for (c, g), n in found.items() if c == "age_band"} == england.AGE
    five = {code_list("gss-5").read(g): n for (c, g), n in found.items() if c == "ethnic_group_5"}
    assert all(abs(n - under("race", "gss-5").counts[g]) < 100 for g, n in five.items())


def test_tables_are_of_the_same_people():
    # tables of the census are perturbed one by one: within 100 of 56.5 million
    totals = [
        sum(t.values()) for t in (england.ETHNICITY, england.SEX, england.DISABILITY, england.AGE)
    ]
    assert max(totals) - min(totals) < 100
    assert min(totals) > 56_490_000


def test_shares_are_those_that_were_published():
    # ONS, Census 2021, England: 81.0% White, 9.6% Asian, 4.2% Black, 3.0% Mixed, 2.2% Other
    five = under("race", "gss-5").counts
    shares = {g: round(100 * n / sum(five.values()), 1) for g, n in five.items()}
    assert shares == {"White": 81.0, "Asian": 9.6, "Black": 4.2, "Mixed": 3.0, "Other": 2.2}
    assert round(100 * england.SEX["Female"] / sum(england.SEX.values())) == 51
    assert round(100 * england.DISABILITY["Disabled"] / sum(england.DISABILITY.values()), 1) == 17.3


@pytest.mark.parametrize(
    "codes",
    ["gss-5", "gss-18", "gss-19", "dfe-ethnicity", "dfe-ethnicity-5", "nhs-ethnicity",
     "nhs-ethnicity-5", "ethnicity-labels-5", "ethnicity-labels-19"],
)  # fmt: skip
def test_every_group_of_every_list_of_ethnicity_has_a_count(codes):
    found = under("race", codes)
    groups = {found.joined.get(group, group) for group in code_list(codes).groups}
    assert set(found.counts) == groups
    assert sum(found.counts.values()) == sum(england.ETHNICITY.values())
    assert all(found.counts.values())


def test_groups_that_lists_part_in_other_ways_are_joined():
    dfe, nhs = under("race", "dfe-ethnicity"), under("race", "nhs-ethnicity")
    assert dfe.joined == {"Traveller of Irish heritage": TRAVELLERS, "Gypsy or Roma": TRAVELLERS}
    assert dfe.counts[TRAVELLERS] == 64_205 + 99_122
    assert dfe.counts["Any other ethnic group"] == nhs.counts["Any other ethnic group"] == 1_229_166
    assert nhs.counts["Any other White background"] == 3_584_999 + 64_205 + 99_122
    assert "counted in the group" in " ".join(nhs.notes)


def test_labels_of_its_own_need_every_group():
    five = ("Asian", "Black", "Mixed", "White", "Other")
    assert under("race", labels=five).counts == under("race", "gss-5").counts
    assert under("race", labels=five[:4]) is None
    assert under("race", labels=(*five, "Arab")) is None
    assert under("sex", labels=("Male", "Female")).counts == england.SEX
    assert under("sex", labels=("Men", "Women")) is None


def test_bands_of_age_are_put_together_where_they_fit():
    found = under("age", "age-bands").counts
    assert tuple(found) == code_list("age-bands").groups
    assert found["65 and over"] == 5_564_168 + 3_464_873 + 1_372_267
    assert under("age", "age-bands-5") is None  # finer than what is published here
    working = under("age", labels=("16 to 34", "35 to 64"))
    assert working.counts == {"16 to 34": 13_657_123, "35 to 64": 21_948_564}
    assert "left out" in working.notes[-1]
    assert under("age", labels=("16 to 34", "50 to 64")) is None  # a gap
    assert under("age", labels=("16 to 40", "41 to 64")) is None  # cuts a band
    assert under("age", labels=("young", "old")) is None


def test_other_characteristics_and_lists_have_none():
    assert under("religion_or_belief", labels=("Christian", "Other")) is None
    assert under("race", "sex") is None
    assert under("sex", "disability") is None
