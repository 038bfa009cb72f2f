"""The forms in which a column's dates or numbers are written."""

from enum import StrEnum


class Written(StrEnum):
    """How a column's dates or numbers are written, where text does not say so by itself."""

    ISO = "yyyy-mm-dd"
    """Also with slashes or dots, or as eight digits, and with a time after it."""
    DAY_FIRST = "dd/mm/yyyy"
    """Also with dots, hyphens or blanks, two digits of a year, and a time after it."""
    MONTH_FIRST = "mm/dd/yyyy"
    NAMED_MONTH = "dd mon yyyy"
    """As in 3 Jan 2026, 03-Jan-26 or 3 January 2026."""
    EXCEL_SERIAL = "excel serial"
    """Days since 30 December 1899, as a workbook's dates come out when saved as numbers."""
    NUMBER = "number"
    """With thousands separators, as in 1,234.50."""
    PERCENT = "percent"
    """As in 12.5%, read as 0.125."""
    POUNDS = "pounds"
    """As in £1,234.50 or (£12), the brackets a minus."""

    @property
    def is_day(self) -> bool:
        """Whether it is a form of dates, not of numbers."""
        return self in _DAYS


_DAYS = frozenset(
    {
        Written.ISO,
        Written.DAY_FIRST,
        Written.MONTH_FIRST,
        Written.NAMED_MONTH,
        Written.EXCEL_SERIAL,
    }
)
