"""No shared report depends on a count of people under ten, and no row gives one away."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import combinations
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rai_check.assessment import Assessment
from rai_check.measurement import (
    Exact,
    Finding,
    Measurement,
    Proportion,
    Sampled,
    TwoProportions,
    Undefined,
    where,
)
from rai_check.outcome import Outcome
from rai_check.reports import FORMATS, terminal

SHARED = [name for name in FORMATS if name != "json"]
small = st.integers(0, 9)
quick = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def rendered(assessment: Assessment) -> list[str]:
    texts = [FORMATS[name].render(assessment) for name in SHARED]
    return [*texts, terminal.render(assessment, verbose=True)]


def compared(make: SimpleNamespace, x: int, n: int, x0: int, n0: int) -> Assessment:
    """One control with a comparison, the group's own rate, its size and what is known."""
    label = where(ethnic_group="Roma")
    information = (
        Measurement(
            metric="selection rate of each group", evidence=Proportion(x=x, n=n), where=label
        ),
        Measurement(metric="group size", evidence=Exact(value=n), where=label),
    )
    line = make.versus(
        Outcome.INCONCLUSIVE, "undecided", "Roma", (x, n, x0, n0), known=n0, total=4_000
    )
    return make.assessment(make.item("FA-06", line, group="ethnic_group", information=information))


@quick
@given(small, small)
def test_reports_are_the_same_whatever_a_small_number_of_events_is(
    make: SimpleNamespace, a: int, b: int
) -> None:
    assert rendered(compared(make, a, 250, 900, 3_000)) == rendered(
        compared(make, b, 250, 900, 3_000)
    )


@quick
@given(small, small)
def test_reports_are_the_same_whatever_a_small_complement_is(
    make: SimpleNamespace, a: int, b: int
) -> None:
    first, second = (
        compared(make, 250 - a, 250, 900, 3_000),
        compared(make, 250 - b, 250, 900, 3_000),
    )

    assert rendered(first) == rendered(second)


@quick
@given(st.tuples(small, small).map(sorted), st.tuples(small, small).map(sorted))
def test_reports_are_the_same_whatever_a_small_group_is(
    make: SimpleNamespace, a: list[int], b: list[int]
) -> None:
    first = compared(make, a[0], max(a[1], 1), 900, 3_000)
    second = compared(make, b[0], max(b[1], 1), 900, 3_000)

    assert rendered(first) == rendered(second)


@quick
@given(st.integers(-2, 2), st.integers(-2, 2))
def test_reports_are_the_same_for_counts_that_round_alike(
    make: SimpleNamespace, a: int, b: int
) -> None:
    assert rendered(compared(make, 85 + a, 250 + b, 900 + b, 3_000 + a)) == rendered(
        compared(make, 85, 250, 900, 3_000)
    )


@quick
@given(small, small)
def test_reports_are_the_same_whatever_a_small_exact_or_sampled_count_is(
    make: SimpleNamespace, a: int, b: int
) -> None:
    def counted(x: int) -> Assessment:
        few = make.line(
            Outcome.INCONCLUSIVE, "too_few", Exact(value=x), limit=make.THIRTY, metric="s"
        )
        hits = Sampled(hits=x, looked=400, population=5_000)
        scan = make.line(
            Outcome.INCONCLUSIVE,
            "sampled",
            hits,
            limit=make.THIRTY,
            metric="t",
            reason=f"up to {x}% of what was not scanned could still hold one",
        )
        return make.assessment(make.item("DP-03", few, scan))

    assert rendered(counted(a)) == rendered(counted(b))


@quick
@given(small, small)
def test_reports_are_the_same_whatever_a_finding_would_say_of_a_masked_count(
    make: SimpleNamespace, a: int, b: int
) -> None:
    """All but a few of 500 values hit: the finding's count at that place would say how many."""

    def scanned(lacking: int) -> Assessment:
        hits = Sampled(hits=500 - lacking, looked=500, population=5_000)
        line = make.line(
            Outcome.FAIL,
            "decided",
            hits,
            limit=make.NONE_LEFT,
            label="t.c",
            column="column",
            known=500 - lacking,
            total=500,
        )
        found = Finding(place="t.c", kind="NHS number", shape="NNN", count=500 - lacking)
        return make.assessment(make.item("DP-03", line), findings=(found,))

    assert rendered(scanned(a)) == rendered(scanned(b))


