"""The commands as a user runs them: exit codes, one clear line, nothing half-written."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import jsonschema
import pytest

from builders import SOURCE
from projects import GROUP, PREDICTION, decisions, rows, write_project, write_yaml
from rai_check.cli import main

FAIR = rows(a_yes=1500, a_no=1500, b_yes=1500, b_no=1500)
UNFAIR = rows(a_yes=1500, a_no=1500, b_yes=500, b_no=2500)
SMALL = rows(a_yes=10, a_no=10, b_yes=5, b_no=10)
RULE = {"title": "T", "why": "W", "source": SOURCE, "severity": "high", "stage": "approve"}
SIGN = {"check": "statement", "with": {"kind": "sign-off", "roles": ["sro"]}}


def rai(*words, capsys=None):
    with pytest.raises(SystemExit) as done:
        main([str(word) for word in words])
    out, err = capsys.readouterr() if capsys else ("", "")
    return done.value.code, out, err


@pytest.fixture
def cli(capsys):
    return lambda *words: rai(*words, capsys=capsys)


@pytest.mark.parametrize(("lines", "code"), [(FAIR, 0), (UNFAIR, 1), (SMALL, 4)])
def test_run_exits_by_the_verdict_and_writes_its_files(tmp_path, cli, lines, code):
    path = write_project(tmp_path, lines=lines)

    done, out, err = cli("run", path)

    assert done == code
    written = {p.name for p in (tmp_path / "rai-output").iterdir()}
    assert {"assessment.json", "measurements.json"} <= written
    assert any(name.endswith(".html") for name in written)
    assert "assessment.json" in err
    assert (
        out.strip()
        .splitlines()[-1]
        .startswith({0: "Release", 1: "Do not release", 4: "Refer"}[code])
    )


def test_folder_stands_for_the_project_in_it(tmp_path, cli):
    write_project(tmp_path, lines=FAIR)

    assert cli("run", tmp_path)[0] == 0


def test_error_in_one_check_means_there_is_no_verdict(tmp_path, cli):
    path = write_project(tmp_path, lines=FAIR, header="group,sayz")

    code, out, _ = cli("run", path)

    assert code == 3
    assert "No verdict" in out


def test_nothing_that_gates_is_not_a_pass(tmp_path, cli):
    low = {**RULE, "severity": "low", "parts": [{"check": "system-record", "limit": LIMIT}]}

    assert cli("run", write_project(tmp_path, lines=FAIR, controls={"AA-01": low}))[0] == 5


LIMIT = {"max": 0, "whose": "ours"}


@pytest.mark.parametrize("words", [("--only", "AA-01"), ("--as-of", "2026-01-02")])
def test_partial_run_and_replay_are_incomplete(tmp_path, cli, words):
    code, out, _ = cli("run", write_project(tmp_path, lines=FAIR), *words)

    assert code == 6
    assert "ncomplete" in out


def test_partial_run_that_fails_still_fails(tmp_path, cli):
    path = write_project(tmp_path, lines=UNFAIR)

    assert cli("run", path, "--only", "AA-02[group]")[0] == 1


def test_audit_reports_and_exits_zero_without_a_verdict(tmp_path, cli):
    code, out, _ = cli("run", write_project(tmp_path, lines=UNFAIR), "--audit", "--json")

    assert code == 0
    assert json.loads(out)["judgement"]["verdict"] == "none"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run", "nowhere/rai.yaml"), "no project file"),
        (("run", "--only", "AA-03"), "Did you mean 'AA-0"),
        (("run", "--report", "htm"), "Did you mean 'html'"),
        (("run", "--as-of", "23/11/2026"), "YYYY-MM-DD"),
        (("run", "--as-of", "2999-01-01"), "in the future"),
        (("run", "--stage", "approve"), "would loosen it"),
        (("explain", "selection-rat"), "Did you mean 'selection-rate'"),
        (("explain", "AA-09"), "Did you mean 'AA-0"),
        (("policy", "check", "baselin"), "Did you mean 'baseline'"),
        (("report", "rai.yaml"), "is not JSON"),
        (("judge", "policy.yaml"), "is not JSON"),
        (("demo", "nothing"), "no example"),
        (("rum",), "Did you mean 'run'"),
    ],
)
def test_usage_that_cannot_be_used_is_one_line_and_exit_2(tmp_path, cli, monkeypatch, words, says):
    write_project(tmp_path, lines=FAIR)
    monkeypatch.chdir(tmp_path)

    code, out, err = cli(*words)

    assert code == 2
    assert says in err
    assert not out
    assert "Traceback" not in err
    assert not (tmp_path / "rai-output").exists()


def test_measure_then_judge_gives_what_run_gives(tmp_path, cli):
    path = write_project(tmp_path, lines=UNFAIR)
    (tmp_path / "decisions.csv").rename(tmp_path / "kept.csv")
    (tmp_path / "kept.csv").rename(tmp_path / "decisions.csv")

    assert cli("measure", path)[0] == 0
    file = tmp_path / "rai-output" / "measurements.json"
    whole = json.loads(file.read_text())
    (tmp_path / "decisions.csv").rename(tmp_path / "away.csv")
    code, out, _ = cli("judge", file, "--json")
    (tmp_path / "away.csv").rename(tmp_path / "decisions.csv")
    ran, again, _ = cli("run", path, "--json")

    one, two = json.loads(out), json.loads(again)
    assert (code, ran) == (1, 1)
    assert whole["evidence_digest"] == two["measurements"]["evidence_digest"]
    assert {k: v for k, v in one.items() if k != "run"} == {
        k: v for k, v in two.items() if k != "run"
    }


def test_measurements_that_were_changed_are_refused(tmp_path, cli):
    cli("measure", write_project(tmp_path, lines=UNFAIR))
    file = tmp_path / "rai-output" / "measurements.json"
    file.write_text(file.read_text().replace('"x": 500', '"x": 1500'))

    code, _, err = cli("judge", file)

    assert code == 2
    assert "changed since it was measured" in err


def test_second_run_is_byte_identical_but_for_the_record_of_the_run(tmp_path, cli):
    path = write_project(tmp_path, lines=FAIR)
    cli("run", path)
    file = tmp_path / "rai-output" / "assessment.json"
    first = json.loads(file.read_text())
    cli("run", path)
    second = json.loads(file.read_text())

    assert first.pop("run") != second.pop("run")
    assert first == second


def test_attempts_count_changed_evidence_and_not_repeats(tmp_path, cli):
    path = write_project(tmp_path, lines=FAIR)
    file = tmp_path / "rai-output" / "assessment.json"

    def attempt():
        cli("run", path)
        return json.loads(file.read_text())["run"]["attempt"]

    assert [attempt(), attempt()] == [1, 1]
    write_project(tmp_path, lines=UNFAIR)
    assert [attempt(), attempt()] == [2, 2]


def signed(folder, digest, **changes):
    one = {
        "kind": "sign-off",
        "id": "S-1",
        "control": "AA-03",
        "statement": "released",
        "signed_by": {"role": "sro", "ref": "S9"},
        "signed_on": datetime.now(UTC).date().isoformat(),
        "evidence_digest": digest,
        **changes,
    }
    write_yaml(folder / "statements.yaml", {"schema": "rai-statements/1", "statements": [one]})


def test_sign_off_is_bound_to_the_evidence_and_does_not_undo_itself(tmp_path, cli):
    controls = {"AA-03": {**RULE, "parts": [SIGN]}, "AA-01": {**RULE, "parts": [RATIO_SYSTEM]}}
    signed(tmp_path, "0" * 64)
    path = write_project(tmp_path, lines=FAIR, controls=controls, statements=["statements.yaml"])
    assert cli("run", path)[0] == 4
    file = tmp_path / "rai-output" / "assessment.json"
    signed(tmp_path, json.loads(file.read_text())["measurements"]["evidence_digest"])

    assert cli("run", path)[0] == 0
    write_project(tmp_path, lines=UNFAIR, controls=controls, statements=["statements.yaml"])
    assert cli("run", path)[0] == 4


RATIO_SYSTEM = {"check": "system-record", "limit": LIMIT}


def test_waiver_with_an_impossible_date_stops_the_run(tmp_path, cli):
    path = write_project(tmp_path, lines=FAIR, statements=["statements.yaml"])
    signed(tmp_path, "0" * 64, signed_on="31/02/2027")

    code, _, err = cli("run", path)

    assert code == 2
    assert err.count("\n") == 1
    assert "statements.yaml line" in err


def test_verify_agrees_and_notices_each_kind_of_change(tmp_path, cli):
    cli("run", write_project(tmp_path, lines=UNFAIR))
    file = tmp_path / "rai-output" / "assessment.json"

    assert cli("verify", file, "--data", tmp_path, "--rejudge")[0] == 0
    whole = file.read_text()
    file.write_text(whole.replace('"verdict": "fail"', '"verdict": "pass"'))
    code, out, _ = cli("verify", file, "--rejudge")
    assert code == 1
    assert "content digest" in out
    assert "recorded 'pass', judged again 'fail'" in out
    file.write_text(whole)
    with (tmp_path / "decisions.csv").open("a") as stream:
        stream.write("a,yes\n")
    assert "not the file that was measured" in cli("verify", file, "--data", tmp_path)[1]


def test_report_renders_again_without_data(tmp_path, cli):
    cli("run", write_project(tmp_path, lines=UNFAIR))
    (tmp_path / "decisions.csv").unlink()
    file = tmp_path / "rai-output" / "assessment.json"

    code, out, err = cli(
        "report", file, "-r", "markdown:-", "-r", "junit", "-r", f"html:{tmp_path / 'r.html'}"
    )

    assert code == 0
    assert out
    assert (tmp_path / "r.html").is_file()
    assert "wrote" in err


def test_files_fit_their_published_schemas(tmp_path, cli):
    cli("run", write_project(tmp_path, lines=SMALL))
    for name in ("assessment", "measurements"):
        schema = json.loads(cli("schema", name)[1])
        file = json.loads((tmp_path / "rai-output" / f"{name}.json").read_text())
        jsonschema.Draft202012Validator(schema).validate(file)


def test_explain_list_and_policy_speak(tmp_path, cli, monkeypatch):
    write_project(tmp_path, lines=FAIR)
    monkeypatch.chdir(tmp_path)

    assert "What it measures" in cli("explain", "selection-rate")[1]
    assert "Severity  high" in cli("explain", "AA-02")[1]
    assert "selection-rate" in cli("list")[1]
    assert json.loads(cli("list", "policies", "--json")[1])
    assert "controls" in cli("policy", "check", "uk-local-government")[1]
    shown = cli("policy", "show", "uk-local-government", "--origin")[1]
    assert "# uk-local-government.yaml line" in shown
    assert "# baseline.yaml line" in shown


def test_no_data_value_is_in_any_file_or_stream(tmp_path, cli):
    planted = "Zebedee-Quux-7391"
    lines = [*FAIR, f"{planted},yes", f"a,{planted}"]
    tables = {"decisions": decisions(group=GROUP, says=PREDICTION)}
    code, out, err = cli("run", write_project(tmp_path, lines=lines, tables=tables), "-v")

    assert code in {0, 4}
    assert planted not in out + err
    for path in (*(tmp_path / "rai-output").iterdir(), tmp_path / ".rai" / "history.jsonl"):
        assert planted not in path.read_text("utf-8"), path.name


def test_two_runs_at_once_one_is_refused_with_one_line(tmp_path, cli):
    from rai_check.files import one_at_a_time

    path = write_project(tmp_path, lines=FAIR)
    with one_at_a_time(tmp_path / ".rai"):
        code, _, err = cli("run", path)

    assert code == 2
    assert "another run is at work" in err


def test_interrupted_run_leaves_the_old_results_whole_and_is_on_record(tmp_path):
    path = write_project(tmp_path, lines=FAIR)
    code = (
        "import sys, rai_check.measuring as m\n"
        "from rai_check.cli import main\n"
        "def stop(*_, **__): raise KeyboardInterrupt\n"
        "if sys.argv[1] == 'stop': m._Bench.item = stop\n"
        "main(['run', sys.argv[2]])"
    )

    def run(word):
        words = [sys.executable, "-c", code, word, str(path)]
        return subprocess.run(words, capture_output=True, text=True, check=False, env=os.environ)

    assert run("go").returncode == 0
    before = (tmp_path / "rai-output" / "assessment.json").read_bytes()
    stopped = run("stop")

    assert stopped.returncode == 130
    assert stopped.stderr.strip() == "interrupted"
    assert (tmp_path / "rai-output" / "assessment.json").read_bytes() == before
    lines = (tmp_path / ".rai" / "history.jsonl").read_text().splitlines()
    kinds = [json.loads(line)["kind"] for line in lines]
    assert kinds == ["run", "aborted"]
    assert run("go").returncode == 0


def test_replay_of_yesterday_never_gives_a_verdict(tmp_path, cli):
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()

    assert cli("run", write_project(tmp_path, lines=FAIR), "--as-of", yesterday)[0] == 6


def test_measurements_of_a_past_day_are_a_replay_whenever_they_are_judged(tmp_path, cli):
    path = write_project(tmp_path, lines=FAIR)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
    cli("measure", path, "--as-of", yesterday)

    code, out, _ = cli("judge", tmp_path / "rai-output" / "measurements.json")

    assert code == 6
    assert "past day" in out


@pytest.mark.parametrize("what", ["data", "project", "policy"])
def test_judge_refuses_measurements_of_what_has_changed_since(tmp_path, cli, what):
    path = write_project(tmp_path, lines=FAIR)
    cli("measure", path)
    if what == "data":
        (tmp_path / "decisions.csv").write_text("group,says\na,yes\n")
    elif what == "project":
        path.write_text(path.read_text().replace("name: System", "name: Another"))
    else:
        policy = tmp_path / "policy.yaml"
        policy.write_text(policy.read_text().replace("max: '1.25'", "max: '1.2'"))

    code, _, err = cli("judge", tmp_path / "rai-output" / "measurements.json")

    assert code == 2
    assert "measure again" in err


def test_partial_run_leaves_the_complete_assessment_whole(tmp_path, cli):
    path = write_project(tmp_path, lines=FAIR)
    cli("run", path)
    file = tmp_path / "rai-output" / "assessment.json"
    before = file.read_bytes()

    assert cli("run", path, "--only", "AA-01")[0] == 6

    assert file.read_bytes() == before
    assert (tmp_path / "rai-output" / "partial" / "assessment.json").exists()


@pytest.mark.parametrize("name", ["decisions.csv", "rai.yaml", "policy.yaml", ".rai/history.jsonl"])
def test_result_is_never_written_over_what_the_project_is_made_of(tmp_path, cli, name):
    path = write_project(tmp_path, lines=FAIR)
    cli("run", path)
    before = (tmp_path / name).read_bytes()

    code, _, err = cli("run", path, "-r", f"html:{tmp_path / name}")

    assert code == 2
    assert "write the result elsewhere" in err
    assert (tmp_path / name).read_bytes() == before


def test_assessment_with_a_key_of_its_own_is_not_agreed_to(tmp_path, cli):
    cli("run", write_project(tmp_path, lines=FAIR))
    file = tmp_path / "rai-output" / "assessment.json"
    file.write_text(file.read_text().replace("{", '{"more": "text",', 1))

    code, _, err = cli("verify", file)

    assert code == 2
    assert "not as this tool wrote it" in err


def test_history_that_is_a_link_is_refused(tmp_path, cli):
    path = write_project(tmp_path, lines=FAIR)
    (tmp_path / ".rai").mkdir()
    (tmp_path / ".rai" / "history.jsonl").symlink_to(tmp_path / "elsewhere")

    code, _, err = cli("run", path)

    assert code == 2
    assert "is a link" in err
    assert not (tmp_path / "elsewhere").exists()


def test_controls_left_out_of_a_run_were_not_tried(tmp_path, cli):
    path = write_project(tmp_path, lines=FAIR)
    cli("run", path, "--only", "AA-01")
    cli("run", path)

    file = tmp_path / "rai-output" / "assessment.json"
    assert json.loads(file.read_text())["run"]["attempt"] == 1


def test_fault_nobody_foresaw_is_not_the_code_for_fail(tmp_path, cli, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("EHC-000001")

    monkeypatch.setattr("rai_check.assess.measure_project", broken)

    code, out, err = cli("run", write_project(tmp_path, lines=FAIR))

    assert code == 3
    assert "ZeroDivisionError" in err
    assert "EHC" not in out + err


def test_report_that_cannot_be_drawn_loses_neither_the_verdict_nor_the_others(
    tmp_path, cli, monkeypatch
):
    def broken(_):
        raise ValueError("EHC-000001")

    monkeypatch.setattr("rai_check.reports.html.render.render", broken)
    path = write_project(tmp_path, lines=FAIR)

    code, out, err = cli("run", path, "-r", "html", "-r", "junit")

    assert code == 3
    assert out.strip().splitlines()[-1].startswith("Release")
    assert "ValueError" in err
    assert "EHC" not in out + err
    written = {p.suffix for p in (tmp_path / "rai-output").iterdir()}
    assert ".xml" in written
    assert ".html" not in written
