import subprocess
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest

from rai_check.assessment import Assessment, read_assessment
from rai_check.canonical import digest
from rai_check.reports import FORMATS


def test_formats_are_the_five_with_a_file_name_each() -> None:
    assert sorted(FORMATS) == ["html", "json", "junit", "markdown", "terminal"]
    assert len({file for _, file in FORMATS.values()}) == 5


@pytest.mark.parametrize("name", FORMATS)
def test_format_when_rendered_twice_gives_the_same_bytes(
    case: tuple[str, Assessment], name: str
) -> None:
    assert FORMATS[name].render(case[1]) == FORMATS[name].render(case[1])


def test_json_when_read_back_is_the_assessment(
    make: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = make.everything()
    policy = made.measurements.policy
    policy = replace(policy, sha256=digest(policy.content))
    measurements = make.sealed(replace(made.measurements, policy=policy))
    sealed = make.sealed(replace(made, measurements=measurements))
    file = tmp_path_factory.mktemp("json") / FORMATS["json"].file
    file.write_text(FORMATS["json"].render(sealed), encoding="utf-8")

    assert read_assessment(file).judgement == sealed.judgement


def test_reports_when_imported_load_no_template_engine_or_data_library() -> None:
    script = (
        "import sys, rai_check.reports;"
        "print([m for m in ('jinja2', 'pandas', 'numpy', 'duckdb', 'scipy') if m in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert found.stdout.strip() == "[]"


def test_terminal_when_imported_loads_no_template_engine() -> None:
    script = "import sys, rai_check.reports.terminal; print('jinja2' in sys.modules)"
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert found.stdout.strip() == "False"
