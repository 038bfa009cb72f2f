from datetime import date

import pytest

from rai_check.protected import Count, Mask
from rai_check.reports import numerals


@pytest.mark.parametrize(
    ("rate", "words"),
    [(0.288, "29%"), (0.0, "0%"), (0.004, "less than 1%"), (0.997, "more than 99%"), (1.0, "100%")],
)
def test_percent_when_near_an_end_does_not_round_onto_it(rate: float, words: str) -> None:
    assert numerals.percent(rate) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(1840, "1,840"), (0.083, "0.08"), (1e-17, "less than 0.01"), (-3.0, "-3"), (0.0, "0")],
)
def test_number_when_shown_has_at_most_two_decimals(value: float, words: str) -> None:
    assert numerals.number(value) == words


def test_decimal_and_points_when_nearly_zero_have_no_sign() -> None:
    assert numerals.decimal(-0.001) == "0.00"
    assert numerals.points(-0.001) == "0"


def test_count_when_masked_says_so() -> None:
    assert numerals.count(Count(value=None, mask=Mask.FEW)) == "fewer than 10"
    assert numerals.count(Count(value=None, mask=Mask.ALL_BUT_FEW)) == "all but fewer than 10"
    assert numerals.count(Count(value=1_840)) == "1,840"


def test_day_is_written_as_gov_uk_writes_it() -> None:
    assert numerals.day(date(2026, 11, 3)) == "3 November 2026"


def test_days_in_when_a_date_is_impossible_leaves_it() -> None:
    text = "expired on 2026-11-01, policy 2026-13-99"

    assert numerals.days_in(text) == "expired on 1 November 2026, policy 2026-13-99"


def test_listed_joins_as_a_sentence_does() -> None:
    assert numerals.listed([]) == ""
    assert numerals.listed(["a"]) == "a"
    assert numerals.listed(["a", "b", "c"], "or") == "a, b or c"


def test_sentence_when_it_has_an_end_adds_none() -> None:
    assert numerals.sentence("what now?") == "What now?"
    assert numerals.sentence("done") == "Done."
    assert numerals.sentence("  ") == ""


def test_exact_percent_keeps_the_decimals_that_a_person_set() -> None:
    assert numerals.exact_percent(0.005) == "0.5%"
    assert numerals.exact_percent(0.8) == "80%"
