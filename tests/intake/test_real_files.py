"""Real files of councils and police forces: described, or said plainly why not."""

from datetime import date
from pathlib import Path

import pytest

from rai_check.errors import DataError
from rai_check.intake.answers import Answers
from rai_check.intake.look import Given, look_at
from rai_check.intake.propose import propose
from rai_check.intake.save import save_draft
from rai_check.intake.writer import render

DATA = Path(__file__).parents[2] / "../shared/data"
FILES = sorted(
    path
    for folder in ("messy", "stop_and_search", "sen2", "compas")
    for path in (DATA / folder).glob("*.*")
    if path.suffix in {".csv", ".xlsx"}
)
FEW = 3


def refuse(given, fault):
    del given
    raise fault


def described(path, folder):
    try:
        looked = look_at([Given(path=path)], mend=refuse)
    except DataError as why:
        return str(why)
    draft = propose(looked, Answers.all_unknown(), folder)
    looked.close()
    return save_draft(render(draft, date(2026, 1, 2)), folder / "rai.yaml")


@pytest.mark.skipif(not FILES, reason="the shared data is not here")
def test_a_few_real_files_give_a_project_that_reads_back(tmp_path):
    for path in sorted(FILES, key=lambda one: one.stat().st_size)[:FEW]:
        (tmp_path / path.stem).mkdir()
        assert described(path, tmp_path / path.stem)


@pytest.mark.slow
@pytest.mark.skipif(not FILES, reason="the shared data is not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_real_file_gives_a_project_or_the_reason(tmp_path, path):
    found = described(path, tmp_path)

    assert found if not isinstance(found, str) else path.name in found
