"""`rai-check demo`: what a newcomer gets, and what it refuses to write over."""

import json
import shutil
import stat
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from rai_check import examples as shipped
from rai_check.assess import measure
from rai_check.cli import main
from rai_check.examples import Expected, examples, find_example, surprises
from rai_check.judgement import Judgement
from rai_check.measuring import Options
from rai_check.outcome import Exit, Verdict

NAME = "tiny"
SCRIPT = """
import sys
from datetime import date
from pathlib import Path
sys.path.append(str(Path(__file__).resolve().parents[1]))
from _making.papers import Person, SignOff, write_papers
words = sys.argv[1:]
folder, day = Path(words[1]), date.fromisoformat(words[3])
assert words[0] == "statements" and folder.name in {"before", "after"}
signed = [SignOff(id="S", control="GOV-01", statement="Released.", by=Person(role="sro", ref="1"),
                  on=day, digest=words[5])] if "--digest" in words else []
write_papers(folder, signed if folder.name == "after" else [])
print("done in \\u2603 " + str(folder))
"""
POLICY = """
schema: rai-policy/1
id: tiny
version: "1"
title: Tiny
controls:
  GOV-01:
    title: Signed
    why: So that someone answers for it.
    source: {title: T, reference: R, checked_on: 2026-11-23, review_by: 2027-11-22}
    severity: blocker
    stage: approve
    parts: [{check: statement, with: {kind: sign-off, roles: [sro]}}]
"""
PROJECT = """
schema: rai-project/1
system: {name: Tool, version: "1", organisation: O (fictional), purpose: P, owner_role: R,
         decides: D, human_involvement: H}
policy: policy.yaml
statements: [statements.yaml]
tables:
  decisions: {path: cases.csv, role: decisions, columns: {case: {means: case, purpose: P}}}
"""


def expected(verdict, code, outcome):
    return {"verdict": verdict, "exit": code, "items": {"GOV-01": {"outcome": outcome}}}


ANSWER = {
    "about": "A tiny one",
    "variants": {"before": expected("refer", 4, "missing"), "after": expected("pass", 0, "pass")},
}


