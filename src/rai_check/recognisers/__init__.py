"""UK personal identifiers: recognisers, and the column classifier that believes them or not.

The only package that imports presidio and spaCy, and both only when a scan begins.
"""

from rai_check.recognisers.column import ColumnScan, Found, looks_like_identifier, scan_column
from rai_check.recognisers.kinds import KINDS, NOT_LOOKED_FOR, Kind, kind_named, kind_names
from rai_check.recognisers.scanner import Scanner
from rai_check.recognisers.text import LONGEST
from rai_check.recognisers.wording import coverage_notes, declared_note, scan_notes

__all__ = [
    "KINDS",
    "LONGEST",
    "NOT_LOOKED_FOR",
    "ColumnScan",
    "Found",
    "Kind",
    "Scanner",
    "coverage_notes",
    "declared_note",
    "kind_named",
    "kind_names",
    "looks_like_identifier",
    "scan_column",
    "scan_notes",
]
