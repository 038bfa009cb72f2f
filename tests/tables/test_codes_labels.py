"""Raw labels: the same published category in another wording is read, a likeness is not."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.measurement import NOT_KNOWN
from rai_check.tables import CODE_LISTS, code_list
from rai_check.tables.codes.ages import ages_of, band_label
from rai_check.tables.codes.ethnicity import FIVE_OF
from rai_check.tables.codes.ethnicity_labels import read_five, read_nineteen
from rai_check.tables.codes.gss import GSS_18, GSS_19
from rai_check.tables.codes.normal import canonical, is_not_known

DATA = Path(__file__).parents[2] / "../shared/data"

READ_19 = {
    "White British": (
        "white british", "WHITE-BRITISH", "White \u2013 British", "“White British”",
        "White: British",
        "white  british ", "White_British", "(White British)", "White/British", "White, British",
        "White - English / Welsh / Scottish / Northern Irish / British", "British - White",
        "White: English, Scottish, Welsh, Northern Irish, British", "W1", "W1 - White British",
        "W1 White British", "White British (W1)", "WBRI", "WBRI - White British", "WENG",
        "A White - British", "A: White - British", "CA White English", "1. White British",
        "01 - White British", "White: Scottish", "White: Other British", "White Northern Irish",
        "\uff37hite British", "Ethnicity: White British",
    ),
    "White Irish": ("White Irish", "White: Irish", "Irish", "B White - Irish", "W2"),
    "Gypsy or Irish Traveller": (
        "White: Gypsy/Irish Traveller", "Gypsy/Traveller/Irish Traveller", "Irish Traveller",
        "White - Traveller of Irish heritage", "Gypsy / Traveller", "W3", "WIRT",
        "White: Gypsy, Irish Traveller", "CN White Gypsy/Romany",
    ),
    "Roma": ("Roma", "White: Roma"),
    "Any other White background": (
        "White other", "Other White", "White - any other", "White - Any other White background",
        "Any Other White", "C White - Any other White background", "White: Polish", "W9",
        "White Eastern European", "White: Any other White background, please specify",
    ),
    "White and Black Caribbean": (
        "Mixed: White & Black Caribbean", "White and Black Caribbean",
        "Mixed White/Black Caribbean",
        "Mixed/Multiple ethnic groups - White and Black Caribbean", "M1", "MWBC",
        "Mixed - White and Black - Caribbean", "Dual heritage: White &amp; Black Caribbean",
    ),
    "White and Black African": ("White & Black African", "Mixed White / Black African", "M2"),
    "White and Asian": ("White and Asian", "White/Asian", "Mixed (White and Asian)", "M3", "MWAP"),
    "Any other Mixed background": (
        "Mixed other", "Any other mixed/multiple ethnic background", "Mixed - any other Mixed",
        "Mixed or Multiple ethnic groups: Other Mixed or Multiple ethnic groups", "M9", "MWCH",
    ),
    "Indian": (
        "Asian/Asian British: Indian", "Asian or Asian British - Indian", "Indian", "A1",
        "Indian, Indian Scottish or Indian British", "Asian Indian", "British Indian",
        "Asian, Asian British or Asian Welsh: Indian", "British Asian - Indian",
    ),
    "Pakistani": ("A2", "Pakistani, Pakistani Scottish or Pakistani British", "APKN", "AKPA"),
    "Bangladeshi": ("Asian, Asian British or Asian Welsh: Bangladeshi", "A3", "Bangladeshi"),
    "Chinese": (
        "Chinese", "Asian - Chinese", "Other - Chinese", "Chinese - Chinese", "R Chinese",
        "Chinese or other ethnic group - Chinese", "Other Ethnic Groups: Chinese", "A4", "O1",
    ),
    "Any other Asian background": (
        "Asian other", "Other Asian", "Any other Asian background", "Asian: Other", "A9",
        "Asian or Asian British: any other Asian background", "Asian-Other",
    ),
    "Black African": (
        "Black - African", "African", "Black or Black British: African", "B2", "BSOM",
        "Black, Black British, Black Welsh, Caribbean or African: African",
        "Black African/Caribbean/Black British - African",
        "African, African Scottish or African British",
        "Black - Somali",
    ),
    "Black Caribbean": (
        "Black-Caribbean", "Caribbean", "Black Carribean", "B1",
        "M Black or Black British - Caribbean",
        "Black/African/Caribbean/Black British - Caribbean",
    ),
    "Any other Black background": (
        "Black other", "Any other Black / African / Caribbean background", "B9",
        "Black/African/Caribbean/Black British - Any other Black/African/Caribbean background",
    ),
    "Arab": ("Arab", "Other ethnic group: Arab", "Other - Arab", "O2"),
    "Any other ethnic group": (
        "Any other ethnic group", "Other ethnic group: Other", "Other - any other", "O9", "OOTH",
        "Chinese or other ethnic group - any other", "S Any Other Ethnic Group", "Any other",
        "Any other ethnic group, please describe",
    ),
}  # fmt: skip
READ_5_ONLY = {
    "White": ("White", "Gypsy/Roma", "WROM", "Gypsy, Roma and Traveller", "White - North European",
              "White Unspecified", "White British & Irish", "IC1"),
    "Mixed": ("Mixed", "Mixed/multiple ethnic groups", "Mixed heritage", "Mixed race",
              "Mixed - Black & Asian", "Mixed white/black"),
    "Asian": ("Asian", "Asian or Asian British", "Asian British", "British Asian",
              "Asian, Asian British or Asian Welsh", "Pakistani/Bangladeshi", "IC4 - Asian"),
    "Black": ("Black", "Black British", "Black/African/Caribbean/Black British", "Black/African",
              "Black, Black British, Black Welsh, Caribbean or African", "Caribbean or Black"),
    "Other": ("Other", "Other ethnic group", "Other ethnic groups", "Other (please specify)"),
}  # fmt: skip
"""One of the five, and no single one of the 19."""
NEITHER = (
    "British", "English", "Mixed British", "British/Mixed British", "White Mixed", "Traveller",
    "Chinese or other ethnic group", "Chinese or other", "Mixed/other", "Asian and other",
    "White & other", "White British & other", "Asian/other", "Asian, other", "Non-White", "BAME",
    "BME", "All", "Total", "Asian excluding Chinese", "Other than White", "Other inc. mixed",
    "White non-British", "African-American", "Caucasian", "Hispanic", "Sikh", "Afro-Caribbean",
    "Vietnamese", "Middle Eastern", "White Asian", "Whitebritish", "W", "B", "A", "x" * 500,
    "N. Irish", "N African", "W Indian", "W. Indian", "S. African", "N-Irish", "White or Asian",
    "White or Black Caribbean", "Not White British", "White (not British)", "White African",
    "Asian African", "Mixed White", "Mixed Asian", "White/Black", "Black Asian", "White Chinese",
    "ethnic group", "Wite British", "Indain", "White not stated", "A2 - White Irish",
)  # fmt: skip
UNKNOWN = (
    "Not stated", "NOT KNOWN", "Refused", "prefer not to say", "Not known / prefer not to say",
    "Other ethnic group - Not stated", "Z Not Stated", "NOBT", "REFU", "NS", "N/A", "n/k", "-", "?",
    "Don\u2019t know", "Information not yet obtained", "Unknown ethnicity",
    "Ethnic origin not stated",
    "Client refused", "Declined to provide", "I do not wish to disclose", "Not stated (refused)",
    "not recorded/unknown", "Not yet obtained", "PNTS", "Unclassified", "N4",
)  # fmt: skip


@pytest.mark.parametrize(("group", "label"), [(g, x) for g, held in READ_19.items() for x in held])
def test_label_is_read_at_both_levels(group: str, label: str) -> None:
    assert (read_nineteen(label), read_five(label)) == (group, FIVE_OF[group])


@pytest.mark.parametrize(
    ("group", "label"), [(g, x) for g, held in READ_5_ONLY.items() for x in held]
)
def test_label_of_one_of_the_five_is_no_single_one_of_the_19(group: str, label: str) -> None:
    assert (read_nineteen(label), read_five(label)) == (None, group)


@pytest.mark.parametrize("label", NEITHER)
def test_ambiguous_or_unlike_label_is_not_matched(label: str) -> None:
    assert (read_nineteen(label), read_five(label)) == (None, None)


@pytest.mark.parametrize(
    ("label", "group"),
    [("Both", None), ("both", None), ("moth", None), (" BOTH ", "Black"), ("WBRI", "White"),
     ("w1", "White")],
)  # fmt: skip
def test_code_of_the_dfe_is_read_alone_only_in_capitals(label: str, group: str | None) -> None:
    assert read_five(label) == group


@pytest.mark.parametrize("label", UNKNOWN)
def test_not_known_is_no_group(label: str) -> None:
    assert (read_nineteen(label), read_five(label)) == (NOT_KNOWN, NOT_KNOWN)


@pytest.mark.parametrize("wording", sorted({*GSS_18, *GSS_19}))
def test_census_wording_is_read_as_the_census_has_it(wording: str) -> None:
    assert read_nineteen(wording) == {**GSS_18, **GSS_19}[wording]


PUNCTUATION = st.sampled_from([" ", "  ", " - ", ": ", " \u2013 ", "_"])


@given(
    label=st.sampled_from([x for held in READ_19.values() for x in held if " - " in x]),
    case=st.sampled_from([str.lower, str.upper, str.title, str.swapcase]),
    between=PUNCTUATION,
)
def test_case_and_what_stands_between_change_nothing(label, case, between) -> None:
    changed = case(label.replace(" - ", between))
    assert read_five(changed) in {read_five(label), None}
    assert read_five(case(label)) == read_five(label)


@given(st.text(max_size=60))
def test_any_text_is_a_group_not_known_or_nothing(text: str) -> None:
    for held in CODE_LISTS.values():
        assert held.read(text) in {*held.groups, NOT_KNOWN, None}


@given(st.text(max_size=60))
def test_the_two_levels_never_contradict_each_other(text: str) -> None:
    fine, coarse = read_nineteen(text), read_five(text)
    assert fine is None or FIVE_OF.get(fine, fine) == coarse


@pytest.mark.parametrize(
    ("label", "group"),
    [
        ("m", "Male"), ("MALE", "Male"), ("Man", "Male"), ("boys", "Male"), ("1 - Male", "Male"),
        ("F", "Female"), ("women", "Female"), ("Female (F)", "Female"), ("Sex: female", "Female"),
        ("Not specified", NOT_KNOWN), ("U", NOT_KNOWN), ("Prefer not to say", NOT_KNOWN),
        ("Non-binary", None), ("Other", None), ("Trans woman", None), ("1", None),
    ],
)  # fmt: skip
def test_sex_label_is_read(label: str, group: str | None) -> None:
    assert code_list("sex-labels").read(label) == group


@pytest.mark.parametrize(
    ("which", "label"),
    [("sex-labels", x) for x in (
        "M/F", "F/M", "M - Female", "F (M)", "Male (F)", "M F", "M, F", "M & F", "M and F",
        "1 - Female", "2 - Male", "01 Female", "Female (1)", "X/F", "T/F", "A and F", "U - Male",
        "M - not known",
    )]
    + [("disability-labels", x) for x in (
        "Y - No", "N - Disabled", "N - Yes", "No (Y)", "Y/N", "Y - Not disabled", "Y not known",
    )]
    + [("yes-no", x) for x in ("1 - No", "0 - Yes", "Y/N", "Yes (0)", "00 - Yes")],
)  # fmt: skip
def test_code_that_contradicts_its_wording_is_no_group(which: str, label: str) -> None:
    assert code_list(which).read(label) is None


@pytest.mark.parametrize(
    ("which", "label", "group"),
    [
        ("sex-labels", "M - Male", "Male"), ("sex-labels", "M/Male", "Male"),
        ("sex-labels", "2: Female", "Female"), ("sex-labels", "F (Female)", "Female"),
        ("sex-labels", "A - Male", "Male"), ("sex-labels", "U - Unknown", NOT_KNOWN),
        ("sex-labels", "3 - Prefer not to say", NOT_KNOWN),
        ("disability-labels", "N - Not disabled", "Not disabled"),
        ("disability-labels", "2 - No", "Not disabled"), ("disability-labels", "Y/Yes", "Disabled"),
        ("disability-labels", "1 - Yes, limited a little", "Disabled"),
        ("yes-no", "1 - Yes", "Yes"), ("yes-no", "2 - No", "No"), ("yes-no", "N/A", NOT_KNOWN),
    ],
)  # fmt: skip
def test_code_that_agrees_with_its_wording_or_says_nothing_is_dropped(
    which: str, label: str, group: str
) -> None:
    assert code_list(which).read(label) == group


@pytest.mark.parametrize(
    ("label", "group"),
    [
        ("Yes", "Disabled"), ("y", "Disabled"), ("DISABLED", "Disabled"),
        ("Day-to-day activities limited a lot", "Disabled"), ("Yes, limited a little", "Disabled"),
        ("Disabled under the Equality Act", "Disabled"), ("Yes - I have a disability", "Disabled"),
        ("No", "Not disabled"), ("Non-disabled", "Not disabled"), ("not disabled", "Not disabled"),
        ("No known disability", "Not disabled"), ("No disability", "Not disabled"),
        ("Day-to-day activities not limited", "Not disabled"), ("none", None), ("None", None),
        ("Not disabled under the Equality Act", "Not disabled"),
        ("Prefer not to say", NOT_KNOWN), ("Not declared", NOT_KNOWN), ("Unknown", NOT_KNOWN),
        ("No disability declared", None), ("Asthma", None), ("0", None),
    ],
)  # fmt: skip
def test_disability_label_is_read(label: str, group: str | None) -> None:
    assert code_list("disability-labels").read(label) == group


@pytest.mark.parametrize(
    ("label", "group"),
    [("Y", "Yes"), ("true", "Yes"), ("1", "Yes"), ("NO", "No"), ("0", "No"), ("false", "No"),
     ("not known", NOT_KNOWN), ("maybe", None)],
)  # fmt: skip
def test_yes_or_no_is_read(label: str, group: str | None) -> None:
    assert code_list("yes-no").read(label) == group


@pytest.mark.parametrize(
    ("label", "ages"),
    [
        ("16-24", (16, 24)), ("16 to 24", (16, 24)), ("16 \u2013 24 years", (16, 24)),
        ("37", (37, 37)),
        ("Aged 16 to 24 years", (16, 24)), ("65+", (65, None)), ("65 and over", (65, None)),
        ("85 years and older", (85, None)), ("under 16", (0, 15)), ("Under 16s", None),
        ("Aged 15 years and under", (0, 15)), ("4 and under", (0, 4)), ("over 34", (35, None)),
        ("25 - 45", (25, 45)), ("Less than 25", (0, 24)), ("up to 15", (0, 15)),
        ("<16", (0, 15)), ("< 18", (0, 17)), ("&lt;16", (0, 15)), ("<25 years", (0, 24)),
        ("<=15", (0, 15)), ("\u226415", (0, 15)), (">65", (66, None)), (">=65", (65, None)),
        ("\u2265 65 yrs", (65, None)), ("at least 65", (65, None)), ("65+ years", (65, None)),
        ("65 years +", (65, None)), ("65 & over", (65, None)), ("Age: 37", (37, 37)),
        ("16 years to 24 years", (16, 24)), ("12 year olds", (12, 12)), ("(16-24)", (16, 24)),
        ("24 to 16", None), ("131", None), ("over 130", None), ("under 140", None),
        ("16-24-30", None), ("under 0", None), ("adult", None),
    ],
)  # fmt: skip
def test_ages_are_read(label: str, ages: tuple[int, int | None] | None) -> None:
    assert ages_of(label) == ages


@pytest.mark.parametrize(
    "label",
    [
        "~16", "16?", "16%", "\u00a316", "16*", "=16", "<>16", "16<", "<<16", "<16-24", "16.5",
        "+65", "#16", "16!", "16/", "[16-25)", "(16-24]", "5\u00b9", "16\u00bd", "\u224816",
        "16 and",
    ],
)  # fmt: skip
def test_sign_that_may_change_an_age_is_never_dropped(label: str) -> None:
    assert ages_of(label) is None
    assert code_list("age-bands").read(label) is None


@pytest.mark.parametrize(
    "label",
    ["Year 12", "Yr 13", "Years 12-13", "year 7 to year 11", "Yrs 7-9", "Under Year 12",
     "Year 12+", "Year 12 (16-17)", "Old 16"],
)  # fmt: skip
def test_school_year_is_no_age(label: str) -> None:
    assert ages_of(label) is None
    assert code_list("age-bands").read(label) is None


@pytest.mark.parametrize(
    ("label", "group"),
    [
        ("<16", "0 to 15"), (">65", "65 and over"), (">=65", "65 and over"), ("<=15", "0 to 15"),
        ("<25", None), ("16-24", "16 to 24"), ("18-24", "16 to 24"), ("under 10", "0 to 15"),
        ("65+", "65 and over"),
        ("85 and over", "65 and over"), ("37", "35 to 49"), ("10-17", None), ("over 34", "35"),
        ("60+", None), ("not stated", NOT_KNOWN), ("-", NOT_KNOWN),
    ],
)  # fmt: skip
def test_age_is_put_into_a_band_only_where_it_lies_wholly_inside(
    label: str, group: str | None
) -> None:
    expected = None if group == "35" else group  # 35 and over spans three bands
    assert code_list("age-bands").read(label) == expected


def test_band_labels_are_as_derived_columns_have_them() -> None:
    assert (band_label(0, 16), band_label(65, None)) == ("0 to 15", "65 and over")
    assert code_list("age-bands").groups == (
        "0 to 15", "16 to 24", "25 to 34", "35 to 49", "50 to 64", "65 and over",
    )  # fmt: skip
    assert code_list("age-bands-5").groups[-2:] == ("80 to 84", "85 and over")
    assert code_list("age-bands-10").groups[-2:] == ("80 to 89", "90 and over")


def test_canonical_form_keeps_what_joins_and_drops_what_parts() -> None:
    assert canonical("Asian/Asian British: Indian") == "asian / asian british indian"
    assert canonical("Mixed, or multiple") == "mixed / multiple"
    assert canonical("A & B, and C") == "a / b / c"


def test_not_known_needs_a_whole_phrase() -> None:
    assert all(is_not_known(form) for form in ("refused", "not known / refused", "client refused"))
    assert not any(is_not_known(form) for form in ("refused entry", "white / not known", "white"))


LOOKUP = DATA / "ethnicity_classifications/classification_lookup.csv"
THEIRS = {
    "Any other": "Any other ethnic group", "Mixed White/Asian": "White and Asian",
    "Mixed White/Black African": "White and Black African",
    "Mixed White/Black Caribbean": "White and Black Caribbean", "Unknown": NOT_KNOWN,
    "Unclassified": NOT_KNOWN, "Not applicable": NOT_KNOWN,
    "White Gypsy/Traveller": "Gypsy or Irish Traveller",
    "Irish Traveller": "Gypsy or Irish Traveller",  # one group of the census
    **{f"{g} other": f"Any other {g} background" for g in ("White", "Mixed", "Asian", "Black")},
}  # fmt: skip
BROADER = {
    "Pakistani and Bangladeshi": "Asian",
    "Gypsy/Roma": "White",
    "Mixed White/Black": "Mixed",
}


@pytest.mark.skipif(not LOOKUP.is_file(), reason="government's lookup of labels is not here")
def test_no_label_of_the_lookup_is_read_as_another_group() -> None:
    with LOOKUP.open(encoding="utf-8-sig", newline="") as file:
        rows = [(r["Ethnicity"], r["Standard Ethnicity"]) for r in csv.DictReader(file)]
    against, read = [], Counter()
    for label, standard in rows:
        name = THEIRS.get(standard, standard)
        five = BROADER.get(name) or FIVE_OF.get(name, name)
        found = read_nineteen(label), read_five(label)
        read.update(level for level, one in zip((19, 5), found, strict=True) if one)
        if found[0] not in {None, name} or found[1] not in {None, five}:
            against.append((label, standard, *found))
    # their lookup has "White British & Other" as White; a single reading of ours is not against it
    assert against == []
    assert (read[5] / len(rows), read[19] / len(rows)) > (0.65, 0.55)


STOPS = sorted((DATA / "stop_and_search").glob("*.csv"))


@pytest.mark.skipif(not STOPS, reason="the police files are not here")
def test_every_self_defined_ethnicity_of_the_police_is_read() -> None:
    values: set[str] = set()
    for path in STOPS:
        with path.open(encoding="utf-8", newline="") as file:
            values |= {row["Self-defined ethnicity"] for row in csv.DictReader(file)}
    values.discard("")
    assert [value for value in values if read_nineteen(value) is None] == []
    assert [value for value in values if read_five(value) is None] == []


SEN2 = DATA / "sen2/ehc_requests_latest_by_ethnicity_sex.csv"


@pytest.mark.skipif(not SEN2.is_file(), reason="the SEN2 file is not here")
def test_every_ethnicity_of_the_sen2_tables_is_read() -> None:
    with SEN2.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    values = {r["breakdown"] for r in rows if r["breakdown_topic"] == "Ethnicity"}
    assert {value for value in values if read_five(value) is None} == set()
    assert {value for value in values if read_nineteen(value) is None} == {"White - Gypsy/Roma"}