def around(make: SimpleNamespace, counts: tuple[int, int, int, int], floor: int) -> Assessment:
    """A group of `counts[1]` beside a large one, as checks measure and the judge codes it."""
    x, n, x0, n0 = counts
    sizes = {"Roma": (x, n), "White": (x0, n0), "Irish": (900, 3_000)}
    lines = []
    for one, other in (("Roma", "White"), ("White", "Roma")):
        found = against(*sizes[one], *sizes[other])
        code = found.code if isinstance(found, Undefined) else "undecided"
        code = "too_few" if code == "undecided" and min(n, n0) < floor else code
        reason = found.text if isinstance(found, Undefined) else f"fewer than {floor} rows"
        told = {"limit": make.RATIO, "label": one, "against": other, "reason": reason}
        inconclusive = Outcome.INCONCLUSIVE
        lines.append(make.line(inconclusive, code, found, known=n + n0, total=5_000, **told))
    lines.append(make.versus(Outcome.PASS, "decided", "Irish", (900, 3_000, 950, 3_000)))
    control = make.item("FA-06", *lines, group="ethnic_group", information=rates_of(sizes))
    return make.assessment(control)


def against(x: int, n: int, x0: int, n0: int) -> TwoProportions | Undefined:
    if not n:
        return Undefined(code="nobody", text="nobody to measure the selection rate on")
    if not n0:
        return Undefined(code="nobody_beside", text="nobody to compare with")
    return TwoProportions(x=x, n=n, x0=x0, n0=n0)


def rates_of(sizes: dict[str, tuple[int, int]]) -> tuple[Measurement, ...]:
    """Each group's own rate and the worst pair, of those that have anyone in them."""
    held = {label: (x, n) for label, (x, n) in sizes.items() if n}
    order = sorted(held, key=lambda label: (held[label][0] / held[label][1], label))
    low, high = order[0], order[-1]
    each = [
        Measurement(
            metric="selection rate of each group",
            evidence=Proportion(x=x, n=n),
            where=where(ethnic_group=label),
            information=True,
        )
        for label, (x, n) in held.items()
    ]
    worst = Measurement(
        metric="selection rate, lowest against highest",
        evidence=against(*held[low], *held[high]),
        where=where(ethnic_group=low),
        against=high,
        information=True,
    )
    return (*each, worst)


@quick
@given(small, small, st.sampled_from([2, 10, 30]))
def test_reports_are_the_same_whether_a_group_is_empty_or_small(
    make: SimpleNamespace, n: int, x: int, floor: int
) -> None:
    """Of an empty group there is no evidence, rate or test; none of that may tell it apart."""
    empty = around(make, (0, 0, 900, 3_000), floor)

    assert rendered(around(make, (min(x, n), n, 900, 3_000), floor)) == rendered(empty)
    for text in rendered(empty):
        assert "nobody" not in text


@pytest.mark.parametrize("code", ["nobody", "no_positive"])
def test_no_report_says_that_a_count_of_people_is_nought(make: SimpleNamespace, code: str) -> None:
    texts = {
        "nobody": "nobody to measure the selection rate on",
        "no_positive": "none of the values declared as positive occurs in column 'picked'; check "
        "'positive' in the project",
    }
    evidence = Undefined(code=code, text=texts[code])
    told = {"label": "Roma", "limit": make.RATIO, "reason": evidence.text}
    line = make.line(Outcome.INCONCLUSIVE, code, evidence, **told)

    for text in rendered(make.assessment(make.item("FA-06", line, group="ethnic_group"))):
        plain = " ".join(text.replace("\\", "").split())
        assert "nobody" not in plain
        assert "none of the values" not in plain
        assert re.search("fewer than 10 (records|people) to measure it on", plain)


def test_reason_that_a_value_does_not_occur_still_says_what_to_mend(make: SimpleNamespace) -> None:
    evidence = Undefined(
        code="no_positive",
        text="none of the values declared as positive occurs in column 'picked'; check 'positive' "
        "in the project",
        mendable=True,
    )
    line = make.line(Outcome.INCONCLUSIVE, "no_positive", evidence, label="Roma", limit=make.RATIO)
    text = FORMATS["terminal"].render(make.assessment(make.item("FA-06", line)))

    assert "in column 'picked'; check 'positive' in the project" in " ".join(text.split())


