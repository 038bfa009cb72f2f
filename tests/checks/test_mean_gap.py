"""Mean amounts by group: by hand, against scipy, repeated people, skewed and degenerate amounts."""

import math

import numpy as np
import pytest
from scipy.stats import ttest_ind

from projects import GROUP, decisions, open_project
from rai_check.check import Missing
from rai_check.checks.mean_gap import mean_gap
from rai_check.errors import DataError, UsageError
from rai_check.measurement import NOT_KNOWN, Undefined

AMOUNT = {"means": "amount"}
UNIT = {"who": {"means": "unit"}}


def measure(folder, lines, header="group,hours", more=None, amount=AMOUNT, group=GROUP, **with_):
    columns = {"group": group, "hours": amount, **(more or {})}
    project = open_project(
        folder, lines=lines, header=header, tables={"decisions": decisions(**columns)}
    )
    return mean_gap(project, by="group", **with_)


def judged(result):
    return {dict(m.where)["group"]: m for m in result.measurements if not m.information}


def beside(result, metric="mean amount of each group"):
    found = [m for m in result.measurements if m.information and m.metric == metric]
    return {dict(m.where)["group"]: m for m in found}


def made(n=400, seed=5, mean=(10.0, 12.0), spread=(3.0, 3.0)):
    rng = np.random.default_rng(seed)
    group = (np.arange(n) % 2).astype(int)
    hours = np.round(rng.normal(np.array(mean)[group], np.array(spread)[group]), 2)
    return [f"{'ab'[g]},{h}" for g, h in zip(group, hours, strict=True)], group, hours


def test_difference_is_that_of_welch_where_the_groups_are_equally_large(tmp_path):
    lines, group, hours = made(spread=(3, 5))

    result = measure(tmp_path, lines, unit="hours")

    found = judged(result)["Group A"]
    welch = ttest_ind(hours[group == 0], hours[group == 1], equal_var=False)
    assert found.evidence.value == pytest.approx(
        hours[group == 0].mean() - hours[group == 1].mean()
    )
    assert found.evidence.value / found.evidence.se == pytest.approx(welch.statistic)
    assert found.evidence.df == pytest.approx(welch.df)
    assert (found.metric, found.unit, found.against) == ("mean amount", "hours", "rest")
    assert (found.known, found.total) == (400, 400)


def test_ratio_is_the_logarithm_of_two_means(tmp_path):
    # A: 40 at 4 and 40 at 6, mean 5; B: 50 at 8 and 50 at 12, mean 10, coefficient of variation
    # 0.2 both; as A is the smaller and its mean the lower, it varies as B does: 4.04 of 5 squared
    lines = ["a,4"] * 40 + ["a,6"] * 40 + ["b,8"] * 50 + ["b,12"] * 50

    found = judged(measure(tmp_path, lines, effect="ratio"))["Group A"].evidence

    variance = 4 * 100 / 99
    assert found.value == pytest.approx(math.log(0.5))
    assert found.se == pytest.approx(math.sqrt(variance / 80 / 25 + variance / 100 / 100))
    assert found.link == "log"


def test_smaller_sample_varies_at_least_as_the_larger(tmp_path):
    # 60 of group A all have 0; group B has 10 in every tenth of 1,000: A's own variance of 0
    # would make a certainty of having missed the few
    lines = ["a,0"] * 60 + ["b,10", *["b,0"] * 9] * 100

    found = judged(measure(tmp_path, lines))["Group A"].evidence

    assert found.value == pytest.approx(-1)
    assert found.se == pytest.approx(math.sqrt(9 * (1 / 60 + 1 / 1000)), rel=0.01)


def test_own_means_and_the_widest_gap_stand_beside(tmp_path):
    labels = {**GROUP, "labels": {"a": "A", "b": "B", "c": "C"}}
    lines, _, hours = made()
    lines += [f"c,{h + 5}" for h in hours[:100]]

    result = measure(tmp_path, lines, group=labels)

    own = beside(result)
    assert own["A"].evidence.value == pytest.approx(np.mean(hours[::2]))
    assert own["A"].evidence.se == pytest.approx(np.std(hours[::2], ddof=1) / math.sqrt(200))
    (worst,) = beside(result, "mean amount, lowest against highest").values()
    assert (dict(worst.where)["group"], worst.against) == ("A", "C")


def test_copies_of_a_person_add_nothing(tmp_path):
    lines, *_ = made()
    copies = [f"{line},{i}" for i, line in enumerate(lines) for _ in range(6)]

    once = judged(measure(tmp_path, lines))["Group A"].evidence
    six = judged(measure(tmp_path, copies, "group,hours,who", UNIT))["Group A"].evidence

    assert six.value == pytest.approx(once.value)
    assert six.se == pytest.approx(once.se, rel=0.01)
    assert six.df == 199


def test_a_person_in_both_groups_brings_the_covariance(tmp_path):
    # the same 100 people in both groups, an hour more in B: the gap is known well
    rng = np.random.default_rng(2)
    hours = np.round(rng.normal(50, 20, 100), 2)
    lines = [f"a,{h},{i}" for i, h in enumerate(hours)]
    lines += [f"b,{h + 1:.3f},{i}" for i, h in enumerate(hours + rng.normal(size=100))]

    found = judged(measure(tmp_path, lines, "group,hours,who", UNIT))["Group A"].evidence

    assert found.value == pytest.approx(-1, abs=0.3)
    assert found.se < 0.2


