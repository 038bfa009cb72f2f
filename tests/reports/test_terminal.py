import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from rai_check.assessment import Assessment
from rai_check.disclosure import public
from rai_check.reports import board, terminal

COLOUR = re.compile(r"\x1b\[[\d;]*m")


def test_terminal_fits_eighty_columns(case: tuple[str, Assessment]) -> None:
    for text in (terminal.render(case[1]), terminal.render(case[1], verbose=True)):
        assert max(len(row) for row in text.splitlines()) <= 80


def test_terminal_when_narrower_wraps_to_that(make: SimpleNamespace) -> None:
    text = terminal.render(make.everything(), width=60)

    assert max(len(row) for row in text.splitlines()) <= 60


def test_terminal_last_line_starts_with_the_verdict(case: tuple[str, Assessment]) -> None:
    starts = {
        "everything": "Do not release.",
        "passing": "Release.",
        "referred": "Refer:",
        "incomplete": "Incomplete assessment",
        "audited": "Audit only",
        "broken": "No verdict.",
        "kinds": "Do not release.",
    }

    assert terminal.render(case[1]).splitlines()[-1].startswith(starts[case[0]])


def test_terminal_without_colour_has_no_control_character(case: tuple[str, Assessment]) -> None:
    text = terminal.render(case[1], verbose=True)

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_terminal_colour_adds_styles_and_nothing_else(case: tuple[str, Assessment]) -> None:
    coloured = terminal.render(case[1], colour=True)

    assert COLOUR.search(coloured)
    assert COLOUR.sub("", coloured) == terminal.render(case[1])
    assert "\x1b" not in COLOUR.sub("", coloured)


def test_terminal_shows_passes_only_when_verbose(make: SimpleNamespace) -> None:
    assert "pass[GOV-01]" not in terminal.render(make.everything())
    assert "pass[GOV-01]" in terminal.render(make.everything(), verbose=True)


def test_terminal_collapses_missing_statements_by_owner(make: SimpleNamespace) -> None:
    text = terminal.render(make.everything())

    assert "missing[GOV-09]" not in text
    assert "Who owes what\n  data protection officer\n    - DP-02" in text


def test_terminal_puts_failures_before_the_rest(make: SimpleNamespace) -> None:
    text = terminal.render(make.everything())
    heads = re.findall(r"^([a-z][a-z ,()]*)\[[A-Z]", text, re.MULTILINE)

    assert heads == [
        "fail",
        "fail",
        "fail, covered",
        "could not run",
        "inconclusive",
        "inconclusive (does not gate)",
        "inconclusive, covered",
    ]


def test_terminal_when_tried_again_says_which_attempt(make: SimpleNamespace) -> None:
    assert "Attempt 3 on different evidence" in terminal.render(make.everything())


def test_terminal_when_hostile_shows_what_it_neutralised(make: SimpleNamespace) -> None:
    text = terminal.render(make.everything())

    assert "\\x1b[2J\\x1b]0;owned\\x07 Irish / Traveller" in text
    assert "Roma \\u202egnp.exe" in text


def test_terminal_encodes_in_a_narrow_locale(make: SimpleNamespace) -> None:
    assert terminal.render(make.everything(), verbose=True).encode("ascii")


def test_control_text_is_one_block_with_every_line(make: SimpleNamespace) -> None:
    shown = public(make.everything())
    item = next(i for i in shown.items if i.id == "FA-08[sex]")

    text = terminal.control_text(item, shown)

    assert text.startswith("inconclusive, covered[FA-08[sex]]: Similar rates of missed cases\n")
    assert text.count("that needed it") == 2
    assert "  Female: 40 of 170 records that needed it were missed (24%)" in text


@pytest.mark.parametrize("extra", [0, 200])
def test_terminal_when_the_reason_is_long_still_ends_with_the_verdict(
    make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, extra: int
) -> None:
    monkeypatch.setattr(board, "verdict_reason", lambda _: f"Because {'x ' * extra}.")

    assert terminal.render(make.everything()).splitlines()[-1].startswith("Do not release.")


def test_terminal_when_incomplete_says_so_once_whatever_the_verdict(make: SimpleNamespace) -> None:
    incomplete = make.incomplete()
    failed = replace(make.everything(), partial=("1 of 12 controls were chosen",))

    for assessment in (incomplete, failed):
        text = terminal.render(assessment)
        assert text.count("1 of 12 controls were chosen.") == 1
        assert "Incomplete: 1 of 12 controls were chosen.\n" in text
