"""The run history: one hash-chained line for every run, failed and aborted ones too.

It counts attempts: distinct data, or meanings of it, judged under the same definition of a control.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from rai_check.canonical import digest
from rai_check.errors import UsageError

FILE = "history.jsonl"
START = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One run."""

    previous: str
    at: str
    """Wall-clock time, UTC, ISO 8601."""
    kind: str
    """`run`, `measure`, `judge` or `aborted`."""
    evidence_digest: str
    tried: str
    """Hash of the data and its meaning; distinct ones are attempts."""
    verdict: str
    definitions: Mapping[str, str]
    """Control id → hash of its definition in the resolved policy."""

    @property
    def hash(self) -> str:
        """SHA-256 of the entry, which the next one names."""
        return digest(asdict(self))


class History:
    """The history in a project's `.rai` folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self.entries = _read(self.path)

    @property
    def head(self) -> str:
        """Hash of the last entry."""
        return self.entries[-1].hash if self.entries else START

    def first_run_on(self, today: date) -> date:
        """Day of the first run on record, or today."""
        return min([today, *(date.fromisoformat(e.at[:10]) for e in self.entries[:1])])

    def attempt(self, tried: str, definitions: Mapping[str, str]) -> int:
        """Most distinct data that any control was held against, this included."""
        counts = [
            len(
                {tried}
                | {
                    e.tried
                    for e in self.entries
                    if e.tried and e.definitions.get(control) == definition
                }
            )
            for control, definition in definitions.items()
        ]
        return max(counts, default=1)

    def append(
        self,
        *,
        at: str,
        kind: str,
        evidence: str,
        tried: str,
        verdict: str,
        definitions: Mapping[str, str],
    ) -> None:
        """Add one line; the caller holds the folder's lock.

        Raises:
            UsageError: when the file cannot be written.
        """
        entry = Entry(
            previous=self.head,
            at=at,
            kind=kind,
            evidence_digest=evidence,
            tried=tried,
            verdict=verdict,
            definitions=dict(definitions),
        )
        try:
            with self.path.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(asdict(entry), sort_keys=True) + "\n")
        except OSError as refused:
            raise UsageError(
                f"{str(self.path)!r} cannot be written ({refused.strerror})."
            ) from None
        self.entries = (*self.entries, entry)


def _read(path: Path) -> tuple[Entry, ...]:
    if path.is_symlink():
        raise UsageError(f"{path.name} is a link; the history is kept in the project's own folder.")
    if not path.exists():
        return ()
    entries: list[Entry] = []
    previous = START
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError):
        raise UsageError(f"{path.name} cannot be read; restore it from a copy.") from None
    for number, line in enumerate(lines, start=1):
        entry = _entry(line)
        if entry is None:
            raise UsageError(f"{path.name} line {number} is not a history entry.")
        if entry.previous != previous:
            raise UsageError(
                f"{path.name} line {number} does not follow the line before it: "
                "the history has been changed. Restore it from a copy."
            )
        previous = entry.hash
        entries.append(entry)
    return tuple(entries)


def _entry(line: str) -> Entry | None:
    try:
        found = Entry(**json.loads(line))
        date.fromisoformat(found.at[:10])
        texts = (found.previous, found.kind, found.evidence_digest, found.tried, found.verdict)
        whole = all(isinstance(t, str) for t in texts) and isinstance(found.definitions, dict)
    except (ValueError, TypeError, RecursionError):
        return None
    return found if whole else None


DECIDES = ("parts", "floors", "per", "applies_when", "family")
"""Keys of a control that an outcome depends on; a title or a source is not a new definition."""


def definitions(content: Mapping[str, object]) -> dict[str, str]:
    """Hash of what decides each control of a resolved policy."""
    controls, families = content.get("controls"), content.get("families") or {}
    assert isinstance(controls, Mapping)  # noqa: S101 - the policy has been validated
    assert isinstance(families, Mapping)  # noqa: S101 - as above
    return {
        str(name): digest(
            [
                content.get("alpha"),
                families.get(control.get("family")),
                {key: control.get(key) for key in DECIDES},
            ]
        )
        for name, control in sorted(controls.items())
    }
