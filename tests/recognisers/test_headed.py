import pytest

from rai_check.recognisers.headed import headed_values
from rai_check.recognisers.text import header_words

PEOPLE = ["Ann O'Neil", "José García-Ruiz", "van der Berg, Kees"]


def fits(name, texts):
    found = headed_values(header_words(name), texts)
    return (found[0].name, sorted(found[1])) if found else None


@pytest.mark.parametrize(
    "name", ["name", "full_name", "FullName", "child name", "parentName", "surname", "First Name"]
)
def test_people_are_found_under_a_name(name):
    assert fits(name, PEOPLE) == ("name", [0, 1, 2])


@pytest.mark.parametrize(
    "name", ["ward_name", "School Name", "serviceName", "filename", "ward", "notes", "column_name"]
)
def test_other_names_are_not_people(name):
    assert fits(name, PEOPLE) is None


def test_single_words_count_only_under_a_part_of_a_name_or_a_person():
    assert fits("forename", ["Ann", "Bo"]) == ("name", [0, 1])
    assert fits("carer_name", ["Ann", "Bo"]) == ("name", [0, 1])
    assert fits("name", ["Ann", "Bo"]) is None


def test_placeholders_and_codes_are_not_names():
    assert fits("surname", ["Berg", "unknown", "Not known"]) is None  # one of three
    assert fits("surname", ["Berg", "Hill", "n/a"]) == ("name", [0, 1])
    assert fits("surname", ["A123", "B456"]) is None


def test_addresses_are_found_under_an_address():
    assert fits("home_address", ["1 High Street", "The Old Mill, Ford"]) == ("address", [0, 1])
    assert fits("Address1", ["1 High Street"]) == ("address", [0])


@pytest.mark.parametrize("name", ["email_address", "IP address", "address_type", "web address"])
def test_other_addresses_are_not_homes(name):
    assert fits(name, ["1 High Street"]) is None


def test_nothing_is_found_in_an_empty_column():
    assert fits("surname", []) is None
