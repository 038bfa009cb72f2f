"""What a council might hand in by mistake, or a stranger on purpose.

Each gives one clear line or a result that says why, the documented exit code, and no data value.
"""

import json
import pickle
import re

import pytest

from projects import GROUP, PREDICTION, decisions, rows, write_project
from rai_check.cli import main

FAIR = rows(a_yes=1500, a_no=1500, b_yes=1500, b_no=1500)
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def run(tmp_path, capsys):
    """Run the gate on a project; returns exit code, output, assessment (or None)."""

    def body(*, data=None, **changes):
        path = write_project(tmp_path, **changes)
        if data is not None:
            (tmp_path / "decisions.csv").write_bytes(data)
        with pytest.raises(SystemExit) as done:
            main(["run", str(path), "-v", "-r", "html", "-r", "junit", "-r", "markdown"])
        text = "".join(capsys.readouterr())
        file = tmp_path / "rai-output" / "assessment.json"
        found = json.loads(file.read_text("utf-8")) if file.exists() else None
        assert "Traceback" not in text
        return done.value.code, text, found

    return body


def reasons(found):
    return [line["reason"] for i in found["judgement"]["items"] for line in i["lines"]]


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (b"", 3, "empty"),
        (b"group,says\n", 4, "nobody"),
        (b"group,says\na,yes\n", 4, "nobody"),
        (b"group,says\n" + b"a,yes\na,no\n" * 500, 4, "nobody"),
        (b"group,group\na,yes\n", 3, "columns 1, 2"),
        (b"group,sayz\na,yes\n", 3, "says"),
        (b"group,says\na,yes,extra\n", 3, "line 2"),
        (b"group,says\na,\x00\n", 3, "line 2"),
        (b"\x80\x81\x82", 3, "decisions.csv"),
        (b"group,says\n" + b'"unclosed,yes\n' * 3, 3, "decisions.csv"),
        (b"PK\x03\x04 not a csv", 3, "decisions"),
    ],
)
def test_table_that_cannot_tell_or_be_read_says_why(run, data, code, says):
    done, text, found = run(data=data)

    assert done == code, text
    assert any(says in reason for reason in reasons(found)), reasons(found)


def test_table_that_is_not_there(run):
    done, _, found = run()

    assert done == 3
    assert any("decisions.csv" in reason for reason in reasons(found))


HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd()|' /C calc'!A0",
    "\x1b[2J\x1b]0;owned\x07",
    "\u202egnp.exe",
    "a|b`c`[x](javascript:alert(1))",
    "{{ 7*7 }}",
    "x" * 199,
]


@pytest.mark.parametrize("label", HOSTILE)
def test_declared_label_is_inert_in_every_report(run, tmp_path, label):
    group = {**GROUP, "labels": {"a": label, "b": "B"}}
    tables = {"decisions": decisions(group=group, says=PREDICTION)}

    done, text, _ = run(lines=FAIR, tables=tables)

    assert done in {0, 2}, text  # YAML itself refuses some control characters: one line, exit 2
    assert not CONTROL_CHARACTERS.search(text)
    for path in (tmp_path / "rai-output").glob("*"):
        content = path.read_text("utf-8")
        if path.suffix != ".json":
            assert "<script>" not in content
            assert not CONTROL_CHARACTERS.search(content), path.name
        if path.suffix == ".html":
            assert "javascript:alert" not in content.replace("(javascript:alert(1))", "")
            assert label != "{{ 7*7 }}" or label in content


@pytest.mark.parametrize("label", HOSTILE)
def test_undeclared_label_appears_nowhere(run, tmp_path, label):
    if any(character in label for character in "\x1b|"):
        label = label.replace("\x1b", "ESC").replace("|", "BAR")
    data = "\n".join(["group,says", *FAIR, *[f'"{label}",yes'] * 30]).encode()

    _, text, _ = run(data=data)

    assert label not in text
    for path in (tmp_path / "rai-output").glob("*"):
        assert label not in path.read_text("utf-8"), path.name


