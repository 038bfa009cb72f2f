"""Machines that are not a developer's: odd folders, encodings, line ends, held files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import projects
import rai_check
from rai_check.errors import UsageError
from rai_check.files import write_atomically
from rai_check.tables import open_table
from rai_check.tables.engine import Engine

SRC = str(Path(rai_check.__file__).parents[1])
FOLDER = "OneDrive - Northmere County Council/Annual reviews [final] (2025-26) \u2013 copy's"
ABROAD = {"means": "group", "labels": {"a": "\u0141\u00f3d\u017a", "b": "Caf\u00e9"}}
PLAIN_LOCALE = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def run(folder, *words, **environment):
    """The command as a module, for machines where its own folder is not on the path."""
    done = subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-m", "rai_check", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": SRC, **environment},
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def make(folder, **changes):
    folder.mkdir(parents=True, exist_ok=True)
    lines = projects.rows(a_yes=300, a_no=300, b_yes=100, b_no=500)
    return projects.write_project(folder, lines=lines, **changes)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_label_that_the_screen_cannot_show_is_no_fault(tmp_path, encoding):
    table = projects.decisions(group=ABROAD, says=projects.PREDICTION)
    make(tmp_path, tables={"decisions": table})

    code, out, err = run(tmp_path, "run", PYTHONIOENCODING=encoding, **PLAIN_LOCALE)

    assert code == 1, err
    name = "\u0141\u00f3d\u017a"
    unknown = name.encode(encoding, errors="backslashreplace")
    assert unknown in out or name.encode() in out  # click takes an ASCII screen for a mistake
    warned = [line for line in err.splitlines() if b"EncodingWarning" in line]
    assert not [line for line in warned if line.startswith(SRC.encode())]


def test_document_on_standard_output_is_utf8_whatever_the_screen(tmp_path):
    table = projects.decisions(group=ABROAD, says=projects.PREDICTION)
    make(tmp_path, tables={"decisions": table})

    _, out, _ = run(tmp_path, "run", "-r", "html:-", PYTHONIOENCODING="cp1252", **PLAIN_LOCALE)

    assert "\u0141\u00f3d\u017a" in out.decode("utf-8")


def test_folder_with_blanks_brackets_and_accents_is_no_hindrance(tmp_path):
    folder = tmp_path / FOLDER
    make(folder)

    code, _, err = run(tmp_path, "run", str(folder))

    assert code == 1, err
    assert (folder / "rai-output" / "assessment.html").is_file()


def test_name_of_a_file_as_long_as_names_may_be_is_no_hindrance(tmp_path):
    name = "Annual reviews " + "x" * 230 + ".csv"
    make(tmp_path, tables={"decisions": {**projects.decisions(), "path": name}})
    (tmp_path / "decisions.csv").rename(tmp_path / name)

    code, _, err = run(tmp_path, "run")

    assert code == 1, err


def test_checkout_with_crlf_line_ends_gives_the_same_evidence(tmp_path):
    digests = []
    for name, end in (("lf", b"\n"), ("crlf", b"\r\n")):
        make(tmp_path / name)
        for file in ("rai.yaml", "policy.yaml"):
            path = tmp_path / name / file
            path.write_bytes(path.read_bytes().replace(b"\n", end))
        code, _, err = run(tmp_path / name, "measure")
        assert code == 0, err
        found = json.loads((tmp_path / name / "rai-output/measurements.json").read_text("utf-8"))
        digests.append(found["evidence_digest"])

    assert digests[0] == digests[1]


def test_file_held_by_another_program_is_said(tmp_path, monkeypatch):
    def held(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", held)

    with pytest.raises(UsageError, match="open in another program"):
        write_atomically(tmp_path / "report.html", b"x")

    assert list(tmp_path.iterdir()) == []


def test_parquet_with_a_pattern_for_a_name_is_read_where_links_are_forbidden(tmp_path, monkeypatch):
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = tmp_path / "Reviews [final].parquet"
    pq.write_table(pa.table({"a": ["x", "y", "x"]}), path)
    (tmp_path / "Reviews f.parquet").write_bytes(b"not this one")

    def forbidden(*_, **__):
        raise OSError(1314, "A required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", forbidden)
    table = open_table(path, name="t")

    assert list(table.distinct("a")) == [("x", 2), ("y", 1)]
    table.close()


def test_engine_leaves_no_copy_behind(tmp_path, monkeypatch):
    path = tmp_path / "a [b].parquet"
    path.write_bytes(b"PAR1")

    def forbidden(*_, **__):
        raise OSError(1314, "A required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", forbidden)
    engine = Engine(reads=path)
    directory = engine.directory
    engine.close()

    assert not directory.exists()
