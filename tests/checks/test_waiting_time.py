"""Waits by group: means and medians by hand, ties, people still waiting, days below 0."""

import math

import numpy as np
import pytest

from projects import GROUP, decisions, open_project
from rai_check.check import Missing
from rai_check.checks.waiting_time import waiting_time
from rai_check.measurement import NOT_KNOWN, Undefined

WAIT = {"means": "wait"}
UNIT = {"who": {"means": "unit"}}


def measure(folder, lines, header="group,days", more=None, wait=WAIT, **parameters):
    columns = {"group": GROUP, "days": wait, **(more or {})}
    project = open_project(
        folder, lines=lines, header=header, tables={"decisions": decisions(**columns)}
    )
    return waiting_time(project, by="group", **parameters)


def judged(result):
    return {dict(m.where)["group"]: m for m in result.measurements if not m.information}


def beside(result, metric):
    found = [m for m in result.measurements if m.information and m.metric == metric]
    return {dict(m.where)["group"]: m for m in found}


# A waits 11, 12 ... 70 days, B 1 to 100: medians 40.5 and 50.5, means 40.5 and 50.5
LINES = [f"a,{i + 11}" for i in range(60)] + [f"b,{i + 1}" for i in range(100)]


@pytest.mark.parametrize("measure_", ["mean", "median"])
def test_gap_is_in_days(tmp_path, measure_):
    result = measure(tmp_path, LINES, measure=measure_)

    found = judged(result)["Group A"]
    assert (found.metric, found.unit) == (f"{measure_} wait", "days")
    assert found.evidence.value == -10
    assert found.evidence.link == "identity"
    assert beside(result, f"{measure_} wait of each group")["Group B"].evidence.value == 50.5
    assert (
        beside(result, f"{measure_} wait, lowest against highest")["Group A"].evidence.value == -10
    )


@pytest.mark.parametrize("measure_", ["mean", "median"])
def test_ratio_is_a_logarithm(tmp_path, measure_):
    found = judged(measure(tmp_path, LINES, measure=measure_, effect="ratio"))["Group A"].evidence

    assert found.link == "log"
    assert found.value == pytest.approx(math.log(40.5 / 50.5), abs=0.001)


def test_error_of_a_median_is_about_that_of_theory(tmp_path):
    # of n from a uniform distribution over w days: w / (2 root n)
    rng = np.random.default_rng(6)
    a, b = rng.uniform(0, 100, 400), rng.uniform(0, 100, 900)
    lines = [f"a,{x:.3f}" for x in a] + [f"b,{x:.3f}" for x in b]

    found = judged(measure(tmp_path, lines, measure="median"))["Group A"].evidence

    assert found.value == pytest.approx(np.median(a) - np.median(b), abs=0.2)
    theory = math.hypot(50 / 20, 50 / 30)
    assert 0.8 * theory < found.se < 1.5 * theory


def test_median_of_whole_days_is_that_of_the_values(tmp_path):
    rng = np.random.default_rng(8)
    a, b = rng.poisson(9, 301), rng.poisson(12, 501)
    lines = [f"a,{x}" for x in a] + [f"b,{x}" for x in b]

    own = beside(measure(tmp_path, lines, measure="median"), "median wait of each group")

    assert own["Group A"].evidence.value == np.median(a)
    assert own["Group B"].evidence.value == np.median(b)


def test_waits_closer_than_a_millionth_of_a_day_are_one(tmp_path):
    lines = [f"{g},{i}e-9" for g in "ab" for i in range(1, 60)]

    found = judged(measure(tmp_path, lines, measure="median"))["Group A"]

    assert found.evidence.value == 0


def test_same_day_waits_have_a_ratio_where_the_median_is_above_zero(tmp_path):
    lines = ["a,0"] * 20 + ["a,4"] * 40 + ["b,0"] * 10 + ["b,8"] * 60

    ratio = judged(measure(tmp_path, lines, measure="median", effect="ratio"))["Group A"].evidence

    assert ratio.value == pytest.approx(math.log(0.5))


