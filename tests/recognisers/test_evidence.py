"""Log odds worked by hand; error rates by simulation of counts."""

import math

import numpy as np
import pytest

from rai_check.recognisers.evidence import Tally, is_real, log_odds

ELEVENTH = 1 / 11


def real(passes, fails, *, headed=False, doubtful=True, chance=ELEVENTH, checksum=True):
    return is_real(
        Tally(passes=passes, fails=fails),
        chance,
        headed=headed,
        doubtful=doubtful,
        checksum=checksum,
    )


def test_log_odds_when_worked_by_hand():
    # ln(.02/.98) = -3.892; each pass ln(.97 x 11) = 2.367; each fail ln(.03 x 11/10) = -3.411
    odds = log_odds(Tally(passes=3, fails=1), ELEVENTH, headed=False, doubtful=True)
    assert odds == pytest.approx(-3.892 + 3 * 2.367 - 3.411, abs=2e-3)
    assert log_odds(Tally(passes=0, fails=0), ELEVENTH, headed=True, doubtful=False) == 3.0


def test_one_match_counts_in_text_and_not_in_a_column_of_such_values():
    assert real(1, 0, doubtful=False)
    assert not real(1, 0)
    assert real(1, 0, headed=True)
    assert real(2, 0)
    assert not real(1, 1, doubtful=False)


def test_nothing_is_real_without_a_pass():
    assert not real(0, 0, headed=True, doubtful=False)
    assert not real(0, 500)


def test_mixed_column_counts_when_chance_is_exceeded_at_one_in_ten_thousand():
    # Of 100 at 1/11 nine pass on average, with a standard deviation of 2.9.
    assert not real(15, 85)
    assert real(25, 75)
    assert not real(25, 75, checksum=False)


def test_column_of_references_is_refused_and_of_identifiers_believed():
    # 2,000 columns of ten references each, and of ten identifiers of which 3 % are mistyped.
    draw = np.random.default_rng(20261123)
    by_chance = [real(int(x), 10 - int(x)) for x in draw.binomial(10, ELEVENTH, 2_000)]
    true = [real(int(x), 10 - int(x)) for x in draw.binomial(10, 0.97, 2_000)]

    assert np.mean(by_chance) < 0.002
    assert np.mean(true) > 0.998


@pytest.mark.parametrize("n", [20, 200, 2_000])
def test_false_alarms_stay_below_one_in_a_thousand_columns(n):
    draw = np.random.default_rng(n)
    found = [real(int(x), n - int(x)) for x in draw.binomial(n, ELEVENTH, 2_000)]

    # 2e-4 at most by construction; 5 of 2,000 would be ten times that.
    assert sum(found) < 5


def test_one_fifth_mixed_in_is_found_among_two_hundred():
    # 40 real ones and a chance one in eleven of the 160 others: about 53 of 200, against 18.
    draw = np.random.default_rng(3)
    found = [real(x := 39 + int(y), 200 - x) for y in draw.binomial(160, ELEVENTH, 500)]

    assert np.mean(found) > 0.98


def test_odds_are_finite_for_every_tally():
    for passes in (0, 1, 10**6):
        assert math.isfinite(
            log_odds(Tally(passes=passes, fails=10**6), ELEVENTH, headed=True, doubtful=True)
        )
