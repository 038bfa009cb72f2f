"""`rai-check check-data` as an officer meets it: files alone, beside a project, and broken ones."""

import json

import pytest

from projects import GROUP, PREDICTION, decisions, write_project
from rai_check.cli import main

CLEAN = ["ref,ethnicity,paid"] + [
    f"R{i:04d},{['White British', 'Indian'][i % 2]},{100 + i}" for i in range(60)
]


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as done:
        main(["check-data", *map(str, arguments)])
    said = capsys.readouterr()
    return done.value.code, said.out, said.err


def write(path, lines, encoding="utf-8"):
    path.write_text("\n".join(lines) + "\n", encoding)
    return path


def test_clean_file_ends_in_nought_and_says_so(tmp_path, capsys):
    code, out, _ = run(capsys, write(tmp_path / "clean data.csv", CLEAN))

    assert code == 0
    assert out.startswith("clean data.csv\n")
    assert "60 rows, 3 columns." in out
    assert "Nothing was found that has to be mended first." in out
    assert "rai-check init" in out
    assert max(map(len, out.splitlines())) <= 80


def test_damaged_file_ends_in_one_with_the_worst_first(tmp_path, capsys):
    lines = [*CLEAN, *["1.23457E+11,Martian,5"] * 12]
    code, out, _ = run(capsys, write(tmp_path / "data.csv", lines))

    assert code == 1
    assert (
        out.index("To mend before anything else") < out.index("To look at") < out.index("Columns")
    )
    assert "Martian" not in out


def test_file_that_cannot_be_read_ends_in_two_and_the_others_are_shown(tmp_path, capsys):
    good = write(tmp_path / "good.csv", CLEAN)
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"")

    code, out, err = run(capsys, bad, good, tmp_path / "absent.csv")

    assert code == 2
    assert "good.csv" in out
    assert "bad.xlsx" in err
    assert "absent.csv was not found" in err


def test_options_say_how_a_file_is_read(tmp_path, capsys):
    lines = ["x;1", "a;b", "c;2", "d;3"]
    path = write(tmp_path / "odd.csv", lines)

    code, out, _ = run(capsys, path, "--header-row", "2", "--delimiter", ";")

    assert code == 0
    assert "column names from row 2" in out


def test_json_is_for_programs_and_has_no_small_count(tmp_path, capsys):
    lines = [*CLEAN, "R0001,Indian,7"]
    code, out, _ = run(capsys, write(tmp_path / "data.csv", lines), "--json")

    found = json.loads(out)
    assert code == 1
    assert found["schema"] == "rai-data-survey/1"
    assert found["controls"] == []
    (file,) = found["files"]
    assert (file["file"], file["rows"]) == ("data.csv", 60)
    (mend,) = [one for one in file["notices"] if one["sort"] == "mend"]
    assert (mend["kind"], mend["column"]) == ("key-repeats", "ref")
    assert "fewer than 10" in mend["says"]


RACE = {**GROUP, "characteristic": "race"}


def project(folder, lines, **columns):
    """A project under the UK policy, whose decisions table is the file."""
    declared = {"group": RACE, "says": PREDICTION, **columns}
    write_project(
        folder,
        lines=lines,
        header=",".join(declared),
        tables={"decisions": decisions(**declared)},
        policy="uk-local-government",
        stage="approve",
    )
    return folder / "decisions.csv"


def outcomes(out):
    return {one["control"]: one["outcome"] for one in json.loads(out)["controls"]}


def test_project_beside_the_file_has_its_data_controls_tried(tmp_path, capsys):
    path = project(tmp_path, ["a,yes", "b,no"] * 100)

    code, out, _ = run(capsys, path, "--json")

    found = outcomes(out)
    assert found["DP-04"] == "pass"
    assert found["DP-12"] == "pass"
    assert found["DP-13"] == "pass"
    assert found["DP-14[group]"] == "not_applicable"
    assert not set(found) & {"FA-06[group]", "DP-03", "GOV-01"}
    assert code == 0


