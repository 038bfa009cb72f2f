"""Columns headed as identifiers or dates whose values are few, or none, of what they say."""

from datetime import timedelta
from hashlib import sha256

import pytest

from made_identifiers import nhs_numbers
from rai_check.survey import Sort
from surveyed import TODAY, clean, kinds, looked, told

N = 200
DAYS = [(TODAY - timedelta(days=i)).strftime("%d/%m/%Y") for i in range(N)]


def of(name, values):
    return looked(**clean(N), **{name: values})


def wrong(numbers):
    """The same numbers with a check digit that is not theirs."""
    return [f"{n[:-1]}{(int(n[-1]) + 1) % 10}" for n in numbers]


@pytest.mark.parametrize("share", [10, 60, 120, 180, 200])
@pytest.mark.parametrize("name", ["nhs_number", "NHS No.", "NHSNumber"])
def test_nhs_numbers_that_fail_are_to_mend_at_any_share(name, share):
    numbers = nhs_numbers(N)
    found = of(name, wrong(numbers[:share]) + numbers[share:])

    assert ("not-valid", name, Sort.MEND) in kinds(found)
    assert told(found, "not-valid") == [f"{share} rows not valid as NHS number"]
    assert not of(name, numbers).to_mend


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("upn", [f"A{i:012d}" for i in range(10**11, 10**11 + N)]),
        ("ULN", [f"{1_000_000_000 + 7 * i}" for i in range(N)]),
        ("nino", [f"QQ{i:06d}C" for i in range(N)]),
        ("National Insurance Number", [f"BG{i:06d}A" for i in range(N)]),
    ],
)
def test_other_numbers_that_fail_are_to_mend(name, bad):
    assert ("not-valid", name, Sort.MEND) in kinds(of(name, bad))


def test_numbers_that_keep_the_rule_are_not_to_mend():
    assert not of("nino", [f"AB{i:06d}{'ABCD'[i % 4]}" for i in range(N)]).to_mend


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("nhs_number_verified", ["yes", "no"] * 100),
        ("NHS number", ["Y", "N"] * 100),
        ("nhs_number", [None] * N),
        ("NHS number status", ["01", "02", "03", "04"] * 50),
        ("upn_flag", ["1", "0"] * 100),
        ("date_known", ["true", "false"] * 100),
        ("dob", [None] * N),
        ("DOB verified", ["passport", "none"] * 100),
        ("date format", ["dd/mm", "other"] * 100),
    ],
)
def test_flags_and_blank_columns_are_no_identifiers_or_dates(name, values):
    found = of(name, values)

    assert not found.to_mend
    assert not {"not-valid", "not-as-headed"} & {one.kind for one in found.notices}


@pytest.mark.parametrize("name", ["nhs_number", "upn", "dob"])
def test_pseudonyms_under_an_identifiers_heading_are_looked_at(name):
    hashes = [sha256(str(i).encode()).hexdigest()[:24] for i in range(N)]
    found = of(name, hashes)

    assert ("not-as-headed", name, Sort.LOOK) in kinds(found)
    assert not found.to_mend


@pytest.mark.parametrize("name", ["dob", "date_of_birth", "referral_date", "Date received"])
def test_dates_that_cannot_be_are_to_mend_at_any_share(name):
    impossible = [f"2025-02-{29 + i % 3}" for i in range(N)]
    past = [(TODAY - timedelta(days=1 + i)).isoformat() for i in range(N)]
    for share in (30, 100, 200):
        found = of(name, impossible[:share] + past[share:])
        assert told(found, "dates-that-cannot-be") == [
            f"{share} rows: days that are in no calendar"
        ]
    assert not of(name, past).to_mend


@pytest.mark.parametrize(
    "values",
    [
        ["see file", "on paper", "n/k", "tbc"] * 50,
        [*DAYS[:80], *["pending"] * 120],
        [*DAYS[:100], *[str(46000 + i) for i in range(100)]],
        [str(1_700_000_000_000 + i) for i in range(N)],
    ],
)
def test_dates_that_are_not_read_are_to_mend(values):
    assert ("dates-that-cannot-be", "referral_date", Sort.MEND) in kinds(
        of("referral_date", values)
    )


@pytest.mark.parametrize(
    "values",
    [
        ["1990", "2001", "1985", "1972"] * 50,
        ["2025-04", "2025-05", "2025-06", "2025-07"] * 50,
        ["2024/25", "2025/26"] * 100,
        ["Apr-25", "May-25", "Jun 2025", "Q1 2025"] * 50,
    ],
)
def test_years_and_months_under_a_heading_of_dates_are_looked_at(values):
    found = of("referral_date", values)

    assert ("not-as-headed", "referral_date", Sort.LOOK) in kinds(found)
    assert not found.to_mend


def test_dates_of_every_honest_form_are_not_to_mend():
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d-%b-%Y", "%Y%m%d", "%Y-%m-%dT09:30:00"):
        days = [(TODAY - timedelta(days=i)).strftime(form) for i in range(N)]
        assert not of("referral_date", days).to_mend, form


def test_no_value_is_said():
    found = of("nhs_number", ["zzq 1 zzq"] * N)
    assert "zzq" not in repr(of("dob", ["zzq"] * N)) + repr(found)
