"""The project file as written: it reads back as drafted, whatever the names and values."""

import os
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rai_check.errors import UsageError
from rai_check.intake.draft import Confidence, Draft, DraftColumn, DraftPlan, DraftTable
from rai_check.intake.save import must_be_free, save_draft
from rai_check.intake.writer import render
from rai_check.project import Characteristic, Meaning, Role

DAY = date(2026, 1, 2)
NAME = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
    lambda text: text == text.strip() and bool(text)
)
WORST = ("no: #", "'", '"', "- ", "{", "[", "~", "007", "2026-01-01", "x\u2028y", "a\n  b: c", "é",
         "\U0001f600", "y\x85x", "x" * 2000)  # fmt: skip


def column(name, **more):
    return DraftColumn(
        name=name, means=more.pop("means", Meaning.OTHER), confidence=Confidence.GUESS,
        why=f"because of {name}", purpose=name[:3000], notes=(name,), **more,
    )  # fmt: skip


def draft(*columns, **more):
    table = DraftTable(
        name="decisions", path="a: b #c/d.csv", role=Role.DECISIONS, why="w", columns=columns
    )
    return Draft(tables=(table,), policy="uk-local-government", policy_why="w", **more)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(NAME, min_size=3, max_size=6, unique=True))
def test_any_names_and_values_read_back_as_drafted(tmp_path, names):
    group = column(
        names[0], means=Meaning.GROUP, labels=((names[1], "One"), (names[2], "Two")),
        characteristic=Characteristic.RACE,
    )  # fmt: skip
    tool = column(
        names[1], means=Meaning.PREDICTION, positive=(names[0],), negative=tuple(names[1:3]),
        positive_is="favourable",
    )  # fmt: skip
    rest = [column(name) for name in names[2:]]
    path = tmp_path / "rai.yaml"
    path.unlink(missing_ok=True)

    file = save_draft(render(draft(group, tool, *rest), DAY), path)

    read = file.tables["decisions"].columns
    assert list(read) == names
    assert read[names[0]].labels == {names[1]: "One", names[2]: "Two"}
    assert read[names[1]].positive == (names[0],)
    assert read[names[1]].negative == tuple(names[1:3])


@pytest.mark.parametrize("name", WORST)
def test_worst_names_and_answers_read_back(tmp_path, name):
    name = name.strip()
    facts = (("name", name), ("decides", name))
    whole = draft(
        column(name), system=facts, why_not_held=name, plan=DraftPlan(harm=name, base_rate=0.25)
    )

    file = save_draft(render(whole, DAY), tmp_path / "rai.yaml")

    assert list(file.tables["decisions"].columns) == [name]
    assert (file.system.name, file.system.decides) == (name, name)
    assert file.fairness_plan.harm == name
    assert file.fairness_plan.base_rate == 0.25
    assert file.characteristics[Characteristic.RACE].why == name


def test_plan_without_an_expected_share_is_a_comment_with_what_was_said(tmp_path):
    text = render(draft(column("x"), plan=DraftPlan(harm="A child waits.")), DAY)

    assert save_draft(text, tmp_path / "rai.yaml").fairness_plan is None
    assert "#   harm: A child waits." in text


def test_comment_lines_of_the_plan_are_a_plan_once_they_are_filled_in(tmp_path):
    lines = render(draft(column("x")), DAY).replace("yyyy-mm-dd", "2026-01-02").split("\n")
    start = lines.index("# fairness_plan:")
    plan = [line.removeprefix("# ").replace("0.xx", "0.3") for line in lines[start : start + 6]]

    file = save_draft("\n".join([*lines[:start], *plan]) + "\n", tmp_path / "rai.yaml")

    assert file.fairness_plan.base_rate == 0.3


def test_draft_too_large_to_be_read_is_not_written(tmp_path):
    many = [column(f"{n} {'x' * 900}") for n in range(400)]

    with pytest.raises(UsageError, match="would not be read back"):
        save_draft(render(draft(*many), DAY), tmp_path / "rai.yaml")
    assert list(tmp_path.iterdir()) == []


def test_fault_of_a_draft_never_quotes_what_is_in_it(tmp_path):
    text = render(draft(column("x")), DAY).replace("means: other", "means: secret-value")

    with pytest.raises(UsageError) as fault:
        save_draft(text, tmp_path / "rai.yaml")
    assert "secret" not in str(fault.value)
    assert fault.value.__cause__ is None


def test_nothing_is_overwritten_not_even_a_file_that_came_meanwhile(tmp_path):
    path = tmp_path / "rai.yaml"
    path.write_text("mine", "utf-8")

    with pytest.raises(UsageError, match="never overwritten"):
        save_draft(render(draft(column("x")), DAY), path)
    assert path.read_text("utf-8") == "mine"
    assert [p.name for p in tmp_path.iterdir()] == ["rai.yaml"]


def test_drive_without_hard_links_is_written_to_as_well(tmp_path, monkeypatch):
    def refused(*_):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    path = tmp_path / "rai.yaml"
    save_draft(render(draft(column("x")), DAY), path)

    assert path.is_file()
    with pytest.raises(UsageError):
        must_be_free(path)


def test_same_draft_gives_the_same_bytes():
    assert render(draft(column("x")), DAY) == render(draft(column("x")), DAY)
