"""Comparisons in people's terms, for every kind of evidence."""

from types import SimpleNamespace

import pytest

from rai_check.disclosed import PublicItem
from rai_check.disclosure import public
from rai_check.judgement import Judged, LimitUsed
from rai_check.measurement import Estimate
from rai_check.outcome import Outcome
from rai_check.reports import conclusions
from rai_check.reports.metrics import in_sentence, metric, words_of

METRICS = (
    "selection rate",
    "true positive rate",
    "true negative rate",
    "false negative rate",
    "false positive rate",
    "precision",
    "false discovery rate",
    "false omission rate",
    "negative predictive value",
    "accuracy",
    "balanced error rate",
    "observed minus expected rate",
    "AUC",
    "mean amount",
    "mean wait",
    "median wait",
    "late rate",
    "share of the top 10%",
    "selection rate within strata",
    "change of the gap in selection rate",
)


def shown(make: SimpleNamespace, judged: Judged) -> PublicItem:
    return public(make.assessment(judged)).items[0]


def said(make: SimpleNamespace, judged: Judged, n: int) -> str:
    item = shown(make, judged)
    return conclusions.line_words(item.lines[n], item)


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_of_the_checks_has_plain_words(name: str) -> None:
    assert words_of(name) is not None
    assert metric(name).lower() != name.lower()
    for end in (" of each group", ", lowest against highest"):
        assert metric(name + end).startswith(metric(name).removesuffix(")"))


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("selection rate of each group", "Selected, each group"),
        ("selection rate within strata", "Selected, like with like"),
        ("false discovery rate", "Wrongly picked, of those picked"),
        ("share of the top 2.5%, lowest against highest", None),
        ("share of the top 10%", "Among the top 10%"),
        ("change of the gap in selection rate", "Change of the gap (selected)"),
        ("selection rate, today", "Selected, by today's process"),
        ("a metric of somebody else", "A metric of somebody else"),
    ],
)
def test_metric_is_said_whole(name: str, plain: str | None) -> None:
    assert metric(name) == (plain or "Among the top 2.5%, lowest against highest")


def test_abbreviation_keeps_its_letters_inside_a_sentence() -> None:
    assert in_sentence("AUC") == "how well the score ranks (AUC)"
    assert in_sentence("UPRN count") == "UPRN count"


@pytest.mark.parametrize(
    ("name", "clause"),
    [
        ("true positive rate", "40 of 90 records that needed it were picked (44%)"),
        ("false negative rate", "40 of 90 records that needed it were missed (44%)"),
        ("precision", "40 of 90 records that were picked needed it (44%)"),
        ("false omission rate", "40 of 90 records that were passed over needed it (44%)"),
        ("late rate", "40 of 90 records were late (44%)"),
        ("share of the top 10%", "40 of 90 records were among the top 10% (44%)"),
    ],
)
def test_rate_is_said_of_those_it_is_taken_among(
    make: SimpleNamespace, name: str, clause: str
) -> None:
    line = make.versus(Outcome.PASS, "decided", "A", (40, 90, 200, 400), metric=name)

    words = said(make, make.item("FA-06", line), 0)
    assert words.startswith(f"A: {clause}, against 200 of 400 of everyone else (50%); ratio 0.89 ")


def test_metric_of_somebody_else_stands_before_its_counts(make: SimpleNamespace) -> None:
    line = make.versus(Outcome.PASS, "decided", "A", (40, 90, 200, 400), metric="uptake")

    assert said(make, make.item("FA-06", line), 0).startswith("A, uptake: 40 of 90 records (44%),")


def test_decision_names_the_interval_at_its_level(make: SimpleNamespace) -> None:
    by = make.planned(
        make.versus(Outcome.PASS, "decided", "A", (800, 2_000, 900, 2_000)), level=0.9
    )

    # score interval of 800 of 2,000 against 900 of 2,000 at 90%: 0.839 to 0.942
    assert said(make, make.item("FA-06", by), 0).endswith(
        "and the data show it to be inside (90% interval that decided: 0.84 to 0.94)."
    )


ODDS = LimitUsed(of="odds", min=0.8, max=1.25, prevalence=None, breach="fail", whose="ours")


def test_odds_ratio_is_named_so_that_nobody_takes_it_for_a_ratio_of_rates(
    make: SimpleNamespace,
) -> None:
    line = make.versus(Outcome.INCONCLUSIVE, "undecided", "A", (40, 90, 200, 400), limit=ODDS)
    words = said(make, make.item("FA-06", make.planned(line)), 0)

    # 40 to 50 against 200 to 200; Miettinen and Nurminen's interval
    assert "of everyone else (50%); odds ratio 0.80 (95% interval 0.51 to 1.26)" in words
    assert "with so many records only an odds ratio below " in words


def test_odds_of_all_are_not_defined(make: SimpleNamespace) -> None:
    counts, of = (90, 90, 200, 400), {"limit": ODDS, "about_people": False}
    line = make.versus(Outcome.INCONCLUSIVE, "undecided", "A", counts, **of)

    assert "odds ratio not defined, since one of the rates is 0% or 100%" in said(
        make, make.item("FA-06", line), 0
    )


def test_undecided_says_what_so_many_records_tell_from_equality(make: SimpleNamespace) -> None:
    words = said(make, make.tried(), 2)  # found: 0.96

    told = "only a ratio below 0.81 or above 1.20 could be told from no difference at all"
    assert f"with so many records {told}" in words


