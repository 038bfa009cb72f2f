"""A workbook's file: read once, known by its digest, measured before it is opened."""

import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO

from rai_check.errors import DataError
from rai_check.reading import Remark
from rai_check.tables.contents import Content, content_of
from rai_check.tables.foreign import guarded
from rai_check.tables.sealed import refusal
from rai_check.tables.workbook_ods import measure_ods
from rai_check.tables.workbook_stats import Measured, SheetStats
from rai_check.tables.workbook_xls import measure_xls
from rai_check.tables.workbook_xlsb import measure_xlsb
from rai_check.tables.workbook_xlsx import measure_xlsx

LARGEST_FILE = 256 << 20
"""Bytes of a workbook as it lies on the disk; Excel itself labours long before."""
_MEASURES: Mapping[Content, Callable[[bytes, str], Measured]] = MappingProxyType(
    {
        Content.XLSX: measure_xlsx,
        Content.XLSB: measure_xlsb,
        Content.XLS: measure_xls,
        Content.ODS: measure_ods,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFile:
    """A workbook's bytes, their SHA-256 (hex), and what was measured in them."""

    where: str
    data: bytes
    fingerprint: str
    measured: Measured

    @property
    def damaged(self) -> str:
        """What to say where other code cannot read it."""
        return damaged(self.where)

    def stats(self, at: int) -> SheetStats:
        """Return what was measured of the sheet at a place among all.

        Raises:
            DataError: there is none, which is to say that the file is damaged.
        """
        if at >= len(self.measured.sheets):
            raise DataError(f"{self.damaged}.")
        return self.measured.sheets[at]

    def remarks(self) -> tuple[Remark, ...]:
        """Return what to say of the file as a whole."""
        if not self.measured.labelled:
            return ()
        text = (
            "The workbook carries a sensitivity label, which does not encrypt it: what is made "
            "of it is to be handled as the label says."
        )
        return (Remark(text=text),)


def book_file(file: BinaryIO, where: str) -> BookFile:
    """Read a workbook's file.

    Raises:
        DataError: it is too large, sealed, damaged, or no workbook.
    """
    data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise DataError(
            f"{where} is larger than {LARGEST_FILE >> 20} MiB, too large for a workbook; save its "
            "table as CSV UTF-8, which is read in parts."
        )
    content = content_of(io.BytesIO(data))
    if content not in _MEASURES:
        raise refusal(content, where)
    return BookFile(
        where=where,
        data=data,
        fingerprint=hashlib.sha256(data).hexdigest(),
        measured=guarded(lambda: _MEASURES[content](data, where), damaged(where)),
    )


def damaged(where: str) -> str:
    """Return what to say of a workbook that other code cannot read."""
    return (
        f"{where} is damaged, or of a form that is not read; open it in Excel and save it as .xlsx"
    )
