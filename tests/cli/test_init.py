"""`rai-check init` as a newcomer uses it: few answers, nothing guessed, nothing overwritten."""

import contextlib
import os
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from intake_files import MONITORING, REVIEWS, reviews, write_csv
from rai_check.cli import init_, main
from rai_check.project import Meaning, read_project

ANSWERS = (
    "Annual review watch",
    "Northmere County Council (fictional)",
    "Which annual reviews a caseworker is told to bring forward.",
    "1",  # people who use a service
    "",  # the column proposed
    "1",  # Bring forward
    "1",  # good
    "1",  # Review was needed
    "2",  # Yes
    "Not recorded in the case system.",
    "A child waits up to a year longer for a review.",
    "40",
)
FEWER_THAN = 15


@pytest.fixture
def init(monkeypatch):
    """Run `rai-check init` with a person who types the lines given."""

    def run(*words, typed=None):
        monkeypatch.setattr(init_, "_someone_is_there", lambda: typed is not None)
        lines = "".join(f"{line}\n" for line in typed or ())
        return CliRunner().invoke(init_.command, [str(word) for word in words], input=lines)

    return run


def gate(folder):
    """Exit code of `rai-check run`."""
    with pytest.raises(SystemExit) as done:
        main(["run", str(folder)])
    return done.value.code


def asked(output):
    return re.findall(r"^\d+\. ", output, flags=re.MULTILINE)


def test_newcomer_reaches_a_first_result_with_fewer_than_fifteen_answers(tmp_path, init, capsys):
    files = reviews(tmp_path, rows=100)

    done = init(*files, typed=ANSWERS)

    assert done.exit_code == 0, done.output
    assert len(asked(done.output)) == len(ANSWERS) < FEWER_THAN
    file, _ = read_project(tmp_path / "rai.yaml")
    assert file.system.name == ANSWERS[0]
    assert file.fairness_plan.base_rate == 0.4
    assert file.fairness_plan.decided_on == datetime.now(UTC).date()
    columns = file.tables["decisions"].columns
    assert columns["Tool recommendation"].means is Meaning.PREDICTION
    assert columns["Tool recommendation"].positive == ("Bring forward",)
    assert columns["Review was needed"].positive == ("Yes",)
    assert columns["Ethnicity"].codes == "dfe-ethnicity-5"
    assert columns["age_band"].characteristic == "age"
    assert {p.position for p in file.characteristics.values()} == {
        "held", "not_held", "not_applicable"
    }  # fmt: skip

    capsys.readouterr()
    assert gate(tmp_path) in {1, 4}  # an honest no: facts and statements are missing
    out = capsys.readouterr().out
    assert "GOV-01" in out
    assert "could not run" not in out.lower()


def test_yes_asks_nothing_and_marks_what_is_not_known(tmp_path, init, capsys):
    files = reviews(tmp_path)

    done = init(*files, "--yes")

    assert done.exit_code == 0, done.output
    assert f'rai-check check-data "{files[0]}" "{files[1]}"' in done.output
    text = (tmp_path / "rai.yaml").read_text("utf-8")
    assert "TODO" in text
    file, _ = read_project(tmp_path / "rai.yaml")
    means = {column.means for column in file.tables["decisions"].columns.values()}
    assert Meaning.PREDICTION not in means  # which value is positive is never guessed
    assert file.fairness_plan is None
    capsys.readouterr()
    assert gate(tmp_path) in {1, 4}
    assert "could not run" not in capsys.readouterr().out.lower()


def test_every_answer_may_be_that_one_does_not_know(tmp_path, init):
    files = reviews(tmp_path)

    done = init(*files, typed=["0"] * FEWER_THAN)

    assert done.exit_code == 0, done.output
    assert read_project(tmp_path / "rai.yaml")[0].system.name.startswith("TODO")


def test_question_mark_says_more_and_a_wrong_answer_is_asked_again(tmp_path, init):
    path = write_csv(tmp_path / "cases.csv", ["ref,tool_flag", *(f"C{i},Y" for i in range(20))])

    done = init(
        path, typed=["?", "The tool", *["0"] * 3, "9 lives", "200", "0", "0", "?", "150", "50"]
    )

    assert done.exit_code == 0, done.output
    assert "heads every report" in done.output


def test_file_that_is_there_is_never_overwritten(tmp_path, init):
    files = reviews(tmp_path)
    (tmp_path / "rai.yaml").write_text("mine", "utf-8")

    done = init(*files, "--yes")

    assert done.exit_code == 2
    assert "never overwritten" in done.output
    assert (tmp_path / "rai.yaml").read_text("utf-8") == "mine"
    assert init(*files, "--yes", "--output", tmp_path / "other.yaml").exit_code == 0


def test_nobody_to_ask_is_refused_without_yes(tmp_path, init):
    done = init(*reviews(tmp_path))

    assert done.exit_code == 2
    assert "--yes" in done.output
    assert not (tmp_path / "rai.yaml").exists()


def test_stopping_half_way_writes_nothing(tmp_path, init):
    done = init(*reviews(tmp_path), typed=ANSWERS[:5])  # then the input ends, as on Ctrl-C

    assert done.exit_code == 1  # click's own Abort; `main` turns it into 130
    assert {p.name for p in tmp_path.iterdir()} == {REVIEWS, MONITORING}


def two_sheets(folder):
    book = openpyxl.Workbook()
    for name, flag in (("North", "tool flag"), ("South", "other")):
        sheet = book.create_sheet(name)
        for line in [["case ref", flag, "sex"], *([f"C{i}", "Y", "MF"[i % 2]] for i in range(30))]:
            sheet.append(line)
    del book["Sheet"]
    book.save(folder / "cases.xlsx")
    return folder / "cases.xlsx"


