"""What must be read with a result stands in the open in every report."""

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from rai_check.assessment import Assessment
from rai_check.disclosed import EXTREMES, PublicItem
from rai_check.disclosure import public
from rai_check.measurement import Exact, Measurement, Proportion, TwoProportions, Undefined, where
from rai_check.outcome import Outcome
from rai_check.reports import FORMATS, basis, beside, terminal
from rai_check.reports.escape import markdown, visible

LEFT_OUT = "Groups too small to show are left out of this"


def of(label: str, x: int, n: int) -> Measurement:
    return Measurement(
        metric="selection rate of each group",
        evidence=Proportion(x=x, n=n),
        where=where(sex=label),
        information=True,
    )


def pair(low: str, high: str, counts: tuple[int, int, int, int]) -> Measurement:
    x, n, x0, n0 = counts
    return Measurement(
        metric=f"selection rate{EXTREMES}",
        evidence=TwoProportions(x=x, n=n, x0=x0, n0=n0),
        where=where(sex=low),
        against=high,
        information=True,
    )


def with_information(make: SimpleNamespace, *information: Measurement) -> Assessment:
    line = make.versus(Outcome.PASS, "decided", "A", (800, 2_000, 900, 2_000), column="sex")
    judged = make.item("FA-06", line, group="sex", information=information)
    built: Assessment = make.assessment(judged)
    return built


def said(assessment: Assessment) -> tuple[str, ...]:
    shown = public(assessment)
    return beside.beside(shown.items[0], shown.subject)


def test_beside_names_the_worst_pair_from_rounded_counts(make: SimpleNamespace) -> None:
    rates = (of("A", 801, 2_001), of("B", 902, 2_002), of("C", 850, 2_000))
    found = said(with_information(make, *rates, pair("A", "B", (801, 2_001, 902, 2_002))))

    # 800 of 2,000 against 900 of 2,000: 40% and 45%, ratio 0.89
    assert found[0] == "Being selected is favourable to the person."
    assert found[1].startswith(
        "Lowest against highest. A: 800 of 2,000 records were selected (40%), against 900 of 2,000 "
        "of B (45%); ratio 0.89 "
    )
    assert LEFT_OUT not in found[1]


def test_beside_when_the_lowest_is_too_small_names_another_and_says_so(
    make: SimpleNamespace,
) -> None:
    rates = (of("A", 4, 61), of("B", 902, 2_002), of("C", 850, 2_000))
    text = said(with_information(make, *rates, pair("A", "B", (4, 61, 902, 2_002))))[1]

    assert "A: " not in text
    assert "C: 850 of 2,000 records were selected (42%), against 900 of 2,000 of B (45%)" in text
    assert text.endswith("the lowest or the highest rate may be in one of them.")


@pytest.mark.parametrize("small", range(10))
def test_reports_say_the_same_of_the_worst_pair_whatever_a_hidden_count_is(
    make: SimpleNamespace, small: int
) -> None:
    """Of 41, 2 is 5% and below the 10% of B; 9 is 22% and above the 20% of C."""

    def built(x: int) -> Assessment:
        groups = {"A": (x, 41), "B": (200, 2_000), "C": (400, 2_000)}
        by_rate = sorted(groups, key=lambda g: groups[g][0] / groups[g][1])
        low, high = by_rate[0], by_rate[-1]
        rates = [of(label, *counts) for label, counts in groups.items()]
        return with_information(make, *rates, pair(low, high, (*groups[low], *groups[high])))

    for name in ("html", "markdown"):
        assert FORMATS[name].render(built(small)) == FORMATS[name].render(built(0))
    assert terminal.render(built(small), verbose=True) == terminal.render(built(0), verbose=True)


def test_beside_when_fewer_than_two_rates_may_be_shown_shows_no_pair(make: SimpleNamespace) -> None:
    found = said(
        with_information(
            make, of("A", 4, 61), of("B", 902, 2_002), pair("A", "B", (4, 61, 902, 2_002))
        )
    )

    assert found[1] == (
        "Selected, lowest against highest: not shown, since fewer than two rates may be shown."
    )


