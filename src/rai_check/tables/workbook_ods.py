"""Measuring an .ods: how far its sheets reach, repeated cells and rows counted as often.

Source: OpenDocument 1.3 part 3, 9.1 (tables) and 19.610 ff. (repeated, visibility).
"""

from dataclasses import dataclass, field

from rai_check.tables.workbook_package import Package, plain, xml_parser
from rai_check.tables.workbook_stats import Counting, Measured

_CONTENT = "content.xml"
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_HIDDEN = frozenset({"filter", "collapse"})


def measure_ods(data: bytes, where: str) -> Measured:
    """Measure an .ods.

    Raises:
        DataError: it unpacks to too much.
        ValueError: it is damaged.
    """
    package = Package(data, where)
    content = _Content()
    parser = xml_parser()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = content.start, content.end
    package.parse(_CONTENT, parser)
    package.must_be_sound()
    sheets = tuple(sheet.stats() for sheet in content.sheets)
    return Measured(sheets=sheets, labelled=package.labelled, at_once=True)


@dataclass(slots=True)
class _Content:
    """Where the parser is: sheet, row and column, from zero."""

    sheets: list[Counting] = field(default_factory=list)
    _depth: int = 0
    _row: int = 0
    _rows: int = 1
    _column: int = 0
    _columns: int = 1
    _column_definition: int = 0
    _filled: bool = False
    _row_filled: bool = False
    _row_hidden: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        name = plain(name)
        if name == "table":
            self._depth += 1
            if self._depth == 1:
                self.sheets.append(Counting())
                self._row = self._column_definition = 0
            return
        if self._depth != 1:
            return
        if name in _CELLS:
            said = {plain(key): value for key, value in attributes.items()}
            self._columns = _times(said.get("number-columns-repeated"))
            self._filled = "value-type" in said or "formula" in said
        elif name == "p":
            self._filled = True
        elif name == "table-row":
            said = {plain(key): value for key, value in attributes.items()}
            self._rows = _times(said.get("number-rows-repeated"))
            self._column, self._row_filled = 0, False
            self._row_hidden = said.get("visibility") in _HIDDEN
        elif name == "table-column":
            self._define({plain(key): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        """End an element."""
        name = plain(name)
        if name == "table":
            self._depth -= 1
        elif self._depth == 1 and name in _CELLS:
            self._column += self._columns
            if self._filled:
                self.sheets[-1].cell(self._row + self._rows - 1, self._column - 1)
                self._filled, self._row_filled = False, True
        elif self._depth == 1 and name == "table-row":
            self._row += self._rows
            if self._row_hidden and self._row_filled:
                self.sheets[-1].hidden_rows += self._rows

    def _define(self, said: dict[str, str]) -> None:
        times = _times(said.get("number-columns-repeated"))
        if said.get("visibility") in _HIDDEN:
            self.sheets[-1].hide(self._column_definition, self._column_definition + times - 1)
        self._column_definition += times


def _times(written: str | None) -> int:
    if written is None:
        return 1
    if not (written.isascii() and written.isdigit() and len(written) < 10):  # noqa: PLR2004 - fits 32 bits
        raise ValueError("a number of repetitions is none")
    return int(written)
