"""Keys that are blank, all the same or shared, and columns that may well be so."""

import pytest

from rai_check.survey import Sort
from rai_check.survey.headings import named_kind, names_dates, names_record
from surveyed import clean, kinds, looked, told, with_

OTHER = {"outcome": ["yes", "no"] * 100, "team": ["North", "South", "East", "West"] * 50}


def keyed(name, values, **others):
    return looked(**{name: values}, **OTHER, **others)


@pytest.mark.parametrize(
    "name", ["case_ref", "CaseID", "pupil id", "Reference", "Ref No.", "caseref"]
)
def test_key_that_is_blank_in_part_or_whole_or_the_same_everywhere_is_to_mend(name):
    refs = [f"R{i}" for i in range(200)]

    assert not keyed(name, refs).to_mend
    assert ("no-key", name, Sort.MEND) in kinds(keyed(name, [None] * 200))
    assert ("key-constant", name, Sort.MEND) in kinds(keyed(name, ["C1"] * 200))
    blank = keyed(name, [None] * 14 + refs[14:])
    assert ("key-missing", name, Sort.MEND) in kinds(blank)
    assert told(blank, "key-missing")[0].startswith("15 rows blank")  # fourteen, to the nearest 5


def test_word_for_nothing_and_a_running_one_are_no_keys():
    refs = [f"R{i}" for i in range(200)]

    assert ("key-missing", "case id", Sort.MEND) in kinds(
        keyed("case id", ["NULL"] * 20 + refs[20:])
    )
    assert ("key-constant", "case id", Sort.MEND) in kinds(keyed("case id", ["1"] * 200))


def test_log_of_events_has_several_rows_for_each_case():
    found = keyed("case_ref", [f"R{i // 4}" for i in range(200)])

    assert ("key-shared", "case_ref", Sort.LOOK) in kinds(found)
    assert not found.to_mend
    declared = {"case_ref": {"means": "unit"}}
    assert not told(looked(declared, case_ref=["a", "b"] * 100, **OTHER), "key-shared")


def test_case_of_a_log_that_has_its_own_key_is_none_of_its_rows():
    events = [f"E{i}" for i in range(200)]
    for cases in ([None] * 40 + ["C1"] * 160, ["C1"] * 200, [None] * 200):
        assert not looked(event_id=events, case_ref=cases, **OTHER).to_mend


@pytest.mark.parametrize(
    "name",
    [
        "linked case ref",
        "school_id",
        "urn of school",
        "Manager ID",
        "house number",
        "Team no",
        "UPRN",
    ],
)
def test_other_references_may_be_blank_or_the_same(name):
    for values in ([None] * 40 + [f"X{i}" for i in range(160)], ["S1"] * 200, [None] * 200):
        assert not looked(**clean(200), **{name: values}).to_mend
        assert not keyed(name, values).to_mend


def test_home_of_two_people_is_no_key_that_repeats():
    homes = [str(100_000_000 + i // 2 * 2 if i < 20 else 100_000_000 + i) for i in range(200)]
    found = looked(**clean(200), uprn=homes)

    assert ("key-repeats", "uprn", Sort.LOOK) in kinds(found)


def test_key_repeated_is_to_mend_unless_another_names_the_rows():
    columns = with_("case ref", ["R00100"] * 12)
    assert looked(**columns).to_mend
    assert not looked(**columns, **{"record id": [str(i) for i in range(200)]}).to_mend


def test_key_of_two_columns_may_have_the_same_year_everywhere():
    declared = {"case no": {"means": "case"}, "case id": {"means": "case"}}
    columns = {"case no": [str(i) for i in range(200)], "case id": ["2026"] * 200}

    assert not looked(declared, **columns, **OTHER).to_mend
    assert looked(**{"case id": ["2026"] * 200}, **OTHER).to_mend


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("case_ref", True), ("CASEREF", True), ("Unique ID", True), ("Application number", True),
        ("id", True), ("number", False), ("No.", False), ("number of cases", False),
        ("case type", False), ("Paid", False), ("valid", False), ("key stage", False),
        ("ID verified", False), ("previous ref", False), ("case closed", False),
    ],
)  # fmt: skip
def test_headings_of_keys(name, own):
    assert names_record(name) == own


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("NHS No.", "NHS number"), ("nhs_number", "NHS number"), ("NHSNumber", "NHS number"),
        ("Patient NHS number", "NHS number"), ("nhsno", "NHS number"),
        ("UPN", "unique pupil number"),
        ("pupil_upn", "unique pupil number"), ("ULN", "unique learner number"),
        ("NI Number", "National Insurance number"), ("nino", "National Insurance number"),
        ("nhs_number_verified", None), ("NHS trust", None), ("upn_status", None), ("ni", None),
        ("NHS number known", None), ("Pupil number", None), ("date", None),
    ],
)  # fmt: skip
def test_headings_of_identifiers(name, kind):
    assert named_kind(name) == kind


@pytest.mark.parametrize(
    ("name", "dates"),
    [
        ("dob", True), ("Date of birth", True), ("referral_date", True), ("DateReceived", True),
        ("date", True), ("date_known", False), ("DOB verified", False), ("up to date", False),
        ("Date format", False), ("update", False), ("start", False), ("days to date", False),
    ],
)  # fmt: skip
def test_headings_of_dates(name, dates):
    assert names_dates(name) == dates
