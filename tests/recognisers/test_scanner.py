"""Blocks find what single calls find; published cases; no network, no log, no words in errors."""

import json
import logging
import random
import string
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from made_identifiers import codes, digits, nhs_numbers, pupil_numbers
from rai_check.errors import DataError
from rai_check.recognisers import engine
from rai_check.recognisers.text import clean, may_hold

CASES = Path(__file__).parents[2] / "../shared/data/peers/presidio_uk_cases.json"
DIFFER = {
    # A UK passport number has nine digits (GOV.UK); presidio's pattern has two letters and seven.
    "123456789",
    # The published place begins at the space before the number.
    "Here is my National Insurance Number YZ 61 48 68 B",
}
"""Published cases on which the rule and presidio's own expectation disagree."""


def found(scanner, text):
    return {(s.kind.entity, s.start, s.end, s.score) for s in scanner.raw([text])[0]}


def cases():
    if not CASES.exists():
        return []
    return json.loads(CASES.read_text("utf-8"))


def split(case):
    if case["test"].startswith("test_invalid"):
        return "".join(case["args"]), []
    return case["args"][0], [tuple(place) for place in case["args"][2]]


@pytest.mark.skipif(not CASES.exists(), reason="presidio's published UK cases are not here")
def test_published_cases_give_the_published_places(scanner):
    differing = set()
    for case in cases():
        text, places = split(case)
        entity = f"UK_{case['recognizer'].upper()}"
        got = sorted((s.start, s.end) for s in scanner.raw([text])[0] if s.kind.entity == entity)
        if got != sorted(places):
            differing.add(text)

    assert len(cases()) == 98
    assert differing == DIFFER


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("943 476 5919", "UK_NHS"),
        ("9276308686", "UK_ULN"),
        ("B801200005001", "UK_UPN"),
        ("M80120000500A", "UK_UPN"),
        ("1955839661", "UK_UTR"),
        ("AB123456C", "UK_NINO"),
        ("AB-12-34-56-C", "UK_NINO"),
        ("MORGA657054SM9IJ", "UK_DRIVING_LICENCE"),
        ("M60 1NW", "UK_POSTCODE"),
        ("GB82 WEST 1234 5698 7654 32", "IBAN_CODE"),
        ("07911 123456", "PHONE_NUMBER"),
        ("a.b@council.gov.uk", "EMAIL_ADDRESS"),
        ("4111 1111 1111 1111", "CREDIT_CARD"),
        ("81.2.69.142", "IP_ADDRESS"),
        ("AB51 ABC", "UK_VEHICLE_REGISTRATION"),
        ("123456789", "UK_PASSPORT"),
        ("29/02/1980", "UK_DATE_OF_BIRTH"),
    ],
)
def test_value_of_each_kind_is_found_whole(scanner, text, entity):
    assert (entity, 0, len(text)) in {(e, a, b) for e, a, b, _ in found(scanner, text)}


@pytest.mark.parametrize(
    "text",
    ["943 476 5871", "999 123 4560", "Q207000016049", "2955839661", "BG123456A", "QA1 1AA",
     "EHC-004213", "30/02/1980", "a.b@localhost", "Castle Ward", "45%"],
)  # fmt: skip
def test_nothing_is_found_where_the_rule_fails(scanner, text):
    assert found(scanner, text) == set()


def corpus():
    draw = random.Random(11)  # noqa: S311 - not for secrets
    letters = string.ascii_letters + string.digits + " -./@:,()+\n"
    noise = ["".join(draw.choices(letters, k=draw.randrange(1, 40))) for _ in range(300)]
    numbers = [digits(draw, draw.randrange(1, 17)) for _ in range(200)]
    made = [*nhs_numbers(50), *pupil_numbers(50), *codes(50)]
    notes = [f"seen {v}, NHS no. {v} and M{i} 1AA" for i, v in enumerate(made)]
    return [clean(v) for v in [*noise, *numbers, *made, *notes, "07911 123456", "a@b.gov.uk"]]


def test_blocks_find_what_single_calls_find(scanner):
    texts = corpus()
    together = scanner.raw(texts)

    assert sum(map(bool, together)) > 200
    for text, spans in zip(texts, together, strict=True):
        alone = found(scanner, text)
        assert {(s.kind.entity, s.start, s.end, s.score) for s in spans} == alone


def test_analyzer_finds_what_the_recognisers_find(scanner):
    for text in corpus()[::5]:
        raw = scanner.raw([text])[0]
        weighed = scanner.weighed(text, raw, ())
        assert {(s.kind.entity, s.start, s.end) for s in weighed} == {
            (s.kind.entity, s.start, s.end) for s in raw
        }
        assert all(w.score >= 0.1 for w in weighed)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Nd"], exclude_characters="@"), max_size=40))
def test_texts_without_digit_and_at_hold_nothing(scanner, text):
    assert found(scanner, clean(text)) == set() or may_hold(clean(text))


def test_short_whole_numbers_hold_nothing(scanner):
    draw = random.Random(5)  # noqa: S311 - not for secrets
    texts = [digits(draw, n) for n in range(1, 8) for _ in range(100)]
    assert not any(scanner.raw(texts))


@pytest.mark.parametrize(
    "text",
    ["NHS: 9434765919", "NHS:9434765919", "nhs no.9434765919", "9434765919 (her NHS number)",
     "DOB 29/02/1980", "DOB:29/02/1980", "born on 4 May 1970", "tel:07911 123456"],
)  # fmt: skip
def test_words_near_a_match_support_it(scanner, text):
    (span, *_) = scanner.weighed(text, scanner.raw([text])[0], ())
    assert span.supported
    assert span.score >= 0.5


def test_words_that_only_contain_a_context_word_do_not_support(scanner):
    text = "stubborn, 29/02/1980"
    (span,) = scanner.weighed(text, scanner.raw([text])[0], ())
    assert not span.supported


def test_header_words_support_a_match(scanner):
    raw = scanner.raw(["29/02/1980"])[0]
    (span,) = scanner.weighed("29/02/1980", raw, ("dob",))
    assert span.supported
    assert span.score == 0.5


def test_email_domains_need_no_network(scanner):
    # The sockets of this folder's tests are shut; an unknown suffix is refused all the same.
    assert found(scanner, "a@council.gov.uk")
    assert not found(scanner, "a@council.notasuffix")


def test_nothing_is_logged_even_at_debug(scanner, caplog):
    with caplog.at_level(logging.DEBUG):
        text = "her NHS number is 9434765919"
        scanner.weighed(text, scanner.raw([text])[0], ("note",))

    assert "9434765919" not in caplog.text
    assert caplog.records == []


def test_heavy_libraries_are_imported_only_when_a_scan_begins():
    code = (
        "import sys, rai_check.checks.personal_identifiers as _\n"
        "print([m for m in ('presidio_analyzer', 'spacy', 'tldextract') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_broken_recogniser_tells_its_class_and_no_text():
    def work():
        raise ValueError("Did not find word '9434765919'")

    with pytest.raises(DataError, match=r"did not come to its end \(ValueError\)") as raised:
        engine.safely(work)
    assert raised.value.__cause__ is None
    assert raised.value.__context__ is None


def test_pattern_that_timed_out_is_an_error():
    def work():
        logging.getLogger("presidio-analyzer").warning("Regex pattern timed out")

    with pytest.raises(DataError, match="took too long"):
        engine.safely(work)