@pytest.fixture
def fixtures(tmp_path, monkeypatch):
    """A folder of examples of its own, as read-only as an installed package may be."""
    folder = tmp_path / "site packages" / "_fixtures"
    home = folder / NAME
    for variant in ("before", "after"):
        (home / variant).mkdir(parents=True)
        (home / variant / "rai.yaml").write_text(PROJECT, "utf-8")
        (home / variant / "policy.yaml").write_text(POLICY, "utf-8")
        (home / variant / "cases.csv").write_text("case\n1\n", "utf-8")
    (home / "make_example.py").write_text(SCRIPT, "utf-8")
    (home / "README.md").write_text("What was planted\n", "utf-8")
    (home / "ANSWER.md").write_text("The answer\n", "utf-8")
    (home / "TASK.md").write_text("Find it\n", "utf-8")
    (home / "answer.json").write_text(json.dumps(ANSWER), "utf-8")
    shutil.copytree(
        shipped.shipped_folder("fixtures") / "_making",
        folder / "_making",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    places = [folder, *folder.rglob("*")]
    for place in places:
        place.chmod(stat.S_IREAD | stat.S_IEXEC)
    monkeypatch.setattr(shipped, "shipped_folder", lambda _: folder)
    yield folder
    for place in places:
        place.chmod(stat.S_IRWXU)


@pytest.fixture
def demo(fixtures, tmp_path, capsys):  # noqa: ARG001 - it stands in for what is installed
    def run(*words):
        with pytest.raises(SystemExit) as done:
            main(["demo", *words, "--output", str(tmp_path / "a folder ☃")])
        return done.value.code, *capsys.readouterr()

    return run


@pytest.fixture
def out(tmp_path):
    return tmp_path / "a folder ☃"


def test_demo_runs_every_version_and_says_where_the_results_are(demo, out):
    code, text, _ = demo(NAME)

    assert code == 0
    assert "before: Refer" in text
    assert "missing      GOV-01   Signed" in text
    assert "after: Release" in text
    assert "ANSWER.md says" in text
    assert str(out / NAME / "after" / "rai-output") in text
    assert list((out / NAME / "after" / "rai-output").glob("*.html"))


def test_demo_when_verbose_prints_whole_reports(demo):
    short, whole = demo(NAME)[1], demo(NAME, "--verbose")[1]

    assert "Decision: D." not in short
    assert "Decision: D." in whole


def test_demo_copy_holds_what_its_own_script_needs(demo, out, fixtures):
    demo(NAME)

    copied = {str(p.relative_to(out / NAME)) for p in (out / NAME).rglob("*.py")}
    assert "make_example.py" in copied
    assert {str(p.relative_to(fixtures)) for p in (fixtures / "_making").glob("*.py")} <= copied
    assert not [*fixtures.rglob("__pycache__")]
    alone = [
        sys.executable,
        "-B",
        "make_example.py",
        "statements",
        "after",
        "--as-of",
        "2026-11-23",
    ]
    home = out / NAME
    (home / "after" / "statements.yaml").unlink()
    subprocess.run(alone, cwd=home, check=True, capture_output=True)
    assert (home / "after" / "statements.yaml").is_file()


def test_demo_when_run_again_puts_the_files_back_and_keeps_results(demo, out):
    demo(NAME)
    changed = out / NAME / "after" / "cases.csv"
    changed.write_text("case\n1\n2\n", "utf-8")
    (out / NAME / "after" / "rai-output" / "mine.txt").write_text("kept", "utf-8")

    code, _, said = demo(NAME)

    assert code == 0
    assert changed.read_text("utf-8") == "case\n1\n"
    assert (out / NAME / "after" / "rai-output" / "mine.txt").is_file()
    assert "as shipped again" in said


@pytest.mark.parametrize("held", ["notes.txt", "make_example.py", "rai.yaml"])
def test_demo_when_the_folder_holds_something_else_leaves_it_alone(demo, out, held):
    (out / NAME).mkdir(parents=True)
    (out / NAME / held).write_text("mine", "utf-8")

    code, _, said = demo(NAME)

    assert code == 2
    assert "holds something else" in said
    assert [p.name for p in (out / NAME).iterdir()] == [held]


def test_demo_when_a_file_stands_in_the_way_says_so(demo, out):
    out.mkdir()
    (out / NAME).write_text("mine", "utf-8")

    code, _, said = demo(NAME)

    assert code == 2
    assert "holds something else" in said


def test_demo_when_an_outcome_is_not_the_answer_fails(demo, fixtures):
    path = fixtures / NAME / "answer.json"
    wrong = {**ANSWER, "variants": {"before": expected("pass", 0, "pass")}}
    path.chmod(stat.S_IRWXU)
    path.write_text(json.dumps(wrong), "utf-8")

    code, text, said = demo(NAME)

    assert code == 1
    assert "ANSWER.md says" not in text
    assert "before: not as the answer says: GOV-01 is missing, not pass" in said
    assert "the verdict is refer, not pass" in said


def test_demo_when_nothing_is_named_lists_the_examples(demo, monkeypatch):
    monkeypatch.setattr("rai_check.cli.demo_.FIRST", NAME)

    code, _, said = demo()

    assert code == 0
    assert f"  {NAME}  A tiny one" in said


def test_demo_when_there_is_no_such_example_says_which_there_are(demo):
    code, _, said = demo("tinny")

    assert code == 2
    assert "Did you mean 'tiny'" in said
    assert "There are: tiny." in said


def test_exercise_gives_the_task_and_withholds_every_answer(demo, out):
    code, text, _ = demo(NAME, "--exercise")

    folder = out / f"{NAME}-exercise"
    assert code == 0
    assert str(folder / "TASK.md") in text
    assert {p.name for p in folder.rglob("*") if p.is_file()} == {
        "TASK.md", "cases.csv", "policy.yaml", "rai.yaml", "statements.yaml",
    }  # fmt: skip
    assert (folder / "TASK.md").read_text("utf-8") == "Find it\n"
    assert not (folder / "rai-output").exists()


def test_exercise_can_be_run_at_once(demo, out):
    demo(NAME, "--exercise")

    measured = measure(out / f"{NAME}-exercise" / "rai.yaml", Options())

    assert [item.control for item in measured.items] == ["GOV-01"]


def test_exercise_when_begun_already_is_not_written_over(demo, out):
    demo(NAME, "--exercise")
    mended = out / f"{NAME}-exercise" / "rai.yaml"
    mended.write_text("my work", "utf-8")

    code, _, said = demo(NAME, "--exercise")

    assert code == 2
    assert "may hold your work" in said
    assert mended.read_text("utf-8") == "my work"


def test_light_installation_is_no_surprise_and_said_plainly(demo, monkeypatch):
    part = "the part for personal data is not installed"
    monkeypatch.setattr("rai_check.capabilities.missing_parts", lambda: (part,))

    code, text, said = demo(NAME)

    assert code == 0
    assert "a light installation" in said
    assert f"- {part}" in said
    assert "What could be run here came out as" in text


def test_missing_part_excuses_what_it_holds_up_and_nothing_else(monkeypatch):
    monkeypatch.setattr(shipped, "missing_parts", lambda: ("the part is not installed",))
    wanted = Expected(verdict="pass", exit=0, outcomes={"DP-03": "pass", "GOV-09": "pass"})
    judged = [_item("DP-03", "x: the part is not installed"), _item("GOV-09", "nobody signed")]
    judgement = Judgement(verdict=Verdict.REFER, exit=Exit.REFER, reason="", items=tuple(judged))

    assert surprises(wanted, judgement) == ("GOV-09 is missing, not pass",)


def _item(name, reason):
    from rai_check.judgement import Judged, Line
    from rai_check.outcome import Outcome, Severity, Stage

    line = Line(check="c", outcome=Outcome.MISSING, code="gap", reason=reason)
    return Judged(
        id=name, control=name, group=None, title="", why="", source="", owner="", theme="other",
        severity=Severity.BLOCKER, stage=Stage.APPROVE, gates=True, outcome=Outcome.MISSING,
        standing=Outcome.MISSING, lines=(line,),
    )  # fmt: skip


@pytest.mark.parametrize("name", sorted(examples()))
def test_shipped_example_is_whole_and_its_exercise_tells_nothing(name, tmp_path):
    example = find_example(name)
    folder = tmp_path / "exercise"

    example.copy_exercise_to(folder, datetime.now(UTC).date())

    assert set(example.variants) == {"before", "after", "too-small"}
    assert {v: e.verdict for v, e in example.variants.items()}["too-small"] == "refer"
    assert 20 < len(example.about) <= 100
    names = {p.name for p in folder.rglob("*")}
    assert {"TASK.md", "rai.yaml"} <= names
    assert not names & {"ANSWER.md", "answer.json", "README.md", "parameters.py", "after"}
    task = (folder / "TASK.md").read_text("utf-8")
    assert f"rai-check demo {name}" in task
    texts = [p.read_text("utf-8", errors="replace") for p in folder.rglob("*.yaml")]
    assert not [text for text in texts if "planted" in text.casefold()]
