"""The shipped code lists: whole, frozen, and in line with what government publishes."""

import csv
from pathlib import Path

import pytest

from rai_check.errors import UsageError
from rai_check.tables import CODE_LISTS, code_list

DATA = Path(__file__).parents[2] / "../shared/data"
CLASSIFICATIONS = DATA / "ethnicity_classifications/classification_definitions.csv"
FIVE = {"Asian", "Black", "Mixed", "White", "Other"}


def test_lists_are_these_when_shipped() -> None:
    assert set(CODE_LISTS) == {
        "dfe-ethnicity",
        "dfe-ethnicity-5",
        "gss-5",
        "nhs-ethnicity",
        "sex",
        "sen-status",
    }


@pytest.mark.parametrize("name", sorted(CODE_LISTS))
def test_list_is_whole_when_looked_up(name: str) -> None:
    found = code_list(name)
    assert found.id == name
    assert all((found.title, found.origin, found.version, found.labels))
    assert not found.not_known & set(found.labels)
    assert all(value == value.strip() and value for value in [*found.labels, *found.not_known])
    with pytest.raises(TypeError):
        found.labels["new"] = "x"  # type: ignore[index] # the point of the test


def test_dfe_has_every_main_code_when_listed() -> None:
    found = code_list("dfe-ethnicity")
    codes = (
        "WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH CHNE BCRB BAFR BOTH OOTH"
    )
    assert set(found.labels) == set(codes.split())
    assert len(set(found.labels.values())) == 18
    assert found.not_known == {"REFU", "NOBT"}


def test_dfe_5_rolls_up_every_main_code_when_listed() -> None:
    detailed, five = code_list("dfe-ethnicity"), code_list("dfe-ethnicity-5")
    assert set(five.labels) == set(detailed.labels)
    assert five.not_known == detailed.not_known
    sizes = {group: list(five.labels.values()).count(group) for group in FIVE}
    assert sizes == {"White": 5, "Mixed": 4, "Asian": 5, "Black": 3, "Other": 1}
    assert (five.labels["CHNE"], five.labels["WROM"], five.labels["OOTH"]) == (
        "Asian",
        "White",
        "Other",
    )


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
        ("sen-status", {"Education, health and care plan", "SEN support", "No SEN"}),
    ],
)
def test_groups_are_these_when_listed(name: str, groups: set[str]) -> None:
    assert set(code_list(name).labels.values()) == groups


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
    names, groups = code_list("dfe-ethnicity").labels, code_list("dfe-ethnicity-5").labels
    compared = {
        code: parents[short.get(name, name)]
        for code, name in names.items()
        if short.get(name, name) in parents
    }
    assert len(compared) == 16  # all but WIRT and WROM, which ONS has as one
    assert compared == {code: groups[code] for code in compared}


@pytest.mark.skipif(not (DATA / "census2021").is_dir(), reason="census figures are not here")
def test_gss_5_has_the_census_groups_when_compared() -> None:
    with (DATA / "census2021/ew_census2021_ltla_reference.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    named = {row["group"] for row in rows if row["characteristic"] == "ethnic_group_5"}
    assert named <= set(code_list("gss-5").labels)
    assert len(named) == 5
