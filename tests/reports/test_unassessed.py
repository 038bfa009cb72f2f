"""Who could not be assessed is named, in every report."""

import re
from types import SimpleNamespace

import pytest

from rai_check.disclosed import PublicItem
from rai_check.disclosure import public
from rai_check.judgement import Judged
from rai_check.measurement import Exact, Measurement
from rai_check.outcome import Outcome
from rai_check.reports import FORMATS, unassessed


def shown(make: SimpleNamespace, judged: Judged) -> PublicItem:
    return public(make.assessment(judged)).items[0]


def test_groups_with_too_few_and_records_not_known_are_said(make: SimpleNamespace) -> None:
    assert unassessed.sentences(shown(make, make.tried())) == (
        "Could not be assessed, too few records: Roma and Arab.",
        "Not compared, since their group is not known: 385 records.",
    )


def test_groups_without_a_number_are_said_with_the_reason(make: SimpleNamespace) -> None:
    item = next(i for i in public(make.everything()).items if i.id == "FA-08[ethnic_group]")

    assert unassessed.sentences(item) == (
        "Could not be assessed, the truth is known only for those the tool picked: Asian.",
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("too_few", "Could not be assessed, too few records: Arab and Roma."),
        ("undecided", "Assessed only together, since each is too small alone: Arab and Roma."),
    ],
)
def test_pooled_groups_are_said_by_whether_they_were_enough_together(
    make: SimpleNamespace, code: str, said: str
) -> None:
    line = make.versus(
        Outcome.INCONCLUSIVE,
        code,
        "small groups together",
        (12, 30, 900, 3_000),
        members=("Arab", "Roma"),
    )

    assert unassessed.sentences(shown(make, make.item("FA-06", line))) == (said,)


def test_a_shortfall_of_people_was_itself_assessed(make: SimpleNamespace) -> None:
    assert unassessed.sentences(shown(make, make.sizes())) == ()


def test_groups_of_several_metrics_are_said_with_the_metric(make: SimpleNamespace) -> None:
    lines = [
        make.versus(
            Outcome.INCONCLUSIVE, "too_few", "Roma", (3, 8, 90, 400), metric="true positive rate"
        ),
        make.versus(Outcome.PASS, "decided", "Roma", (30, 80, 90, 400)),
    ]

    assert unassessed.sentences(shown(make, make.item("FA-06", *lines))) == (
        "Could not be assessed, too few records: Roma (picked when needed).",
    )


def test_combinations_that_nobody_is_in_are_named(make: SimpleNamespace) -> None:
    coverage = Measurement(
        metric="combinations of ethnicity and sex compared on their own",
        evidence=Exact(value=34),
        members=("Arab & male", "Roma & female"),
        unit="combinations",
        about_people=False,
        information=True,
    )
    line = make.versus(Outcome.PASS, "decided", "Asian", (30, 80, 90, 400))

    item = shown(make, make.item("FA-14", line, information=(coverage,)))
    assert unassessed.unassessed(item).too_few == ("Arab & male", "Roma & female")


def test_many_groups_are_counted_in_the_open_and_named_behind_it(make: SimpleNamespace) -> None:
    built = make.assessment(make.crossed())
    page, paper = FORMATS["html"].render(built), FORMATS["markdown"].render(built)
    open_ = re.sub(r"<details>.*?</details>", "", page, flags=re.DOTALL)

    assert "Could not be assessed, too few records: 20 groups, which the HTML and" in open_
    assert "Small 07, male" not in open_
    assert "Small 07, male" in page
    assert "Small 07, male" in paper.partition("## Groups not assessed, or not alone")[2]


def test_page_one_counts_many_names_few_and_says_how_many_controls_more(
    make: SimpleNamespace,
) -> None:
    rows = unassessed.on_page_one(public(make.kinds()))

    assert rows == (
        "Not assessed, or not alone (FA-06[ethnic_group]): Roma and Arab.",
        "Not assessed, or not alone (FA-14): 20 groups, named further on.",
        "Not assessed, or not alone (FA-10[ethnic_group]): Roma.",
        "The same for groups of 1 other control.",
        "Group not known (ethnic_group): 385 records, shown and not compared.",
    )
    front = FORMATS["html"].render(make.kinds()).partition("<nav")[0]
    assert all(row in front for row in rows)
