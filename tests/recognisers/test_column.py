"""What counts in a column: identifiers, look-alikes, mixtures, free text, test values."""

import random
import time

import pytest

from made_identifiers import any_ten, codes, digits, nhs_numbers, pupil_numbers
from rai_check.recognisers import LONGEST, scan_column, scan_notes


@pytest.fixture
def scan(scanner):
    def run(name, values, **options):
        return scan_column(scanner, name, values, **options)

    return run


def kinds(result):
    return {found.kind: found.count for found in result.found}


@pytest.mark.parametrize("name", ["nhs_no", "ref", "client"])
def test_column_of_nhs_numbers_counts_whatever_its_name(scan, name):
    result = scan(name, nhs_numbers(200))

    assert result.hits == result.looked == 200
    assert kinds(result) == {"NHS number": 200}
    assert result.found[0].shape == "NNNNNNNNNN"
    assert scan_notes(result) == ()


@pytest.mark.parametrize("name", ["invoice_no", "case_ref", "nhs_trust_invoice"])
def test_column_of_ten_digit_references_has_no_hits(scan, name):
    # About 45 of 500 pass the NHS check by chance.
    result = scan(name, any_ten(500))

    assert result.hits == 0
    assert scan_notes(result)[0].startswith("Values have the shape of an NHS number")
    assert "no more often than chance" in scan_notes(result)[0]


@pytest.mark.parametrize("start", [2_024_000_000, 1_000_000_000, 1_732_000_000])
def test_sequential_references_have_no_hits(scan, start):
    assert scan("reference", [str(start + i) for i in range(1_000)]).hits == 0


def test_nhs_numbers_among_references_count(scan):
    result = scan("ref", [*nhs_numbers(100), *any_ten(300)])

    assert 100 <= kinds(result)["NHS number"] <= 150  # and those that pass by chance


def test_one_number_needs_a_word_in_its_column_and_none_in_a_text(scan):
    assert scan("ref", ["9434765919"]).hits == 0
    assert scan("nhs_no", ["9434765919"]).hits == 1
    assert scan("note", ["seen 9434765919", "all well", "rang twice"]).hits == 1
    assert scan("note", ["seen 9434765871", "all well", "rang twice"]).hits == 0


def test_equal_digits_never_count(scan):
    assert scan("nhs_no", ["0000000000", "4444444444", "999 999 9999"]).hits == 0


def test_number_in_a_text_counts_beside_its_word_whatever_else_is_there(scan):
    notes = [f"invoice {n} paid" for n in any_ten(60)]

    assert scan("note", notes).hits == 0
    assert scan("note", [*notes, "her NHS number is 943 476 5919"]).hits == 1


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("unique pupil number", pupil_numbers(50)),
        ("National Insurance number", ["AB123456C", "CE 12 34 56 A", "JG103759A"]),
        ("postcode", ["SW1A 1AA", "M1 1AE", "B33 8TH", "CR2 6XH"]),
        ("phone number", ["07911 123456", "020 7123 4567", "+44 7911 123457"]),
        ("e-mail address", ["a.b@council.gov.uk", "c@nhs.net"]),
        ("IP address", ["81.2.69.142", "2a02:c7f::1"]),
        ("IBAN", ["GB33 BUKB 2020 1555 5555 55"]),
        ("driving licence number", ["JONES710153J99EF"]),
    ],
)
def test_kind_is_found_without_help_of_the_name(scan, kind, values):
    result = scan("c7", values)
    assert kinds(result) == {kind: len(values)}


@pytest.mark.parametrize(
    ("name", "kind", "values"),
    [
        ("uln", "unique learner number", ["9276308686"]),
        ("utr", "unique taxpayer reference", ["1955839661", "19558 39661K"]),
        ("passport_no", "passport number", ["123456789", "AB1234567"]),
        ("car_reg", "vehicle registration", ["AB51 ABC", "A123 BCD", "K1 ABC"]),
        ("dob", "date of birth", ["1980-02-29", "4 May 1970", "1/2/80", "19801231"]),
        ("nino", "National Insurance number", ["AB123456", "CE123456"]),
        ("mobile", "phone number", ["7911123456", "7911123457"]),
        ("surname", "name", ["Hill", "O'Neil"]),
        ("home address", "address", ["1 High Street", "The Old Mill"]),
    ],
)
def test_kind_is_found_under_its_name_and_not_under_another(scan, name, kind, values):
    assert kinds(scan(name, values)) == {kind: len(values)}
    assert scan("c7", values).hits == 0


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("plan_ref", [f"EHC-{i:06d}" for i in range(300)]),
        ("review_date", [f"2024-{m:02d}-{d:02d}" for m in range(1, 13) for d in (1, 28)]),
        ("review_date", ["01/02/2026", "28/02/2026"]),
        ("days_late", [str(i) for i in range(-50, 400)]),
        ("ward", ["Castle Ward", "St Mary's", "Northmere East 2"]),
        ("share", ["45%", "3.5 %", "100%"]),
        ("score", ["0.12345678901", "12.5", "1234567890.12"]),
        ("lat", ["53.4807593", "-2.2426305"]),
        ("case_uuid", ["550e8400-e29b-41d4-a716-446655440000"]),
        ("at", ["2024-05-01T10:20:30", "2024-05-01T10:20:30Z"]),
        ("school", ["123/4567", "8012345"]),
        ("year", ["2024/25", "2025-26"]),
        ("code", ["AB51 ABC", "A123 BCD", "K1 ABC"]),
        ("code", codes(300)),
        ("sen_need", ["SEMH", "SLCN", "ASD"]),
        ("", []),
    ],
)  # fmt: skip
def test_ordinary_columns_have_no_hits(scan, name, values):
    assert scan(name, values).hits == 0


