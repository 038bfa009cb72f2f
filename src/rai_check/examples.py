"""The worked examples that come with the package: found, copied out, and compared with the answer.

An example's own scripts make its statements, in a process of their own: they are plain Python
without rai-check, and modules of two examples may have one name.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rai_check.capabilities import missing_parts
from rai_check.errors import RaiCheckError, UsageError, did_you_mean
from rai_check.files import write_atomically
from rai_check.judgement import Judged, Judgement
from rai_check.outcome import Outcome
from rai_check.shipped import shipped_folder

SCRIPT = "make_example.py"
SHARED = "_making"
"""Folder with what the scripts of all examples use; a copy holds it inside."""
ANSWER = "answer.json"
TASK = "TASK.md"
PROJECT = "rai.yaml"
TO_MEND = "before"
"""Variant that an exercise begins with."""
MARK = ".rai-example"
"""File that says whose copy a folder is."""
_SECONDS = 120
_LEFT = frozenset({"__pycache__", "rai-output", ".rai"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What must come out of one variant."""

    verdict: str
    exit: int
    outcomes: Mapping[str, str]
    """Item → outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedExample:
    """One worked example, where the package keeps it."""

    name: str
    home: Path
    about: str
    variants: Mapping[str, Expected]

    def copy_to(self, folder: Path) -> bool:
        """Copy the example out, over an earlier copy of it; return whether there was one.

        Raises:
            UsageError: the folder holds something else, or cannot be written.
        """
        again = _is_free(folder, self.name)
        for path, source in _files(self.home):
            write_atomically(folder / path, source.read_bytes())
        for path, source in _files(self.home.parent / SHARED):
            write_atomically(folder / SHARED / path, source.read_bytes())
        _mark(folder, self.name)
        return again

    def copy_exercise_to(self, folder: Path, as_of: date) -> None:
        """Copy out what a learner begins with: the project to mend and the task, no answers.

        Raises:
            UsageError: there is something in the folder, which may be someone's work.
        """
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(
                f"{str(folder)!r} is there already and may hold your work; choose another "
                "--output, or move it away."
            )
        for path, source in _files(self.home / TO_MEND):
            write_atomically(folder / path, source.read_bytes())
        with tempfile.TemporaryDirectory(prefix="rai-check-") as place:
            made = Path(place) / TO_MEND
            write_atomically(made / PROJECT, (self.home / TO_MEND / PROJECT).read_bytes())
            self.make_statements(made, as_of)
            for path, source in _files(made):
                write_atomically(folder / path, source.read_bytes())
        write_atomically(folder / TASK, (self.home / TASK).read_bytes())

    def make_statements(self, folder: Path, as_of: date, digest: str | None = None) -> None:
        """Let the example's script date the statements of one variant, and sign what has a digest.

        Raises:
            RaiCheckError: the script stopped.
        """
        more = () if digest is None else ("--digest", digest)
        script = str(self.home / SCRIPT)
        command = [sys.executable, "-B", "-X", "utf8", script, "statements", str(folder)]
        done = subprocess.run(  # noqa: S603 - our own script
            [*command, "--as-of", str(as_of), *more],
            check=False, capture_output=True, encoding="utf-8", errors="replace",
            timeout=_SECONDS, env={**os.environ, "PYTHONSAFEPATH": ""},
        )  # fmt: skip
        if done.returncode:
            said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise RaiCheckError(f"the script of the example {self.name!r} stopped: {said}")


def examples() -> dict[str, ShippedExample]:
    """Every example that is whole, by name."""
    folder = shipped_folder("fixtures")
    found = (_example(path.parent) for path in sorted(folder.glob(f"*/{SCRIPT}")))
    return {one.name: one for one in found if one is not None}


def find_example(name: str) -> ShippedExample:
    """The example of that name.

    Raises:
        UsageError: there is none.
    """
    known = examples()
    if name not in known:
        listed = ", ".join(known)
        raise UsageError(
            f"there is no example {name!r}.{did_you_mean(name, known)} There are: {listed}."
        )
    return known[name]


def surprises(expected: Expected, judgement: Judgement) -> tuple[str, ...]:
    """How an assessment differs from the answer; nothing where it is the answer.

    What a light installation leaves out is missing, and no surprise.
    """
    found = {item.id: item for item in judgement.items}
    names = [*expected.outcomes, *(name for name in found if name not in expected.outcomes)]
    differ = [
        f"{name} is {found[name].outcome.value if name in found else 'not there'}, "
        f"not {expected.outcomes.get(name, 'there')}"
        for name in names
        if not _as_said(expected.outcomes.get(name), found.get(name))
    ]
    if not missing_parts() and judgement.verdict.value != expected.verdict:
        differ.append(f"the verdict is {judgement.verdict.value}, not {expected.verdict}")
    return tuple(differ)


def _as_said(wanted: str | None, item: Judged | None) -> bool:
    if item is None or wanted is None:
        return False
    return item.outcome.value == wanted or _is_left_out(item)


def _is_left_out(item: Judged) -> bool:
    """Whether an item is missing because a part of rai-check is not installed."""
    parts = missing_parts()
    return item.outcome is Outcome.MISSING and any(
        part in line.reason for line in item.lines for part in parts
    )


def _example(home: Path) -> ShippedExample | None:
    """The example in a folder; None where it has no answer to compare with."""
    path = home / ANSWER
    if not path.is_file():
        return None
    data = json.loads(path.read_text("utf-8"))
    return ShippedExample(
        name=home.name,
        home=home,
        about=data["about"],
        variants={
            variant: Expected(
                verdict=answer["verdict"],
                exit=answer["exit"],
                outcomes={name: item["outcome"] for name, item in answer["items"].items()},
            )
            for variant, answer in data["variants"].items()
        },
    )


def _files(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Files to copy: their place in the folder, and where they are."""
    for source in sorted(folder.rglob("*")):
        path = source.relative_to(folder)
        if source.is_file() and not _LEFT & {*path.parts}:
            yield path, source


def _is_free(folder: Path, name: str) -> bool:
    """Whether a folder is an earlier copy; False where there is nothing in it.

    Raises:
        UsageError: it holds something else.
    """
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return False
    mark = folder / MARK
    if not folder.is_dir() or not mark.is_file() or mark.read_text("utf-8").strip() != name:
        raise UsageError(f"{str(folder)!r} holds something else; choose another --output.")
    return True


def _mark(folder: Path, name: str) -> None:
    write_atomically(folder / MARK, f"{name}\n".encode())