def test_workbook_with_several_sheets_is_asked_about_or_named(tmp_path, init):
    path = two_sheets(tmp_path)

    refused = init(path, "--yes")
    named = init(path, "--yes", "--sheet", "North")
    (tmp_path / "rai.yaml").unlink()
    asked_for = init(path, typed=["South", *["0"] * 15])

    assert refused.exit_code == 2
    assert "'North', 'South'" in refused.output
    assert "--sheet" in refused.output
    assert named.exit_code == 0, named.output
    assert asked_for.exit_code == 0, asked_for.output
    assert read_project(tmp_path / "rai.yaml")[0].tables["decisions"].sheet == "South"


def test_two_sheets_of_one_workbook_are_two_tables(tmp_path, init):
    path = two_sheets(tmp_path)

    assert init(path, path, "--yes").exit_code == 2
    done = init(path, path, "--yes", "--sheet", "North", "--sheet", "South")

    assert done.exit_code == 0, done.output
    tables = read_project(tmp_path / "rai.yaml")[0].tables
    assert [table.sheet for table in tables.values()] == ["North", "South"]


def test_file_without_a_header_is_asked_about_and_kept_in_mind(tmp_path, init):
    lines = [f"{i},{i % 7},{i % 3}" for i in range(1, 40)]
    path = write_csv(tmp_path / "cases.csv", ["99,98,97", *lines])

    refused = init(path, "--yes")
    done = init(path, "--yes", "--header-row", "1")

    assert refused.exit_code == 2
    assert "--header-row" in refused.output
    assert done.exit_code == 0, done.output
    assert read_project(tmp_path / "rai.yaml")[0].tables["decisions"].header_row == 1


def test_light_installation_describes_files_all_the_same(tmp_path, init, monkeypatch):
    for library in ("presidio_analyzer", "spacy", "shap", "skops"):
        monkeypatch.setitem(sys.modules, library, None)
    path = write_csv(
        tmp_path / "c.csv", ["ref,email", *(f"C{i:03d},p{i}@example.org" for i in range(40))]
    )

    assert init(path, "--yes").exit_code == 0
    assert "e-mail address" in (tmp_path / "rai.yaml").read_text("utf-8")


def test_paths_are_relative_to_the_project_file(tmp_path, init):
    data, home = tmp_path / "Share point" / "data", tmp_path / "project"
    data.mkdir(parents=True)
    home.mkdir()

    assert init(*reviews(data), "--yes", "-o", home / "rai.yaml").exit_code == 0
    tables = read_project(home / "rai.yaml")[0].tables
    assert not Path(tables["decisions"].path).is_absolute()
    assert tables["decisions"].path == f"../Share point/data/{REVIEWS}"


def test_no_value_of_a_column_that_was_not_asked_about_is_shown(tmp_path, init):
    path = write_csv(
        tmp_path / "cases.csv",
        ["ref,NI number,tool_flag,notes"]
        + [
            f"C{i:04d},QQ1234{i:02d}C,{'Yes' if i % 2 else 'No'},secret word {i}" for i in range(60)
        ],
    )

    done = init(path, typed=["0"] * FEWER_THAN)

    assert done.exit_code == 0, done.output
    for value in ("C0001", "QQ", "secret"):
        assert value not in done.output
    text = (tmp_path / "rai.yaml").read_text("utf-8")
    assert "# identifier: {kinds: [National Insurance number], why: TODO}" in text
    assert "QQ1234" not in text
    columns = read_project(tmp_path / "rai.yaml")[0].tables["decisions"].columns
    assert all(column.identifier is None for column in columns.values())


def test_hostile_file_gives_a_project_that_reads_back(tmp_path, init):
    names = ["no", "a: b #c", "- x", "{y}", "*z", "&w", "12", "2026-01-01", "=cmd()"]
    header = ",".join(f'"{name}"' for name in [*names, "\u202eevil\u2028x", "tool says"])
    lines = [
        header,
        *(
            f"0{i},<b>,'\"',null,~,%,007,1,=1+1,\t x,{'yes' if i % 2 else 'no: #'}"
            for i in range(9)
        ),
    ]
    path = write_csv(tmp_path / "-- odd: 'name' #1.csv", lines)

    done = init(
        path, typed=["=cmd()", "a: [b] #c", "\"'\\ {x}", "1", "1", "1", "2", "0", "- no", "!", "0"]
    )

    assert done.exit_code == 0, done.output
    assert "\u202e" not in done.output
    file, _ = read_project(tmp_path / "rai.yaml")
    assert file.system.organisation == "a: [b] #c"
    assert set(names) <= set(file.tables["decisions"].columns)
    assert gate(tmp_path) in {1, 3, 4}


def test_file_that_cannot_be_read_is_told_and_nothing_written(tmp_path, init):
    (tmp_path / "cases.csv").write_bytes(b"")

    done = init(tmp_path / "cases.csv", "--yes")

    assert done.exit_code == 2
    assert "is empty" in done.output
    assert not (tmp_path / "rai.yaml").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is POSIX")
def test_interrupt_at_a_terminal_exits_130_and_writes_nothing(tmp_path):
    import pty  # absent on Windows

    path = write_csv(tmp_path / "cases.csv", ["ref,flag", *(f"C{i},Y" for i in range(20))])
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "rai_check", "init", str(path)],
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    while b"]> " not in seen:
        seen += os.read(ours, 1024)
    for _ in range(40):  # one that comes just before it waits for a line is seen with the next
        run.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            run.wait(timeout=0.5)
            break

    assert run.poll() == 130
    os.close(ours)
    assert [p.name for p in tmp_path.iterdir()] == ["cases.csv"]