def test_column_name_in_the_file_cannot_steer_the_terminal(run):
    data = b"gr\x1b[2Joup,says\na,yes\n"

    done, text, _ = run(data=data)

    assert done == 3
    assert "\x1b" not in text


def test_hundred_thousand_labels_are_missing_evidence(run):
    data = "group,says\n" + "".join(f"label{i},yes\n" for i in range(100_000))

    done, _, found = run(data=data.encode())

    assert done == 4
    assert any("more than 40 values" in reason for reason in reasons(found))


def test_scores_that_are_text_or_negative_or_not_finite(run):
    score = {"means": "prediction", "at_least": "0.5", "positive_is": "favourable"}
    tables = {"decisions": decisions(group=GROUP, says=score)}
    lines = ["a,0.9", "a,0.1", "b,0.9", "b,-3"] * 400
    odd = ["a,text", "b,nan", "a,inf", "b,-inf", "a,1e999", "b,"] * 400

    done, _, found = run(lines=[*lines, *odd], tables=tables)

    assert done == 4  # known for 40% of rows: below the floor of 80%
    assert any("known for 40%" in reason for reason in reasons(found))


def test_labels_yes_and_no_stay_words(run):
    says = {"means": "prediction", "positive": ["no"], "positive_is": "unfavourable"}
    tables = {"decisions": decisions(group=GROUP, says=says)}

    done, _, found = run(lines=rows(a_yes=1000, a_no=3000, b_yes=1000, b_no=3000), tables=tables)

    assert done == 0
    (line,) = [
        line
        for item in found["judgement"]["items"]
        for line in item["lines"]
        if line["measurement"]["where"] == [["group", "Group A"]]
    ]
    assert line["measurement"]["evidence"]["x"] == 3000


def test_favourable_value_is_never_guessed(run):
    says = {"means": "prediction", "positive_is": "favourable"}

    done, text, found = run(lines=FAIR, tables={"decisions": decisions(group=GROUP, says=says)})

    assert (done, found) == (2, None)
    assert "never guessed" in text
    assert text.count("\n") == 1


class Bomb:
    def __reduce__(self):
        return (print, ("the pickle ran",))


@pytest.mark.parametrize("name", ["model.pkl", "model.joblib", "model.skops"])
def test_pickle_offered_as_a_model_is_refused_and_never_opened(run, tmp_path, name):
    (tmp_path / name).write_bytes(pickle.dumps(Bomb()))
    part = {
        "check": "feature-attribution",
        "metric": "share resting on protected characteristics",
        "limit": {"max": "0.1", "whose": "ours"},
    }
    from builders import control

    done, text, found = run(
        lines=FAIR,
        controls={"AA-01": control(parts=[part])},
        model={
            "path": name, "table": "decisions", "features": ["group"], "positive_class": "1",
        },
    )  # fmt: skip

    assert done == 3
    assert any("pickle" in reason for reason in reasons(found))
    assert "the pickle ran" not in text


def test_project_file_cannot_reach_python(tmp_path):
    path = write_project(tmp_path, lines=FAIR)
    path.write_text(path.read_text() + "\nfacts: !!python/object/apply:os.system ['echo owned']\n")

    from rai_check.errors import UsageError
    from rai_check.project import read_project

    with pytest.raises(UsageError, match=r"rai\.yaml line"):
        read_project(path)


def test_previous_results_stay_whole_when_a_later_run_is_refused(run, tmp_path):
    assert run(lines=FAIR)[0] == 0
    file = tmp_path / "rai-output" / "assessment.json"
    before = file.read_bytes()
    (tmp_path / "policy.yaml").write_text("extends: policy.yaml\n")
    with pytest.raises(SystemExit) as done:
        main(["run", str(tmp_path / "rai.yaml")])

    assert done.value.code == 2
    assert file.read_bytes() == before
