"""What `explain` prints of a check, and that docs/checks.md is what the code says."""

import os
import re
from pathlib import Path

import pytest

from projects import GROUP, PREDICTION, TRUTH, decisions, open_project
from rai_check.check import Check, Missing, NotApplicable, Parameter
from rai_check.cli import main
from rai_check.cli.explain_ import limit_words
from rai_check.registry import builtin_ids, get_check

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"
NEEDS = {
    "decisions": "table `decisions`",
    "truth": "column `truth`",
    "model": "the model",
    "golden_cases": "table `golden_cases`",
    "reasons": "column `reason`",
    "tables": "any table",
    "personal data": "the full installation",
}
SCORE = "column `score`, or a prediction with `at_least`"
ALSO = {
    "auc": SCORE,
    "calibration": SCORE,
    "conditional-parity": "column `stratum`; column `truth` for a `rate` other than selection",
    "golden-cases": "column `required`",
    "intersections": "two `group` columns; column `truth` for a `rate` other than selection",
    "late-rate": "column `wait`",
    "mean-gap": "column `amount`",
    "group-metric": "column `truth` or a score, for most metrics",
    "group-size": "`base_rate` in the fairness plan",
    "representative": "a table `reference` or the fact `reference_population`",
    "tool-against-today": "column `today` or table `current_process`",
    "top-share": SCORE,
    "waiting-time": "column `wait`",
}
"""What a check asks for beyond what it declares, each held by a test below."""
USUAL = {("by", "text"), ("against", "text"), ("pool_below", "a whole number from 2 to 100")}
REQUIRED = {"after": 3.0, "metric": "f1_score", "rate": "fpr", "by": "group"}
TABLE = "| check | title | needs | parameters | limit |\n|---|---|---|---|---|\n"


def needs(check: Check) -> str:
    found = [NEEDS[need] for need in check.needs] + [ALSO[n] for n in [check.id] if n in ALSO]
    if len(found) > 1 and set(check.needs) & {"decisions", "golden_cases"}:
        found[0] += " with"
        return f"{found[0]} {'; '.join(found[1:])}"
    return "; ".join(found) or "nothing"


def shown(one: Parameter) -> str:
    if (one.name, one.takes) in USUAL:
        return f"`{one.name}`"
    takes = one.takes.replace("|", "\\|")
    takes = re.sub(r"of the form (\S.*)$", r"of the form `\1`", takes)
    return f"`{one.name}`: {takes} ({'required' if one.default is None else one.default})"


def row(check: Check) -> str:
    given = "; ".join(map(shown, check.described())) or "none"
    cells = (f"`{check.id}`", check.title, needs(check), given, limit_words(check))
    return f"| {' | '.join(cells)} |\n"


def explained(capsys, name):
    with pytest.raises(SystemExit) as done:
        main(["explain", name])
    assert done.value.code == 0
    return capsys.readouterr().out


def test_page_of_checks_is_what_the_code_says():
    head, table, _ = PAGE.read_text("utf-8").partition(TABLE)
    page = head + TABLE + "".join(row(get_check(name)) for name in builtin_ids())
    if os.environ.get("RAI_CHECK_UPDATE_GOLDEN") == "1":
        PAGE.write_text(page, "utf-8")

    assert table
    assert PAGE.read_text("utf-8") == page


@pytest.mark.parametrize("id_", builtin_ids())
def test_every_parameter_and_kind_of_limit_is_explained(capsys, id_):
    check = get_check(id_)

    tail = explained(capsys, id_).split("\nIn a policy\n")[1]

    names = re.findall(r"^- (\w+) +", tail, re.MULTILINE)
    assert names == list(check.parameters)
    assert all(kind in tail.splitlines()[-1] for kind in check.limits if id_ != "statement")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("late-rate", "- after       a number from 0 up; required\n"),
        ("late-rate", "limit: of ratio, difference or odds\n"),
        ("error-rate", "- rate        one of tpr, fnr, fpr, tnr; required\n"),
        ("group-size", "- bound  a number above 0 and below 1; default 0.8\n"),
        ("group-metric", "one of selection_rate, true_positive_rate, "),
        ("group-metric", "limit: of value\n"),
        ("selection-rate", "rest (everyone else), all-pairs or a group's name; default rest\n"),
        ("statement", "- newer_than_change  true or false; default false\n"),
        ("statement", "- max_age_days       a whole number from 1 to 3660; default not set\n"),
        ("statement", "limit: none\n"),
        ("system-record", "Needs: nothing\nParameters: none\nlimit: of value\n"),
    ],
)
def test_parameter_shows_its_choices_range_and_default(capsys, name, says):
    assert says in explained(capsys, name)


@pytest.mark.parametrize("name", ["fa-06", "Fa-06[sex]", "Selection-Rate"])
def test_name_is_found_whatever_its_capitals(tmp_path, monkeypatch, capsys, name):
    monkeypatch.chdir(tmp_path)
    right = "selection-rate" if "Rate" in name else "FA-06"

    assert explained(capsys, name) == explained(capsys, right)
    assert explained(capsys, name).startswith(f"{right}: ")


def test_group_metric_says_the_kind_of_limit_that_it_takes(capsys):
    check = get_check("group-metric")

    assert check.limits == ("value",)
    assert "`of: value`" in explained(capsys, "group-metric")


@pytest.mark.parametrize(
    "id_", [i for i in builtin_ids() if {"decisions"} <= set(get_check(i).needs)]
)
def test_what_a_check_needs_beyond_its_declaration_is_on_the_page(tmp_path, id_):
    # a project with one group, a prediction and a truth: whatever is missing must be listed
    columns = {"group": GROUP, "says": PREDICTION, "true": TRUTH}
    lines = ["a,yes,yes", "a,no,no", "b,yes,no", "b,no,yes"] * 20
    project = open_project(
        tmp_path,
        lines=lines,
        header="group,says,true",
        tables={"decisions": decisions(**columns)},
        fairness_plan=None,
    )
    check = get_check(id_)
    given = {k: v for k, v in REQUIRED.items() if k in check.parameters}
    if id_ == "predictive-value":
        given["rate"] = "precision"
    try:
        check(project, **given)
    except Missing:
        assert id_ in ALSO
    except NotApplicable:  # what it needs is there, and nothing in it to measure
        assert id_ not in ALSO
    else:  # the metric named needs a truth, which is there
        assert id_ not in ALSO or id_ == "group-metric"