def test_test_values_are_noted_and_not_counted(scan):
    result = scan("nhs_no", ["999 000 0018", "9990000026", *nhs_numbers(3)])

    assert (result.hits, result.reserved) == (3, 2)
    assert scan_notes(result) == ("Some values are from ranges reserved for tests (NHS number).",)
    assert scan("contact", ["a@example.com", "07700 900123", "QQ123456A"]).reserved == 3


@pytest.mark.parametrize(("n", "said"), [(1, "Some"), (9, "Some"), (10, "10"), (12, "12")])
def test_test_values_are_counted_in_words_from_ten_on(scan, n, said):
    (note,) = scan_notes(scan("mail", [f"p{i}@example.com" for i in range(n)]))
    assert note == f"{said} values are from ranges reserved for tests (e-mail address)."


def test_end_of_a_very_long_cell_is_not_looked_at_and_the_scan_says_so(scan):
    late = "word " * (LONGEST // 5) + " ann.hill@council.gov.uk"
    result = scan("note", [late, "all well"])
    assert (result.hits, result.cut) == (0, True)
    assert scan_notes(result) == (
        "A cell is longer than 65,536 characters; only so many of it were looked at.",
    )
    early = scan("note", ["ann.hill@council.gov.uk " + late])
    assert (early.hits, early.cut) == (1, True)
    assert not scan("note", ["word " * 100]).cut
    assert not scan("note", ["w" * LONGEST]).cut
    assert scan("note", ["\ufdfa" * (LONGEST // 2)]).cut  # one character that becomes eighteen


def test_value_with_test_number_and_real_one_counts(scan):
    result = scan("note", ["not 07700 900123 but 07911 123456", "ok"])
    assert (result.hits, result.reserved) == (1, 0)


def test_declared_kind_is_excused_and_another_is_not(scan):
    values = [*nhs_numbers(20), "a.b@council.gov.uk"]

    result = scan("nhs_no", values, declared=frozenset({"NHS number"}))

    assert kinds(result) == {"e-mail address": 1}
    assert scan("surname", ["Hill", "Ford"], declared=frozenset({"name"})).hits == 0


def test_value_with_several_kinds_is_one_hit(scan):
    result = scan("note", ["a.b@council.gov.uk, tel 07911 123456, lives at SW1A 1AA", "ok"])

    assert result.hits == 1
    assert kinds(result) == {"e-mail address": 1, "phone number": 1, "postcode": 1}


def test_score_decides_matches_that_nothing_speaks_for(scan):
    note = ["see M11AA there", "ok", "fine"]  # a postcode without its space: 0.3

    assert scan("note", note).hits == 0
    assert scan("note", note, score=0.3).hits == 1
    assert scan("postcode", ["M11AA", "B338TH"], score=1.0).hits == 2


def test_shape_is_the_commonest_and_short_where_lengths_would_tell(scan):
    result = scan("nhs_no", ["943 476 5919", "943 476 5870", "4582701086"])
    assert result.found[0].shape == "NNN NNN NNNN"
    assert scan("c", ["ann.hill@council.gov.uk"]).found[0].shape == "A.A@A.A.A"


def test_identifier_deep_in_a_long_cell_is_found(scan):
    for at in (1_890, 1_995, 2_000, 60_000):
        text = "word " * (at // 5) + "mail ann.hill@council.gov.uk " + "more " * 500
        assert kinds(scan("note", [text])) == {"e-mail address": 1}


def test_other_spellings_of_digits_and_spaces_are_read(scan):
    assert scan("nhs_no", ["943\u00a0476\u00a05919", "943\u2011476\u20115870"]).hits == 2


def test_result_holds_no_value(scan):
    values = [*nhs_numbers(5), "ann.hill@council.gov.uk", "call 07911 123456"]
    shown = repr(scan("note", values))
    assert not any(part in shown for value in values for part in value.split())


def test_order_of_values_does_not_matter(scan):
    values = [*nhs_numbers(30), *any_ten(60), "see M1 1AE", "a@council.gov.uk"]
    mixed = random.Random(4).sample(values, len(values))  # noqa: S311 - not for secrets
    assert scan("ref", values) == scan("ref", mixed)


def test_two_thousand_values_take_a_moment(scan):
    draw = random.Random(4)  # noqa: S311 - not for secrets
    values = {f"{digits(draw, 10)}" for _ in range(2_000)}
    start = time.perf_counter()
    scan("ref", values)
    assert time.perf_counter() - start < 5
