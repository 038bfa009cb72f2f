"""Strata that point the other way are said in every format, whether or not a control passes."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from rai_check.assessment import Assessment
from rai_check.disclosure import public
from rai_check.measurement import UNDECLARED, Exact, Measurement, TwoProportions, where
from rai_check.outcome import Exit, Outcome, Verdict
from rai_check.reports import beside, junit, markdown, powers, resolve, terminal
from rai_check.reports.conclusions import line_words
from rai_check.reports.html import render as html
from rai_check.reports.html.chart import charts
from rai_check.reports.strata import on_page_one, sentences

SAID = "In stratum “Renewal” the difference points the other way."


@pytest.fixture
def reversed_(make: SimpleNamespace) -> Assessment:
    counts = {"x": 90, "n": 160, "x0": 210, "n0": 800}
    one = Measurement(
        metric="selection rate within one stratum",
        evidence=TwoProportions(**counts),
        where=where(ethnic_group="Asian", kind="Renewal"),
        against="rest",
        information=True,
        notes=("In this stratum the difference points the other way.",),
    )
    differ = Measurement(
        metric="selection rate, chance of so large a difference between strata",
        evidence=Exact(value=0.01),
        where=where(ethnic_group="Asian"),
        against="rest",
        unit="share",
        information=True,
        notes=("The gap is not the same in every stratum; the common one is an average of them.",),
    )
    line = make.versus(Outcome.PASS, "decided", "Asian", (900, 1_800, 900, 1_800))
    item = make.item("FA-09", line, group="ethnic_group", information=(differ, one))
    built: Assessment = make.assessment(item, verdict=Verdict.PASS, exit=Exit.PASS, reason="passes")
    return built


def test_strata_when_one_points_the_other_way_are_said_with_their_figures(
    reversed_: Assessment,
) -> None:
    differ, other = sentences(public(reversed_).items[0])

    assert differ.startswith("Asian, between strata: The gap is not the same in every stratum")
    assert other.startswith(SAID)
    assert "90 of 160" in other


def test_strata_when_the_control_passes_are_said_in_every_format(reversed_: Assessment) -> None:
    (row,) = on_page_one(public(reversed_))
    short = "in stratum “Renewal” (Asian) the difference points the other way."

    assert row.endswith(short)
    assert short in " ".join(terminal.render(reversed_).split())
    assert short in html.render(reversed_).partition("All controls")[0]
    assert short in markdown.render(reversed_).partition("## Equalities")[0]
    assert SAID in markdown.render(reversed_)
    assert SAID in junit.render(reversed_)


@pytest.mark.parametrize("signs", [(-1, -1), (-1, 1), (1, -1)])
def test_chart_of_values_below_nought_holds_them_all(
    make: SimpleNamespace, signs: tuple[int, ...]
) -> None:
    name = "observed minus expected rate"
    of = make.waits().lines[0].measurement
    own = [
        replace(
            of,
            metric=f"{name} of each group",
            evidence=replace(of.evidence, value=0.03 * sign, se=0.002),
            where=where(ethnic_group=label),
            against=None,
            unit="rows",
            information=True,
        )
        for label, sign in zip("AB", signs, strict=True)
    ]
    held = replace(own[0], metric=name, against="rest", information=False)
    line = replace(make.waits().lines[0], measurement=held, limit=make.RATIO, planning=None)
    item = make.item("FA-11", line, group="ethnic_group", information=tuple(own))

    found = charts(public(make.assessment(item)).items[0], "c")

    assert "-3%" in found[0].svg
    assert "nan" not in found[0].svg


def test_undeclared_values_are_to_be_declared_and_not_mitigated(make: SimpleNamespace) -> None:
    lines = [
        make.versus(Outcome.INCONCLUSIVE, "unknown_share", label, (90, 420, 80, 400))
        for label in (f"{UNDECLARED}1", f"{UNDECLARED}2")
    ]
    item = public(make.assessment(make.item("FA-06", *lines, group="ethnic_group"))).items[0]
    words = line_words(item.lines[0], item)

    assert "A declared group is known for " in words
    assert words.endswith(
        "2 values of column ethnic_group are declared neither under `labels` nor by a code list: "
        "declare them."
    )
    assert resolve.mitigations(item) == ""
    assert "mitigation accepted" not in powers.may_decide(item)
    assert "declaring the values" in powers.may_decide(item)


def test_leaning_groups_are_named_apart_from_those_that_may_be_mitigated(
    make: SimpleNamespace,
) -> None:
    item = public(make.assessment(make.tried())).items[0]

    assert "mitigation for Asian, Other, Roma and Arab until" in resolve.mitigations(item)
    assert resolve.leaning(item).startswith("What leans to failing (Mixed) would fail")


def test_standardised_rates_are_not_called_weighted(make: SimpleNamespace) -> None:
    line = make.repeated().lines[2]
    m = replace(line.measurement, metric="selection rate within strata")
    item = make.item("FA-09", replace(line, measurement=m), group="ethnic_group")
    shown = public(make.assessment(item)).items[0]
    words = line_words(shown.lines[0], shown)

    assert "weighted" not in words
    assert "standardised to one mix of the strata, ratio" in words


def test_four_fifths_caveat_is_said_once_for_several_pairs(make: SimpleNamespace) -> None:
    shown = public(make.assessment(make.tried())).items[0]
    pair = next(m for m in shown.information if m.metric.endswith("lowest against highest"))
    other = replace(pair, where=where(sex="female"))

    words = beside.four_fifths([pair, other])

    assert words.count("decides nothing here") == 1
    assert "ethnic_group: lowest rate / highest rate" in words
    assert "sex: lowest rate / highest rate" in words


def test_conclusion_when_strata_differ_gives_the_reason(make: SimpleNamespace) -> None:
    why = "the strata differ by more than chance explains"
    line = make.versus(
        Outcome.INCONCLUSIVE, "strata_differ", "A", (83, 288, 758, 1_840), reason=why
    )
    item = public(make.assessment(make.item("FA-09", line, group="ethnic_group"))).items[0]

    assert line_words(item.lines[0], item).endswith(f"The data cannot tell, since {why}.")


def test_worst_pair_of_averages_is_said_once_with_each_ones_interval(make: SimpleNamespace) -> None:
    shown = public(make.assessment(make.waits())).items[0]
    (low,) = [m for m in shown.information if m.where == where(ethnic_group="Asian")]
    high = replace(low, where=where(ethnic_group="Irish"), effect=30.0)
    pair = replace(
        low,
        metric="mean wait, lowest against highest",
        against="Irish",
        effect=-8.5,
        effect_of="difference",
        interval=None,
    )

    words = beside.extremes_words(pair, (low, high))

    assert words.lower().count("lowest against highest") == 1
    assert "Asian, average wait: 8.50 days less than Irish." in words
    assert "By themselves: Asian 21.50 days (95% interval" in words
    assert "; Irish 30 days (95% interval" in words
