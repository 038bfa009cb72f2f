"""The shipped code lists: whole, frozen, and in line with what government publishes."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from rai_check.errors import UsageError
from rai_check.measurement import NOT_KNOWN
from rai_check.tables import CODE_LISTS, code_list
from rai_check.tables.codes.ethnicity import FIVE_OF

DATA = Path(__file__).parents[2] / "../shared/data"
CLASSIFICATIONS = DATA / "ethnicity_classifications/classification_definitions.csv"
FIVE = {"Asian", "Black", "Mixed", "White", "Other"}
DFE_MAIN = (
    "WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH CHNE BCRB BAFR BOTH OOTH"
)


def test_lists_are_these_when_shipped() -> None:
    assert set(CODE_LISTS) == {
        *("dfe-ethnicity", "dfe-ethnicity-5", "gss-5", "gss-18", "gss-19"),
        *("nhs-ethnicity", "nhs-ethnicity-5", "ethnicity-labels-5", "ethnicity-labels-19"),
        *("sex", "sex-labels", "disability", "disability-labels", "yes-no"),
        *("age-bands", "age-bands-5", "age-bands-10"),
        *("sen-status", "sen-need", "sen-need-4", "school-phase", "year-group"),
    }


@pytest.mark.parametrize("name", sorted(CODE_LISTS))
def test_list_is_whole_when_looked_up(name: str) -> None:
    found = code_list(name)
    assert found.id == name
    assert all((found.title, found.origin, found.version, found.labels))
    assert not found.not_known & set(found.labels)
    assert all(value == value.strip() and value for value in [*found.labels, *found.not_known])
    assert len(found.groups) == len(set(found.groups)) >= 2
    with pytest.raises(TypeError):
        found.labels["new"] = "x"  # type: ignore[index] # the point of the test


@pytest.mark.parametrize("name", sorted(CODE_LISTS))
def test_read_agrees_with_what_is_listed(name: str) -> None:
    found = code_list(name)
    assert all(found.read(value) == label for value, label in found.labels.items())
    assert all(found.read(value) == NOT_KNOWN for value in found.not_known)
    assert found.read("no such value of any list") is None


@pytest.mark.parametrize("name", sorted(n for n in CODE_LISTS if code_list(n).wordings))
def test_every_group_is_read_from_its_own_name(name: str) -> None:
    found = code_list(name)
    assert found.wordings is not None
    assert [found.wordings(group) for group in found.groups] == list(found.groups)


@pytest.mark.parametrize("name", sorted(CODE_LISTS))
def test_list_reads_the_labels_of_its_own_groups(name: str) -> None:
    found = code_list(name)
    assert [found.read(group) for group in found.groups] == list(found.groups)


def test_own_labels_are_read_but_are_not_published_values() -> None:
    found = code_list("sen-need-4")
    assert found.read("Communication and interaction") == "Communication and interaction"
    assert found.read("communication and interaction") is None
    assert found.read_published("Communication and interaction") is None
    assert found.read_published("SLCN") == "Communication and interaction"


def test_exact_list_reads_no_other_wording() -> None:
    assert code_list("dfe-ethnicity").read("wbri") is None
    assert code_list("gss-5").read("asian") is None


def test_dfe_has_every_main_code_with_a_group_of_its_own() -> None:
    found = code_list("dfe-ethnicity")
    assert len({found.labels[code] for code in DFE_MAIN.split()}) == 18
    assert set(found.labels.values()) == {found.labels[code] for code in DFE_MAIN.split()}
    assert found.not_known == {"REFU", "NOBT"}


@pytest.mark.parametrize(
    ("extended", "main"),
    [
        ("WENG", "WBRI"), ("WEEU", "WOTH"), ("WROG", "WROM"), ("MWAP", "MWAS"), ("MWCH", "MOTH"),
        ("AKPA", "APKN"), ("ASLT", "AOTH"), ("CHKC", "CHNE"), ("BSOM", "BAFR"), ("BEUR", "BOTH"),
        ("OARA", "OOTH"),
    ],
)  # fmt: skip
def test_extended_code_rolls_up_to_its_main_code(extended: str, main: str) -> None:
    labels = code_list("dfe-ethnicity").labels
    assert labels[extended] == labels[main]


def test_every_dfe_code_has_four_letters_and_the_first_says_the_group() -> None:
    first = {"W": "White", "M": "Mixed", "A": "Asian", "C": "Asian", "B": "Black", "O": "Other"}
    five = code_list("dfe-ethnicity-5").labels
    assert all(len(code) == 4 and first[code[0]] == group for code, group in five.items())


@pytest.mark.parametrize("name", ["dfe-ethnicity", "nhs-ethnicity"])
def test_roll_up_to_five_is_complete(name: str) -> None:
    detailed, five = code_list(name), code_list(f"{name}-5")
    assert set(five.labels) == set(detailed.labels)
    assert five.not_known == detailed.not_known
    assert all(five.labels[code] == FIVE_OF[group] for code, group in detailed.labels.items())
    assert set(five.labels.values()) == FIVE


@pytest.mark.parametrize("name", ["gss-18", "gss-19", "ethnicity-labels-19"])
def test_every_gss_group_belongs_to_one_of_the_five(name: str) -> None:
    groups = code_list(name).groups
    assert len(groups) == (18 if name == "gss-18" else 19)
    sizes = Counter(FIVE_OF[group] for group in groups)
    white = 4 if name == "gss-18" else 5  # Roma came in 2021
    assert sizes == {"White": white, "Mixed": 4, "Asian": 5, "Black": 3, "Other": 2}


def test_main_codes_have_the_sizes_of_the_five() -> None:
    five = code_list("dfe-ethnicity-5").labels
    sizes = Counter(five[code] for code in DFE_MAIN.split())
    assert sizes == {"White": 5, "Mixed": 4, "Asian": 5, "Black": 3, "Other": 1}


def test_nhs_has_16_codes_and_not_stated_when_listed() -> None:
    found = code_list("nhs-ethnicity")
    assert "".join(found.labels) == "ABCDEFGHJKLMNPRS"
    assert "Z" in found.not_known


def test_names_agree_when_two_lists_have_the_same_group() -> None:
    dfe, nhs = code_list("dfe-ethnicity").labels, code_list("nhs-ethnicity").labels
    assert set(nhs.values()) == set(dfe.values()) - {dfe["WIRT"], dfe["WROM"]}


def test_groups_are_five_when_gss() -> None:
    assert set(code_list("gss-5").labels.values()) == FIVE


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        ("sex", {"Male", "Female"}),
        ("sex-labels", {"Male", "Female"}),
        ("disability", {"Disabled", "Not disabled"}),
        ("disability-labels", {"Disabled", "Not disabled"}),
        ("yes-no", {"Yes", "No"}),
        ("sen-status", {"Education, health and care plan", "SEN support", "No SEN"}),
    ],
)
def test_groups_are_these_when_listed(name: str, groups: set[str]) -> None:
    assert set(code_list(name).groups) == groups


def test_sen_needs_roll_up_to_the_areas_of_the_code_of_practice() -> None:
    needs, areas = code_list("sen-need"), code_list("sen-need-4")
    assert set(areas.labels) == set(needs.labels)
    assert len(needs.groups) == 13
    assert areas.not_known == needs.not_known == {"NSA"}
    of = {area: {c for c, a in areas.labels.items() if a == area} for area in areas.groups}
    assert of == {
        "Cognition and learning": {"SPLD", "MLD", "SLD", "PMLD"},
        "Communication and interaction": {"SLCN", "ASD"},
        "Social, emotional and mental health": {"SEMH"},
        "Sensory and/or physical needs": {"HI", "VI", "MSI", "PD"},
        "Other or in no single area": {"DS", "OTH"},
    }


def test_code_list_gives_a_hint_when_the_id_is_near() -> None:
    with pytest.raises(UsageError, match="Did you mean 'dfe-ethnicity'"):
        code_list("dfe-etnicity")


@pytest.mark.skipif(not CLASSIFICATIONS.is_file(), reason="government's definitions are not here")
def test_roll_up_agrees_when_compared_with_government_definitions() -> None:
    # 18A is ONS 2011, 18+1: its short names and parents, against ours by name
    short = {"Any other ethnic group": "Any other", "White and Asian": "Mixed White/Asian"}
    short |= {
        "White and Black African": "Mixed White/Black African",
        "White and Black Caribbean": "Mixed White/Black Caribbean",
    }
    short |= {f"Any other {group} background": f"{group} other" for group in FIVE}
    with CLASSIFICATIONS.open(encoding="utf-8-sig", newline="") as file:
        parents = {r["Standard"]: r["Parent"] for r in csv.DictReader(file) if r["Code"] == "18A"}
    compared = {
        name: parents[short.get(name, name)]
        for name in code_list("gss-18").groups
        if short.get(name, name) in parents
    }
    assert len(compared) == 17  # all but Gypsy or Irish Traveller, which has another short name
    assert compared == {name: FIVE_OF[name] for name in compared}


CENSUS = DATA / "census2021/ew_census2021_ltla_reference.csv"


@pytest.mark.skipif(not CENSUS.is_file(), reason="census figures are not here")
@pytest.mark.parametrize(
    ("characteristic", "name", "groups"),
    [
        ("ethnic_group_5", "gss-5", 5),
        ("ethnic_group_19", "gss-19", 19),
        ("ethnic_group_5", "ethnicity-labels-5", 5),
        ("ethnic_group_19", "ethnicity-labels-19", 19),
        ("sex", "sex", 2),
        ("disability_equality_act", "disability", 2),
        ("disability_equality_act", "disability-labels", 2),
        ("age_band", "age-bands", 6),
    ],
)
def test_list_reads_every_label_of_the_census_tables(
    characteristic: str, name: str, groups: int
) -> None:
    with CENSUS.open(encoding="utf-8") as file:
        named = {r["group"] for r in csv.DictReader(file) if r["characteristic"] == characteristic}
    assert len({code_list(name).read(group) for group in named} - {None, NOT_KNOWN}) == groups
    assert all(code_list(name).read(group) not in {None, NOT_KNOWN} for group in named)
