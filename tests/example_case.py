"""What the tests of the worked examples share: make one, run the gate on it, read the answer."""

import csv
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from rai_check.assess import judge, measure
from rai_check.assessment import Assessment
from rai_check.outcome import Outcome

FIXTURES = Path(__file__).parents[1] / "fixtures"
COMMITTED_ON = "2026-11-23"
"""Day that the committed statements are dated for."""
FURTHER_SEEDS = range(1, 21)


def today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One worked example as it is committed."""

    name: str

    @property
    def home(self) -> Path:
        return FIXTURES / self.name

    @property
    def answer(self):
        return json.loads((self.home / "answer.json").read_text("utf-8"))

    @property
    def variants(self) -> tuple[str, ...]:
        return tuple(self.answer["variants"])

    def script(self, *arguments: object) -> "subprocess.CompletedProcess[str]":
        """Run make_example.py as a reader would, from anywhere."""
        command = [sys.executable, "-B", str(self.home / "make_example.py"), *map(str, arguments)]
        return subprocess.run(
            command, check=False, capture_output=True, encoding="utf-8", timeout=120
        )

    def makes(self, *arguments: object) -> None:
        done = self.script(*arguments)
        assert done.returncode == 0, done.stderr

    def made(self, folder: Path, seed: int | None = None) -> Path:
        """The example written anew into a folder, its statements dated for today."""
        self.makes("data", folder, *(() if seed is None else ("--seed", seed)))
        self.makes("statements", folder, "--as-of", today())
        return folder

    def assessed(
        self, folder: Path, variants: Sequence[str] | None = None
    ) -> dict[str, Assessment]:
        """Measure each variant, let the script sign what was measured, judge."""
        found = {}
        for variant in self.variants if variants is None else variants:
            project = folder / variant / "rai.yaml"
            measured = measure(project)
            digest = measured.evidence_digest
            self.makes("statements", folder / variant, "--as-of", today(), "--digest", digest)
            found[variant] = judge(measured, project)
        return found

    def wanted(self, variant: str) -> dict[str, str]:
        items = self.answer["variants"][variant]["items"]
        return {name: item["outcome"] for name, item in items.items()}

    def wanted_lines(self, variant: str) -> dict[str, dict[str, str]]:
        items = self.answer["variants"][variant]["items"].items()
        return {name: item["lines"] for name, item in items if item["lines"]}

    def is_the_answer(self, variant: str, assessment: Assessment) -> None:
        """Every item, every group that the answer speaks of, the verdict and the exit code."""
        wanted = self.answer["variants"][variant]
        differ = differing_items(got(assessment), self.wanted(variant))
        assert not differ, differ
        lines, expected = got_lines(assessment), self.wanted_lines(variant)
        differ = differing_items({name: lines.get(name) for name in expected}, expected)
        assert not differ, differ
        assert assessment.judgement.verdict.value == wanted["verdict"]
        assert assessment.judgement.exit == wanted["exit"]

    def value_of(self, expression: str, modules: str = "chance, parameters") -> object:
        """What an expression of the example's own modules gives, as JSON."""
        code = f"import json, {modules}; print(json.dumps({expression}))"
        env_path = f"import sys; sys.path.append({str(FIXTURES)!r}); "
        done = subprocess.run(
            [sys.executable, "-B", "-c", env_path + code],
            check=True, capture_output=True, encoding="utf-8", cwd=self.home,
        )  # fmt: skip
        return json.loads(done.stdout)

    def rows(self, variant: str, file: str, encoding: str = "utf-8") -> list[dict[str, str]]:
        with (self.home / variant / file).open(encoding=encoding, newline="") as stream:
            return list(csv.DictReader(stream))


def got(assessment: Assessment) -> dict[str, str]:
    return {item.id: item.outcome.value for item in assessment.judgement.items}


def got_lines(assessment: Assessment) -> dict[str, dict[str, str]]:
    """Item → group → worst outcome of its lines, for items judged group by group."""
    found: dict[str, dict[str, list[Outcome]]] = {}
    for item in assessment.judgement.items:
        for line in item.lines:
            place = dict(line.measurement.where) if line.measurement else {}
            if item.group and item.group in place:
                found.setdefault(item.id, {}).setdefault(place[item.group], []).append(line.outcome)
    return {
        item: {label: Outcome.worst(outcomes).value for label, outcomes in groups.items()}
        for item, groups in found.items()
    }


def differing_items(found: dict[str, object], wanted: dict[str, object]) -> dict[str, object]:
    """Item → what was found and what was wanted, where the two differ."""
    names = sorted({*found, *wanted})
    pairs = {name: (found.get(name), wanted.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def differing(home: Path, folder: Path) -> list[str]:
    """Files that are not as committed; a workbook's parts unpacked, since zlib builds differ."""
    return [
        name for name in _names(home, folder) if _content(home / name) != _content(folder / name)
    ]


def _names(home: Path, folder: Path) -> Iterator[str]:
    written = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    kept = {
        str(p.relative_to(home))
        for variant in json.loads((home / "answer.json").read_text("utf-8"))["variants"]
        for p in (home / variant).rglob("*")
        if p.is_file()
    }
    yield from sorted(written | kept)


def _content(path: Path) -> object:
    if not path.is_file():
        return None
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]
