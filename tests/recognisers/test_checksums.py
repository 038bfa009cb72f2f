"""Published valid and invalid values of each identifier, and the sums worked by hand."""

import random

import pytest

from rai_check.recognisers import checksums

VALID = [
    (checksums.is_nhs, "943 476 5919"),
    (checksums.is_nhs, "943 476 5870"),
    (checksums.is_nhs, "458-270-1086"),
    (checksums.is_uln, "9276308686"),  # 9x10 + 2x9 + 7x8 + ... = 296 = 26 x 11 + 10
    (checksums.is_upn, "B801200005001"),
    (checksums.is_upn, "M80120000500A"),  # temporary: the last letter counts 0
    (checksums.is_upn, "p207000016049"),  # sum 266 = 11 x 23 + 13, and letter 13 is P
    (checksums.is_utr, "1955839661"),
    (checksums.is_utr, "19558 39661K"),
    (checksums.is_card, "4111 1111 1111 1111"),
    (checksums.is_card, "378282246310005"),
    (checksums.is_postcode, "M1 1AA"),
    (checksums.is_postcode, "gir 0aa"),
    (checksums.is_postcode, "EC1A1BB"),
    (checksums.is_day, "2000-02-29"),
    (checksums.is_day, "1/2/80"),
    (checksums.is_day, "31.12.1999"),
    (checksums.is_day, "19991231"),
    (checksums.is_day, "4th May 1970"),
]
INVALID = [
    (checksums.is_nhs, "943 476 5871"),
    (checksums.is_nhs, "999 123 4560"),  # a printed example whose remainder asks for a digit 10
    (checksums.is_nhs, "0000000000"),  # the sum is 0, and it is nobody's
    (checksums.is_nhs, "943476591"),
    (checksums.is_uln, "9999999999"),  # "no number yet": 9 x 55 = 45 x 11, remainder 0
    (checksums.is_uln, "9434765919"),  # an NHS number
    (checksums.is_uln, "0000000019"),  # remainder 10, but begins with 0
    (checksums.is_upn, "Q207000016049"),  # two suppliers' help pages "correct" it to this
    (checksums.is_upn, "I801200005001"),
    (checksums.is_upn, "UN1"),
    (checksums.is_utr, "2955839661"),
    (checksums.is_utr, "1111111111"),
    (checksums.is_card, "4111111111111112"),
    (checksums.is_card, "0000000000000000"),
    (checksums.is_card, "411111111111"),
    (checksums.is_postcode, "QA1 1AA"),
    (checksums.is_postcode, "NM1 1AA"),
    (checksums.is_day, "2001-02-29"),
    (checksums.is_day, "31/13/1999"),
    (checksums.is_day, "4 Mau 1970"),
    (checksums.is_day, "1066-10-14"),
    (checksums.is_day, "12345678"),
]


@pytest.mark.parametrize(("rule", "value"), VALID)
def test_rule_holds_for_published_valid_values(rule, value):
    assert rule(value)


@pytest.mark.parametrize(("rule", "value"), INVALID)
def test_rule_fails_for_published_invalid_values(rule, value):
    assert not rule(value)


def test_no_number_is_both_nhs_number_and_learner_number():
    draw = random.Random(1)  # noqa: S311 - not for secrets
    values = [f"{draw.randrange(10**9, 10**10)}" for _ in range(5_000)]
    assert not any(checksums.is_nhs(v) and checksums.is_uln(v) for v in values)


def test_random_numbers_pass_as_often_as_the_catalogue_says():
    # One in 11 for the NHS and learner numbers; for tax references that begin with 1 or 2, two
    # of eleven remainders fit.
    draw = random.Random(2)  # noqa: S311 - not for secrets
    values = [f"{draw.choice('12')}{draw.randrange(10**9):09d}" for _ in range(20_000)]
    assert sum(map(checksums.is_nhs, values)) / 20_000 == pytest.approx(1 / 11, abs=0.01)
    assert sum(map(checksums.is_uln, values)) / 20_000 == pytest.approx(1 / 11, abs=0.01)
    assert sum(map(checksums.is_utr, values)) / 20_000 == pytest.approx(2 / 11, abs=0.01)


@pytest.mark.parametrize(
    ("rule", "module"),
    [(checksums.is_nhs, "nhs"), (checksums.is_utr, "utr"), (checksums.is_upn, "upn")],
)
def test_rule_agrees_with_python_stdnum(rule, module):
    stdnum = pytest.importorskip(f"stdnum.gb.{module}")
    draw = random.Random(3)  # noqa: S311 - not for secrets
    for _ in range(3_000):
        digits = f"{draw.randrange(10**9, 10**10)}"
        value = (
            f"{draw.choice(checksums.UPN_LETTERS)}801{digits[1:]}" if module == "upn" else digits
        )
        if len(set(digits)) > 1:
            assert rule(value) == stdnum.is_valid(value)


def test_postcode_areas_are_all_124():
    assert len(checksums.POSTCODE_AREAS) == 124