@pytest.mark.parametrize("effect", ["difference", "ratio"])
def test_same_amount_for_everyone_is_not_certainty(tmp_path, effect):
    lines = ["a,5"] * 40 + ["b,5"] * 60

    found = judged(measure(tmp_path, lines, effect=effect))

    assert {m.evidence.code for m in found.values()} == {"constant"}


def test_same_amount_for_everyone_by_unit_is_not_certainty(tmp_path):
    lines = [f"{g},0.1,{g}{i % 40}" for g in "ab" for i in range(100)]

    found = judged(measure(tmp_path, lines, "group,hours,who", UNIT))

    assert {m.evidence.code for m in found.values()} == {"constant"}


def test_ratio_to_nothing_is_undefined_and_says_what_to_do(tmp_path):
    lines = ["a,0"] * 40 + ["b,5", "b,6"] * 30

    found = judged(measure(tmp_path, lines, effect="ratio"))["Group A"].evidence

    assert (found.code, found.mendable) == ("not_above_zero", True)
    assert "effect: difference" in found.text


def test_amounts_below_zero_have_a_difference(tmp_path):
    lines = ["a,-5", "a,5"] * 30 + ["b,-1", "b,7"] * 30

    assert judged(measure(tmp_path, lines))["Group A"].evidence.value == -3


def test_fewer_than_thirty_on_a_side_is_undefined(tmp_path):
    lines = [f"a,{i}" for i in range(29)] + [f"b,{i}" for i in range(200)]

    assert {m.evidence.code for m in judged(measure(tmp_path, lines)).values()} == {"too_few"}


def test_few_people_with_many_rows_are_few(tmp_path):
    lines = [f"{g},{i},{g}{i % 20}" for g in "ab" for i in range(200)]

    found = judged(measure(tmp_path, lines, "group,hours,who", UNIT))

    assert {m.evidence.code for m in found.values()} == {"too_few"}
    assert "units" in found["Group A"].evidence.text


def test_small_groups_are_pooled_and_measured(tmp_path):
    labels = {**GROUP, "labels": dict(zip("abcdefg", "ABCDEFG", strict=True))}
    lines, *_ = made()
    lines += [f"{g},{h}" for g in "cdefg" for h in range(8)]

    result = measure(tmp_path, lines, group=labels)

    found = judged(result)["small groups together"]
    assert found.members == ("C", "D", "E", "F", "G")
    assert found.evidence.value == pytest.approx(3.5 - 11, abs=0.5)
    assert result.absent() == ()


def test_text_blanks_and_declared_numbers_are_not_known(tmp_path):
    lines = ["a,4", "a,6"] * 30 + ["b,8", "b,12"] * 30
    odd = ["a,999", "a,999.0", "b,none", "b,", "b,nan"]

    found = judged(measure(tmp_path, lines + odd, amount={**AMOUNT, "not_known": ["999"]}))

    assert found["Group A"].evidence.value == -5
    assert (found["Group A"].known, found["Group A"].total) == (120, 125)


def test_money_written_with_signs_is_undefined_and_mendable(tmp_path):
    found = judged(measure(tmp_path, ["a,£5", "b,£7"] * 40))

    assert {(m.evidence.code, m.evidence.mendable) for m in found.values()} == {
        ("no_numbers", True)
    }


def test_rows_of_no_known_group_are_shown_and_not_compared(tmp_path):
    lines, *_ = made()

    result = measure(tmp_path, [*lines, ",3", ",5"])

    assert set(judged(result)) == {"Group A", "Group B"}
    assert beside(result)[NOT_KNOWN].evidence.value == 4


def test_weights_are_refused_and_not_ignored(tmp_path):
    lines, *_ = made()

    found = judged(
        measure(tmp_path, [f"{x},2" for x in lines], "group,hours,w", {"w": {"means": "weight"}})
    )

    assert {m.evidence.code for m in found.values()} == {"weights"}


def test_column_that_means_amount_is_needed(tmp_path):
    with pytest.raises(Missing, match="'amount'"):
        measure(tmp_path, ["a,1"], amount={"means": "other"})


@pytest.mark.parametrize("unit", ["", "5 pounds", "x" * 41, "a;b"])
def test_unit_is_a_word_or_two(tmp_path, unit):
    with pytest.raises(UsageError, match="'unit'"):
        measure(tmp_path, ["a,1"], unit=unit)


def test_numbers_too_large_to_sum_are_an_error_without_the_number(tmp_path):
    with pytest.raises(DataError) as caught:
        measure(tmp_path, ["a,1e200", "b,2"] * 40)

    assert "1e200" not in str(caught.value)


@pytest.mark.parametrize("lines", [[], ["a,1"], ["a,1"] * 50])
def test_nobody_to_compare_with_is_undefined(tmp_path, lines):
    found = judged(measure(tmp_path, lines))

    assert all(isinstance(m.evidence, Undefined) for m in found.values())


@pytest.mark.parametrize("units", [False, True])
def test_order_of_rows_never_matters(tmp_path, units):
    lines = [f"{line},{i * 7 % 83}" for i, line in enumerate(made()[0])]
    more = UNIT if units else {"who": {"means": "other"}}

    first = measure(tmp_path, lines, "group,hours,who", more)

    assert first == measure(tmp_path, lines[::-1], "group,hours,who", more)