def test_ratio_to_a_median_of_zero_is_undefined(tmp_path):
    lines = ["a,0"] * 40 + ["a,4"] * 20 + ["b,8"] * 60

    found = judged(measure(tmp_path, lines, measure="median", effect="ratio"))["Group A"].evidence

    assert found.code == "not_above_zero"


def test_people_still_waiting_count_against_the_known_share(tmp_path):
    found = judged(measure(tmp_path, [*LINES, *["a,"] * 40]))["Group A"]

    assert (found.known, found.total) == (60, 100)
    assert found.evidence.value == -10


@pytest.mark.parametrize("measure_", ["mean", "median"])
def test_days_below_zero_are_a_mistake_and_mendable(tmp_path, measure_):
    found = judged(measure(tmp_path, [*LINES, "a,-3", "b,-1"], measure=measure_))

    evidence = found["Group A"].evidence
    assert (evidence.code, evidence.mendable) == ("below_zero", True)
    assert evidence.text.startswith("2 rows hold a wait below 0")


def test_days_below_zero_that_mean_not_known_are_not_known(tmp_path):
    lines = [*LINES, *["a,-1"] * 5]

    found = judged(measure(tmp_path, lines, wait={**WAIT, "not_known": ["-1"]}))["Group A"]

    assert found.evidence.value == -10
    assert (found.known, found.total) == (60, 65)


def test_repeated_people_have_means_by_person_and_no_medians(tmp_path):
    lines = [f"{line},{i // 2}" for i, line in enumerate(LINES)]

    mean = judged(measure(tmp_path, lines, "group,days,who", UNIT))["Group A"].evidence
    median = judged(measure(tmp_path, lines, "group,days,who", UNIT, measure="median"))

    assert mean.df == 29
    assert {m.evidence.code for m in median.values()} == {"clustered"}


def test_few_have_no_median(tmp_path):
    lines = [f"a,{i}" for i in range(9)] + LINES[60:]

    found = judged(measure(tmp_path, lines, measure="median", pool_below="2"))

    assert {m.evidence.code for m in found.values()} == {"too_few"}


def test_rows_of_no_known_group_are_shown_and_not_compared(tmp_path):
    result = measure(tmp_path, [*LINES, *[",7"] * 12], measure="median")

    assert set(judged(result)) == {"Group A", "Group B"}
    assert beside(result, "median wait of each group")[NOT_KNOWN].evidence.value == 7


def test_many_distinct_waits_keep_their_median(tmp_path):
    rng = np.random.default_rng(12)
    a, b = rng.exponential(30, 2000), rng.exponential(30, 2000)
    lines = [f"a,{x:.6f}" for x in a] + [f"b,{x:.6f}" for x in b]

    own = beside(measure(tmp_path, lines, measure="median"), "median wait of each group")

    assert own["Group A"].evidence.value == pytest.approx(np.median(a), rel=0.005)


def test_column_that_means_wait_is_needed(tmp_path):
    with pytest.raises(Missing, match="'wait'"):
        measure(tmp_path, ["a,1"], wait={"means": "other"})


@pytest.mark.parametrize("measure_", ["mean", "median"])
@pytest.mark.parametrize("lines", [[], ["a,1"], ["a,x", "b,y"] * 30])
def test_nothing_to_compare_is_undefined(tmp_path, measure_, lines):
    found = judged(measure(tmp_path, lines, measure=measure_))

    assert found
    assert all(isinstance(m.evidence, Undefined) for m in found.values())


@pytest.mark.parametrize("measure_", ["mean", "median"])
def test_order_of_rows_never_matters(tmp_path, measure_):
    assert measure(tmp_path, LINES, measure=measure_) == measure(
        tmp_path, LINES[::-1], measure=measure_
    )
