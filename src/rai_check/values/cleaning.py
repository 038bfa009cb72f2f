"""What is taken off a cell before it is read: invisible characters, odd blanks and odd dashes."""

LONGEST = 64
"""Characters: nothing longer is a date or a number."""
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\ufeff"))
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_TABLE = {**_INVISIBLE, **_DASHES}


def cleaned(text: str) -> str:
    """Return a text with every run of blanks as one, or an empty text where it is too long.

    No-break blanks count as blanks; marks of direction, as Windows puts into copied dates, go; so
    does the apostrophe by which a spreadsheet marks a cell as text.
    """
    text = text.strip()
    if len(text) > LONGEST:
        return ""
    return " ".join(text.translate(_TABLE).split()).removeprefix("'")