def test_undecided_does_not_say_what_could_be_told_of_what_is_told(make: SimpleNamespace) -> None:
    line = make.planned(
        make.versus(Outcome.INCONCLUSIVE, "undecided", "A", (60, 120, 1_180, 3_008))
    )

    words = said(make, make.item("FA-06", line), 0)  # 50% against 39%: 1.27, and 1.32 is told
    assert "could be told" in words
    line = make.planned(
        make.versus(Outcome.INCONCLUSIVE, "undecided", "A", (35, 120, 2_000, 3_008))
    )
    assert "could be told" not in said(make, make.item("FA-06", line), 0)


def test_undecided_leans(make: SimpleNamespace) -> None:
    words = said(make, make.tried(), 3)

    assert words.endswith("It leans to failing.")


def test_one_try_too_many_says_which(make: SimpleNamespace) -> None:
    assert said(make, make.tried(), 4).endswith(
        "It would pass, but not at this try: attempt 4, and the policy allows 3: tried often "
        "enough, chance passes it."
    )


def test_repeated_records_are_said_with_what_they_are_worth(make: SimpleNamespace) -> None:
    judged = make.repeated()

    assert "; the records are worth about 190 and 920 that stand alone." in said(make, judged, 0)
    assert said(make, judged, 1).startswith("Roma, selected: not shown (fewer than 10 people).")
    assert "100 of 305 records were selected (33%, weighted)" in said(make, judged, 2)


def test_strata_are_said_like_with_like(make: SimpleNamespace) -> None:
    words = said(make, make.within(), 0)

    assert words.startswith("Asian: 75 of 295 records were selected (25%), against 575 of 1,890 ")
    assert "; like with like, within 4 strata and to two figures, ratio " in words


def test_pairs_are_said_of_the_same_cases(make: SimpleNamespace) -> None:
    assert said(make, make.before(), 0).startswith(
        "Male: 190 of 515 records were selected (37%) by the tool, and 170 of 515 (33%) by "
        "today's process (the same cases); ratio 1.12 (95% interval "
    )
    assert "(interval not shown: fewer than 10 differ one way)" in said(make, make.before(), 1)


def test_other_cases_than_todays_are_not_said_to_be_the_same(make: SimpleNamespace) -> None:
    name = "selection rate, tool against today"
    line = make.versus(
        Outcome.PASS, "decided", "A", (192, 513, 170, 475), against="today", metric=name
    )

    assert said(make, make.item("FA-07", line), 0).startswith(
        "A: 190 of 515 records were selected (37%) by the tool, and 170 of 475 (36%) by today's "
        "process; ratio 1.03 (95% interval "
    )
    assert metric(name) == "Selected, by the tool and by today's process"


def test_change_is_said_of_both_gaps(make: SimpleNamespace) -> None:
    assert (
        "by today's process 170 of 515 (33%) against 170 of 475 (36%); the gap is 1.04 times as "
        "wide as today's (95% interval "
    ) in said(make, make.before(), 2)
    assert said(make, make.before(), 3).startswith(
        "Female: how the gap changed is not shown, since fewer than 10 people are in it."
    )


def test_averages_are_said_with_their_unit_and_the_group_first(make: SimpleNamespace) -> None:
    # 1.10 x t(0.975, 250) = 2.17
    assert said(make, make.waits(), 0).startswith(
        "Asian, average wait: 21.50 days (of 300 records); 3.21 days more than everyone else (95% "
        "interval 1.04 to 5.38 days)."
    )
    assert said(make, make.waits(), 1).startswith(
        "Irish, average wait: 9.50 days less than everyone else (95% interval -11.67 to -7.33 days)"
    )


def test_limits_are_said_on_the_scale_of_what_they_hold(make: SimpleNamespace) -> None:
    needs = [
        conclusions.needs(shown(make, judged).lines)
        for judged in (make.waits(), make.ranks(), make.before())
    ]

    assert needs[0] == ("The policy needs: -7 to 7 days (ours).",)
    assert needs[1] == ("The policy needs: at least -0.05 (ours).",)
    assert needs[2][1] == (
        "The policy needs: Change of the gap (selected): at most 1.25 times as wide as today's "
        "(ours)."
    )


@pytest.mark.parametrize(
    ("value", "said_"),
    [(0.012, "1 percentage point more than"), (-0.031, "3 percentage points less than")],
)
def test_differences_of_averages_of_rates_are_in_points(
    make: SimpleNamespace, value: float, said_: str
) -> None:
    of = {"metric": "balanced error rate", "limit": make.RATIO, "against": "rest", "label": "A"}
    e = Estimate(value=value, se=0.01)
    line = make.line(Outcome.PASS, "decided", e, known=400, total=400, **of)

    words = said(make, make.item("FA-06", line), 0)
    assert words.startswith(f"A, average of missed and wrongly picked: {said_} everyone else (95%")


def test_differences_that_round_to_nothing_are_about_the_same(make: SimpleNamespace) -> None:
    of = {"metric": "balanced error rate", "limit": make.RATIO, "against": "rest", "label": "A"}
    e = Estimate(value=0.002, se=0.01)
    line = make.line(Outcome.PASS, "decided", e, known=400, total=400, **of)

    assert "about the same as everyone else" in said(make, make.item("FA-06", line), 0)