def test_control_that_fails_ends_in_one(tmp_path, capsys):
    path = project(tmp_path, ["a,yes,9", "b,no,8"] * 100, note={"means": "other"})

    code, out, _ = run(capsys, path, "--json")

    assert outcomes(out)["DP-04"] == "fail"
    assert code == 1


def keeping(folder, area, policy="uk-local-government"):
    """The project with a step that keeps the rows of one area only."""
    step = {"keep": {"column": "group", "values": [area]}}
    table = {**decisions(group=RACE, says=PREDICTION), "derive": [step]}
    path = project(folder, ["a,yes", "b,no"] * 100)
    write_project(folder, tables={"decisions": table}, policy=policy, stage="approve")
    return path


@pytest.mark.parametrize("policy", ["uk-local-government", "policy.yaml"])
def test_step_that_leaves_no_row_ends_in_one_and_is_named(tmp_path, capsys, policy):
    code, out, _ = run(capsys, keeping(tmp_path, "Zzq", policy))

    assert code == 1
    said = " ".join(out.split())
    assert "To mend: Step 1 of table 'decisions' (" in said
    assert "leaves no row of 200 rows" in said
    assert "Zzq" not in out

    code, out, _ = run(capsys, keeping(tmp_path, "Zzq", policy), "--json")
    assert (code, len(json.loads(out)["steps_to_mend"])) == (1, 1)

    code, out, _ = run(capsys, keeping(tmp_path, "a", policy), "--json")
    assert (code, json.loads(out)["steps_to_mend"]) == (0, [])


def test_it_is_said_that_controls_are_a_part_and_no_run_is_recorded(tmp_path, capsys):
    path = project(tmp_path, ["a,yes", "b,no"] * 100)

    _, out, _ = run(capsys, path)

    assert "there is no verdict" in " ".join(out.split())
    assert "pass[DP-12]" in out
    assert not (tmp_path / ".rai").exists()


def test_project_that_does_not_name_the_file_is_let_be(tmp_path, capsys):
    project(tmp_path, ["a,yes", "b,no"] * 100)

    code, out, _ = run(capsys, write(tmp_path / "other.csv", CLEAN), "--json")

    assert code == 0
    assert outcomes(out) == {}


def test_broken_project_beside_the_file_is_told_and_the_file_is_looked_at(tmp_path, capsys):
    (tmp_path / "rai.yaml").write_text("schema: other/1\n", "utf-8")
    path = write(tmp_path / "data.csv", CLEAN)

    code, out, err = run(capsys, path)
    assert (code, "60 rows" in out) == (0, True)
    assert "is not used" in err

    code, out, err = run(capsys, path, "--project", tmp_path)
    assert (code, out) == (2, "")
    assert "'schema' must be" in err


def test_project_whose_policy_is_not_there_does_not_hide_the_page(tmp_path, capsys):
    path = project(tmp_path, ["a,yes", "b,no"] * 100)
    text = (tmp_path / "rai.yaml").read_text("utf-8")
    (tmp_path / "rai.yaml").write_text(text.replace("uk-local-government", "nobodys"), "utf-8")

    code, out, err = run(capsys, path)

    assert code == 2
    assert "200 rows" in out
    assert "nobodys" in err


def test_project_asked_for_that_is_not_there_is_a_fault(tmp_path, capsys):
    code, _, err = run(capsys, write(tmp_path / "a.csv", CLEAN), "--project", tmp_path / "r.yaml")

    assert code == 2
    assert "no project file" in err


def test_no_cell_of_any_file_is_printed(tmp_path, capsys):
    secret = "Zzqx" * 3
    lines = ["ref,born,note,n"] + [f"{secret},{secret},{secret},{i}" for i in range(30)]
    path = write(tmp_path / "data.csv", lines)

    for extra in ([], ["--json"]):
        _, out, err = run(capsys, path, *extra)
        assert secret not in out + err


def test_colour_is_left_out_where_nobody_asked_for_it(tmp_path, capsys):
    _, out, _ = run(capsys, write(tmp_path / "data.csv", CLEAN))

    assert "\x1b" not in out