class Rows(HTMLParser):
    """Text of the rows of every table."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's own signature
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.inside = True
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def counts_of(cells: list[str]) -> list[int]:
    """Whole numbers of a row's cells, apart from percentages, ratios and "fewer than 10"."""
    text = " | ".join(cells).replace("fewer than 10", "")
    return [
        int(n.replace(",", ""))
        for n in re.findall(r"(?<![\d.,])\d[\d,]*(?![\d.,]*[%.]?\d|%)", text)
    ]


@quick
@given(st.tuples(*[st.integers(0, 60)] * 4))
def test_no_row_of_a_table_shows_or_implies_a_count_under_ten(
    make: SimpleNamespace, cells: tuple[int, int, int, int]
) -> None:
    a, b, c, d = cells
    page = FORMATS["html"].render(compared(make, a, a + b + 1, c, c + d + 1))
    rows = [row for row in Rows(page).rows if row and "Roma" in row[0]]

    assert rows
    for row in rows:
        found = counts_of(row)
        assert all(n >= 10 for n in found)
        assert all(n == m or abs(n - m) >= 5 for n, m in combinations(found, 2))
        for x, n in re.findall(r"([\d,]+) of ([\d,]+)", " | ".join(row).replace("than 10 of", "")):
            assert int(n.replace(",", "")) - int(x.replace(",", "")) >= 10


def test_no_report_shows_what_the_assessment_itself_worked_out(
    case: tuple[str, Assessment],
) -> None:
    """The builder's estimates, intervals, plans and p values are 777.123 or 777."""
    for text in rendered(case[1]):
        assert "777" not in text
        assert "77,7" not in text


def test_every_shared_report_leaves_out_p_values(case: tuple[str, Assessment]) -> None:
    for text in rendered(case[1]):
        assert not re.search(r"\bp\s*[<=]\s*0?\.\d", text)


def test_two_proportions_of_test_cases_are_shown_exactly(make: SimpleNamespace) -> None:
    evidence = TwoProportions(x=3, n=24, x0=1, n0=24)
    line = make.line(
        Outcome.INCONCLUSIVE,
        "undecided",
        evidence,
        limit=make.RATIO,
        label="before",
        against="after",
        about_people=False,
        unit="test cases",
    )
    text = FORMATS["terminal"].render(make.assessment(make.item("TE-04", line)))

    assert "of 24 test cases" in text


@pytest.mark.parametrize("level", [0.9875, 0.99])
def test_level_of_a_failure_is_hidden_beside_a_small_group(
    make: SimpleNamespace, level: float
) -> None:
    """It follows from how many tests there were, and of an empty group there is none."""
    small = make.versus(Outcome.INCONCLUSIVE, "too_few", "Roma", (3, 8, 900, 3_000))
    failed = make.versus(Outcome.FAIL, "decided", "Black", (83, 288, 1_158, 2_840))
    passed = make.versus(Outcome.PASS, "decided", "White", (758, 1_840, 700, 1_700))
    lines = (make.planned(failed, level=level), make.planned(passed, level=0.9), small)

    for text in rendered(make.assessment(make.item("FA-06", *lines, group="ethnic_group"))):
        plain = " ".join(text.split())
        assert "98.75%" not in plain
        assert "99%" not in plain


@pytest.mark.parametrize(("label", "few"), [("female", (4, 7)), ("female", (9, 0))])
def test_reports_of_a_change_are_the_same_whatever_a_small_count_behind_it_is(
    make: SimpleNamespace, label: str, few: tuple[int, int]
) -> None:
    def built(x: int, y: int) -> Assessment:
        judged = make.before()
        information = tuple(
            replace(m, evidence=replace(m.evidence, x=x if "tool" in m.metric else y))
            if m.where == where(sex=label)
            else m
            for m in judged.information
        )
        return make.assessment(replace(judged, information=information))

    assert rendered(built(*few)) == rendered(built(0, 1))
