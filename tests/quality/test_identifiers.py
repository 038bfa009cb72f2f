"""Rules of identifiers, against published examples and python-stdnum."""

import random

import pytest

from made_identifiers import nhs_numbers, pupil_numbers
from rai_check.project.columns import ColumnFile
from rai_check.quality.identifiers import RULES, is_valid, kinds_of, lost_a_zero
from rai_check.recognisers.kinds import kind_names

VALID = {
    "NHS number": "943 476 5919",  # NHS Data Dictionary
    "National Insurance number": "AA 12 34 56 C",  # the form, with a prefix that is in use
    "IBAN": "GB29 NWBK 6016 1331 9268 19",  # the registry's example
    "postcode": "SW1A 1AA",
    "phone number": "020 7946 0018",  # Ofcom's drama range
    "e-mail address": "someone@example.com",
    "payment card number": "4111 1111 1111 1111",
    "driving licence number": "MORGA657054SM9IJ",  # DVLA's specimen
    "passport number": "925665416",
}
BROKEN = {
    "NHS number": ["943 476 5918", "94347659190", "abc"],
    "National Insurance number": ["BG123456C", "AA123456E", "DA123456C", "AA12345C"],
    "IBAN": ["GB29 NWBK 6016 1331 9268 18", "29GB", ""],
    "postcode": ["SW1A 1A", "ZZ1 1AA", "SW1A 1CI", "12345"],
    "phone number": ["020 794", "12345678901234567890", "0000000000", "call me"],
    "e-mail address": ["someone@", "@example.com", "a b@example.com", "a@b", "a@b@example.com"],
    "payment card number": ["4111 1111 1111 1112"],
    "driving licence number": ["MORGA657954SM9IJ", "MORGA6"],
    "passport number": ["92566541", "A12345678"],
}


@pytest.mark.parametrize("kind", VALID)
def test_published_example_is_valid_however_it_is_spaced(kind):
    assert RULES[kind](VALID[kind])
    assert RULES[kind](VALID[kind].lower())


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, found in BROKEN.items() for t in found])
def test_broken_one_is_not(kind, text):
    assert not RULES[kind](text)


@pytest.mark.parametrize("text", ["+44 (0)20 7946 0018", "0044 20 7946 0018", "+353 1 679 9777"])
def test_phone_number_may_be_written_from_abroad(text):
    assert RULES["phone number"](text)


def test_every_rule_is_of_a_kind_in_the_catalogue():
    assert set(RULES) <= set(kind_names())


def test_iban_rule_agrees_with_stdnum():
    iban = pytest.importorskip("stdnum.iban", reason="python-stdnum is the oracle here")
    draw = random.Random(3)  # noqa: S311 - not for secrets
    for _ in range(300):
        body = "".join(draw.choices("0123456789", k=14))
        text = f"GB{draw.randint(10, 98)}NWBK{body}"
        # stdnum also holds the length against the country's own
        assert RULES["IBAN"](text) == iban.is_valid(text, check_country=False)


def column(*kinds, means="other"):
    return ColumnFile.model_validate({"means": means, "identifier": {"kinds": kinds, "why": "w"}})


def test_kinds_without_a_rule_and_text_that_holds_them_are_not_held_against_one():
    assert kinds_of(column("nino", "name"), "here") == ("National Insurance number",)
    assert kinds_of(column("name", "address", "dob"), "here") == ()
    assert kinds_of(column("nhs", means="free_text"), "here") == ()


def test_value_of_one_of_two_kinds_is_valid():
    kinds = ("NHS number", "unique pupil number")

    assert is_valid(nhs_numbers(1)[0], kinds)
    assert is_valid(pupil_numbers(1)[0], kinds)
    assert not is_valid("X", kinds)


@pytest.mark.parametrize(
    ("text", "kind", "lost"),
    [
        ("100000002", "NHS number", True),  # 0100000002: 1 x 9 + 2 x 1 = 11
        ("100000003", "NHS number", False),
        ("9434765919", "NHS number", False),  # valid as it is
        ("2079460018", "phone number", True),
        ("7700900123", "phone number", True),
        ("3000000000", "phone number", False),
        ("207946", "phone number", False),
    ],
)
def test_nought_that_was_lost_is_told_by_what_it_would_mend(text, kind, lost):
    assert lost_a_zero(text, (kind,)) is lost