@pytest.mark.parametrize(
    ("high", "words"),
    [(902, "= 0.89, not below 0.80."), (1_202, "= 0.67, below 0.80.")],
)
def test_beside_gives_the_four_fifths_rule_as_an_indicator_only(
    make: SimpleNamespace, high: int, words: str
) -> None:
    rates = (of("A", 801, 2_001), of("B", high, 2_002))
    found = said(with_information(make, *rates, pair("A", "B", (801, 2_001, high, 2_002))))

    assert found[2].startswith(
        "Indicator only: by the US four-fifths screening rule, lowest rate / highest rate "
    )
    assert words in found[2]
    assert "decides nothing here" in found[2]


def test_four_fifths_rule_is_said_of_selection_rates_alone(make: SimpleNamespace) -> None:
    rates = [
        replace(one, metric="late rate of each group")
        for one in (of("A", 80, 200), of("B", 90, 200))
    ]
    worst = replace(pair("A", "B", (80, 200, 90, 200)), metric=f"late rate{EXTREMES}")
    found = said(with_information(make, *rates, worst))

    assert any(
        row.startswith("Lowest against highest. A: 80 of 200 records were late") for row in found
    )
    assert not any("four-fifths" in row for row in found)


def test_beside_gives_records_needed_once_for_all_groups(make: SimpleNamespace) -> None:
    needed = [
        Measurement(
            metric="rows needed to show similar rates",
            evidence=Exact(value=106),
            where=where(sex=label),
            information=True,
        )
        for label in "AB"
    ]

    assert said(with_information(make, *needed))[1:] == (
        "A group needs about 105 records before similar rates could be shown.",
    )


def test_beside_when_no_number_of_records_is_enough_says_so(make: SimpleNamespace) -> None:
    none = Measurement(
        metric="rows needed to show similar rates",
        evidence=Undefined(code="too_few", text="no size"),
        information=True,
    )

    assert said(with_information(make, none))[1:] == (
        "No number of records would be enough to show similar rates.",
    )


@pytest.mark.parametrize("positive_is", ["favourable", "unfavourable"])
def test_favourable_words_say_what_being_selected_means(
    make: SimpleNamespace, positive_is: str
) -> None:
    subject = replace(public(make.passing()).subject, positive_is=positive_is)

    assert beside.favourable_words(subject) == f"Being selected is {positive_is} to the person."
    assert beside.favourable_words(replace(subject, positive_is="")) == ""


def _by_id(make: SimpleNamespace, id_: str) -> PublicItem:
    return next(item for item in public(make.everything()).items if item.id == id_)


@pytest.mark.parametrize("id_", ["FA-06[ethnic_group]", "FA-03[ethnic_group]", "DP-03"])
def test_every_report_shows_in_the_open_what_stands_beside_a_result(
    make: SimpleNamespace, id_: str
) -> None:
    wanted = beside.beside(_by_id(make, id_), public(make.everything()).subject)
    page = re.sub(
        r"<details>.*?</details>", "", FORMATS["html"].render(make.everything()), flags=re.DOTALL
    )
    text = re.sub(r"\s+", " ", terminal.render(make.everything()))
    paper = FORMATS["markdown"].render(make.everything())

    assert wanted
    for row in wanted:
        escaped = visible(row).replace("'", "&#39;")
        assert f"<p>{escaped}</p>" in page
        assert visible(row) in text
        assert markdown(row) in paper


def test_page_one_names_kinds_that_were_not_looked_for(make: SimpleNamespace) -> None:
    front = FORMATS["html"].render(make.everything()).partition("<nav")[0]

    assert (
        "Kinds of identifier not looked for (DP-03): names inside free text, UPRN, electoral "
        "number, Blue Badge no and 1 other kind."
    ) in front


@pytest.mark.parametrize("name", ["html", "markdown", "terminal"])
def test_reports_say_what_is_decided_how_who_owns_it_and_the_harm(
    make: SimpleNamespace, name: str
) -> None:
    text = re.sub(r"\s+", " ", FORMATS[name].render(make.passing())).replace("</th><td>", ": ")

    for fact in (
        "Decision: A case officer decides each case. Being selected is favourable to the person.",
        "Human role: Every case is seen by a person.",
        "Owner: Head of special educational needs.",
        "Possible harm: A child waits a year for help.",
    ):
        assert fact in text


def test_facts_when_not_given_are_not_stated(make: SimpleNamespace) -> None:
    shown = public(make.passing())
    empty = replace(shown.subject, decides="", harm="", positive_is="")

    found = dict(basis.facts(replace(shown, subject=empty)))

    assert found["Decision"] == found["Possible harm"] == "Not stated."
