"""Files that were looked at, without a disk."""

from pathlib import Path

import pyarrow as pa
import pytest

from rai_check.intake.look import Given, LookedAt, linked
from rai_check.intake.profile import profile
from rai_check.tables import from_frame


@pytest.fixture
def looked():
    """Make what `look_at` gives of tables: file name → columns."""

    def make(**tables):
        files = []
        for name, columns in tables.items():
            table = from_frame(pa.table(columns), name=name)
            profiles = tuple(profile(table, column) for column in columns)
            files.append(
                LookedAt(given=Given(path=Path(f"{name}.csv")), table=table, columns=profiles)
            )
        return linked(tuple(files))

    return make
