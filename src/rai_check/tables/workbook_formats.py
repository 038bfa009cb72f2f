"""Numbers that a workbook shows with noughts before them: "000012" is stored as 12.

Only formats of noughts alone are taken, such as ``000000``, as identifiers have them; the others
say how a quantity is to look. Source: ECMA-376 part 1, 18.8.30 (numFmt) and 18.8.10 (cellXfs).
"""

import re
from collections.abc import Mapping, MutableSequence

from rai_check.tables.workbook_package import Package, plain, xml_parser

_NOUGHTS = re.compile(r"0{2,30}")
_FIRST_OWN = 164
"""Formats with lower numbers are Excel's own, and none of them is of noughts alone."""


def digits_shown(code: str) -> int:
    """Return how many digits a format of noughts alone shows at least; 0 for any other format."""
    return len(code) if _NOUGHTS.fullmatch(code) else 0


def padding_formats(package: Package, part: str) -> Mapping[int, int]:
    """Return how many digits a cell of an .xlsx shows at least, by style of the cell.

    Args:
        package: of the workbook.
        part: its styles, such as ``xl/styles.xml``.

    Raises:
        ValueError: the part is no XML.
    """
    if not package.has(part):
        return {}
    codes: dict[str, int] = {}
    used: list[str] = []
    within: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        within.append(plain(name))
        _meet(within, attributes, codes, used)

    parser = xml_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: within.pop() and None
    package.parse(part, parser)
    return {style: codes[format_] for style, format_ in enumerate(used) if format_ in codes}


def _meet(
    within: MutableSequence[str],
    attributes: Mapping[str, str],
    codes: dict[str, int],
    used: MutableSequence[str],
) -> None:
    """Note a format of noughts, or the format that the next style of cells has."""
    id_ = attributes.get("numFmtId", "")
    if within[-2:] == ["cellXfs", "xf"]:
        used.append(id_)
    elif within[-2:] == ["numFmts", "numFmt"] and id_.isdecimal() and int(id_) >= _FIRST_OWN:
        digits = digits_shown(attributes.get("formatCode", ""))
        codes |= {id_: digits} if digits else {}
