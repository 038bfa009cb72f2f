"""A file with nothing wrong, faults planted in it, and what a survey says of it."""

from datetime import date, timedelta

import pandas as pd

from rai_check.project.columns import ColumnFile
from rai_check.survey import survey
from rai_check.tables import from_frame, open_table

TODAY = date(2026, 11, 23)
ETHNIC = ["White British", "White Irish", "Black Caribbean", "Indian"]


def table(**columns):
    """An open table of columns of text."""
    return from_frame(pd.DataFrame(columns, dtype="object"), name="t")


def looked(declared=None, **columns):
    """The survey of columns, with what a project declares of them."""
    given = {name: ColumnFile.model_validate(spec) for name, spec in (declared or {}).items()}
    return survey(table(**columns), TODAY, declared=given)


def surveyed(path):
    """The survey of a file."""
    held = open_table(path, name="t")
    try:
        return survey(held, TODAY)
    finally:
        held.close()


def kinds(found):
    """(kind, column, how much it matters) of every notice."""
    return {(one.kind, one.column, one.sort) for one in found.notices}


def told(found, kind):
    """What the notices of a kind say."""
    return [one.says for one in found.notices if one.kind == kind]


def clean(n=200):
    """Columns in which nothing is to be mended or looked at."""
    days = [TODAY - timedelta(days=i) for i in range(n)]
    return {
        "case ref": [f"R{i:05d}" for i in range(n)],
        "decided on": [str(day) for day in days],
        "ethnicity": [ETHNIC[i % 4] for i in range(n)],
        "score": [str(10 + i % 90) for i in range(n)],
    }


def with_(column, changes, n=200):
    """The same with the first values of a column changed."""
    columns = clean(n)
    columns[column][: len(changes)] = changes
    return columns
