"""What is said of a scan in whole sentences; kinds and counts, no values."""

from collections.abc import Iterable, Sequence

from rai_check.recognisers.column import ColumnScan
from rai_check.recognisers.kinds import NOT_LOOKED_FOR, Kind, kind_names
from rai_check.recognisers.text import LONGEST

FEWEST = 10
"""Values of people from which on they are counted in a sentence."""

_AN = ("NHS", "IBAN", "IP", "e-mail", "address")


def scan_notes(scan: ColumnScan) -> tuple[str, ...]:
    """Return what a reader should know of a scan beside its number."""
    notes = []
    if checked := [kind for kind in scan.by_chance if kind.checksum]:
        notes.append(
            f"Values have the shape of {_one_of(checked)} but pass its checksum no more often "
            "than chance can explain."
        )
    if others := [kind for kind in scan.by_chance if not kind.checksum]:
        notes.append(f"Values have the shape of {_one_of(others)} but too few fit its rule.")
    if scan.reserved:
        values = f"{scan.reserved:,} values" if scan.reserved >= FEWEST else "Some values"
        kinds = ", ".join(scan.reserved_kinds)
        notes.append(f"{values} are from ranges reserved for tests ({kinds}).")
    if scan.cut:
        notes.append(
            f"A cell is longer than {LONGEST:,} characters; only so many of it were looked at."
        )
    return tuple(notes)


def declared_note(kinds: Iterable[str]) -> str:
    """Return what the project declares of a column; not its reason, which may name people."""
    return f"Declared kinds: {', '.join(sorted(kinds))}."


def coverage_notes() -> tuple[str, ...]:
    """Return the kinds that a scan looks for, and those that it does not."""
    return (
        f"Looked for: {', '.join(kind_names())}.",
        f"Not looked for: {', '.join(NOT_LOOKED_FOR)}.",
    )


def _one_of(kinds: Sequence[Kind]) -> str:
    named = [f"{'an' if kind.name.startswith(_AN) else 'a'} {kind.name}" for kind in kinds]
    return " or ".join([", ".join(named[:-1]), named[-1]] if named[1:] else named)
