"""Names of sheets and columns: which may be data, which may be shared."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rai_check.headings import is_identifier, is_ordinary, is_persons_name

IDENTIFIERS = [
    "jo@example.com",
    "943 476 5919",
    "QQ 12 34 56 C",
    "ZZ99 3VZ",
    "zz993vz",
    "A123456789012",
    "07700 900123",
    "+44 (0)7700 900123",
    "12/03/2010",
    "2019-03-12",
    "3.4.19",
    "12 March 2010",
    "March 3rd, 2010",
    "born 1st Jan 2010",
    "X123456",
]
NAMES = [
    "J Smith caseload",
    "J.Smith",
    "Notes J Smith",
    "J.R. Smith",
    "Smith, J",
    "Smith J",
    "Mrs Patel",
    "mrs_patel",
    "Aisha Khan",
    "aisha_khan",
    "AISHA KHAN",
    "AishaKhan",
    "Priya caseload",
    "Kate's caseload",
    "Team of Sean",
]
PERHAPS = ["Zbigniew Nowak", "Zbigniew Nowak caseload"]
"""Of a given name that the list does not have; taken for a name by its capitals."""
HEADINGS = [
    "ethnic_group",
    "Ethnic Group",
    "ETHNIC GROUP",
    "Case Ref",
    "2023/24",
    "2023-2024",
    "FY 2023_24",
    "Date of birth",
    "q1",
    "IMD2019",
    "Section 117",
    "Sheet1",
    "Referrals 2024",
    "Class A",
    "Band D",
    "Key stage 2",
    "Free School Meals",
    "Ward Councillor",
    "Jan 2024",
    "Dr visit date",
    "ms_sent",
    "mr_scan",
    "Total £",
    "Miss rate",
    "Cyfnod allweddol",
]
HOSTILE = ["<b>x</b>", "=1+1", "`x`", "[x](y)", "a\u202eb", "a\x1b[31m", "x" * 5_000, "", "12"]
FOREIGN = ["Олена", "李", "P10023", "case 1047"]


@pytest.mark.parametrize("name", IDENTIFIERS)
def test_identifier_is_known_by_its_form(name):
    assert is_identifier(name)
    assert not is_ordinary(name)


@pytest.mark.parametrize("name", NAMES)
def test_name_of_a_person_is_known_by_its_form_and_may_be_seen_on_ones_own_terminal(name):
    assert is_persons_name(name)
    assert not is_ordinary(name)
    assert not is_identifier(name)


@pytest.mark.parametrize("name", PERHAPS + HOSTILE[:-1] + FOREIGN)
def test_name_that_is_no_heading_for_sure_is_not_ordinary(name):
    assert not is_ordinary(name)


@pytest.mark.parametrize("name", HEADINGS)
def test_heading_in_words_is_ordinary(name):
    assert is_ordinary(name)
    assert not is_identifier(name)


@given(st.text(max_size=20), st.sampled_from(IDENTIFIERS + NAMES))
def test_more_text_beside_it_makes_nothing_ordinary(text, name):
    assert not is_ordinary(f"{text} {name} {text}")


@pytest.mark.parametrize("unit", ["A", "A ", "A. ", "1 ", "1/", "Aa, ", "jan ", "(", "19-"])
def test_long_name_takes_no_long_time(unit):
    start = time.perf_counter()

    assert not is_ordinary(unit * 5_000)

    assert time.perf_counter() - start < 1
