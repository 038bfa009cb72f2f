"""What a person who wrote a policy or project file is told, in words; and the pages they read."""

from pathlib import Path

import pytest

from builders import control
from projects import GROUP, PREDICTION, decisions, open_project, write_project, write_yaml
from rai_check.check import Check, check
from rai_check.errors import UsageError
from rai_check.measurement import CheckResult
from rai_check.policy.load import load_policy
from rai_check.project import read_project
from rai_check.project.columns import Meaning
from rai_check.registry import get_check

DOCS = Path(__file__).parents[2] / "docs"


def refused(folder, **controls):
    head = {"schema": "rai-policy/1", "id": "p", "version": "1", "title": "P"}
    path = write_yaml(folder / "p.yaml", {**head, "controls": controls})
    with pytest.raises(UsageError) as told:
        load_policy(path)
    return str(told.value)


def unbound(id_, **given):
    with pytest.raises(UsageError) as told:
        get_check(id_).bind(given)
    return str(told.value)


@pytest.mark.parametrize("name", ["fa-06", "FA6", "FAIRNESS-01", "FA-0006"])
def test_control_id_is_said_in_words_when_it_does_not_fit(tmp_path, name):
    told = refused(tmp_path, **{name: control()})

    assert "two to five capitals, a hyphen and two or three digits, such as FA-06" in told
    assert "^[A-Z]" not in told


def test_name_of_a_check_is_said_in_words_when_it_does_not_fit(tmp_path):
    told = refused(tmp_path, **{"AA-01": control(parts=[{"check": "Selection Rate"}])})

    assert "small letters, digits and hyphens" in told


def test_labels_as_a_list_ask_for_pairs(tmp_path):
    columns = {"group": {**GROUP, "labels": ["F", "M"]}, "says": PREDICTION}
    path = write_project(tmp_path, tables={"decisions": decisions(**columns)})

    with pytest.raises(UsageError, match="labels': needs `value: name` pairs\\.") as told:
        read_project(path)

    assert "dictionary" not in str(told.value)


def test_columns_as_a_list_ask_for_keys(tmp_path):
    table = {**decisions(), "columns": ["group"]}

    with pytest.raises(UsageError, match="columns': needs `key: value` pairs"):
        read_project(write_project(tmp_path, tables={"decisions": table}))


@pytest.mark.parametrize(
    ("id_", "given", "says"),
    [
        (
            "late-rate", {"by": "g"},
            "check 'late-rate', parameter 'after' is required: a number from 0 up.",
        ),
        (
            "late-rate", {"by": "g", "afer": "3"},
            (
                "check 'late-rate' has no parameter 'afer'. Did you mean 'after'? "
                "It takes: by, after, against, pool_below."
            ),
        ),
        (
            "late-rate", {"by": "g", "after": "soon"},
            "check 'late-rate', parameter 'after' must be a number from 0 up; got 'soon'.",
        ),
        (
            "error-rate", {"by": "g", "rate": "tpx"},
            "check 'error-rate', parameter 'rate' must be one of tpr, fnr, fpr, tnr; got 'tpx'.",
        ),
        (
            "group-metric", {"by": "g", "metric": "f1"},
            (
                "check 'group-metric', parameter 'metric': no metric 'f1' is on the list. "
                "Did you mean 'f1_score'?"
            ),
        ),
        (
            "statement", {"kind": "sign-off", "covers": "FA-06"},
            (
                "check 'statement', parameter 'covers' must be a list, such as [one, two]; "
                "got 'FA-06'."
            ),
        ),
    ],
)  # fmt: skip
def test_parameter_that_does_not_fit_is_told_in_one_sentence(id_, given, says):
    assert unbound(id_, **given) == says


def test_long_value_is_not_repeated():
    assert "yyy" not in unbound("error-rate", by="g", rate="y" * 61)


def made(annotation: object, default: object) -> Check:
    """A check of one parameter."""

    def run(project, *, one=default):
        raise NotImplementedError

    run.__annotations__ = {"one": annotation, "return": CheckResult}
    headings = ("What it measures", "Why it matters", "How to read it")
    rest = ("What it cannot tell you", "References")
    run.__doc__ = "\n".join(["Title.", *headings, *rest])
    return check("made", title="Made")(run)


@pytest.mark.parametrize(
    ("annotation", "default", "takes", "shown"),
    [
        (int, 3, "a whole number", "3"),
        (bool, True, "true or false", "true"),
        (float | None, None, "a number", "not set"),
        (tuple[str, ...], ("a", "b"), "a list, such as [one, two]", "[a, b]"),
        (float, 1e-7, "a number", "1e-07"),
        (object, "x", "a value", "x"),
    ],
)
def test_type_and_default_are_put_in_words(annotation, default, takes, shown):
    (found,) = made(annotation, default).described()

    assert (found.name, found.takes, found.default) == ("one", takes, shown)


def test_every_fact_that_is_always_known_is_on_the_page_of_policies(tmp_path):
    text = (DOCS / "policies.md").read_text("utf-8")
    section = text.partition("**Facts that are always known**")[2]
    project = open_project(tmp_path, lines=["a,yes", "b,no"])

    assert [name for name in (*project.facts(), "stage") if f"| `{name}` |" not in section] == []


def test_every_meaning_of_a_column_says_who_uses_it():
    text = (DOCS / "project-file.md").read_text("utf-8")
    section = text.partition("**Which checks use each meaning**")[2].partition("\n\nAny column")[0]
    first = " ".join(line.split("|")[1] for line in section.splitlines() if line.startswith("|"))

    assert [m.value for m in Meaning if f"`{m.value}`" not in first] == []
