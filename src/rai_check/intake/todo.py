"""What is still to be done, the most important first."""

from rai_check.intake.draft import Draft, DraftColumn
from rai_check.project.columns import Meaning
from rai_check.project.file import TODO

_FACTS = ("name", "version", "organisation", "purpose", "owner_role", "decides",
          "human_involvement", "changed_on")  # fmt: skip


def still_to_do(draft: Draft) -> tuple[str, ...]:
    """Return what only a person can add, one sentence each, in the order in which it matters."""
    columns = [column for table in draft.tables for column in table.columns]
    found = [
        _answer(draft),
        _undated(columns),
        _identifying(columns),
        _plan(draft),
        _facts(draft),
        _positions(draft),
        _purposes(columns),
        _suggested(draft),
    ]
    return tuple(text for text in found if text)


def _answer(draft: Draft) -> str | None:
    held = draft.decisions.columns if draft.decisions else ()
    if any(column.means is Meaning.PREDICTION for column in held):
        return None
    return "Say which column is the system's answer: without it no result can be compared."


def _undated(columns: list[DraftColumn]) -> str | None:
    n = sum(one.means is Meaning.DATE and not one.written and bool(one.notes) for one in columns)
    return f"Say how {_of(n, 'date column')} {_is(n)} written (written: dd/mm/yyyy)." if n else None


def _identifying(columns: list[DraftColumn]) -> str | None:
    n = sum(bool(column.identifiers) for column in columns)
    if not n:
        return None
    who = f"{_of(n, 'column')} {'looks' if n == 1 else 'look'} like personal identifiers"
    return f"{who}: leave {_it(n)} out, replace {_it(n)}, or say why."


def _plan(draft: Draft) -> str | None:
    if draft.plan.base_rate:
        return "Name the role that decided the fairness plan."
    return "Fill in the fairness plan before you look at any result."


def _facts(draft: Draft) -> str | None:
    n = len(_FACTS) - len(draft.system)
    return f"Give {_of(n, 'fact')} of the system ({TODO} under `system`)."


def _positions(draft: Draft) -> str | None:
    return None if draft.why_not_held else "Say why the other characteristics are not recorded."


def _purposes(columns: list[DraftColumn]) -> str | None:
    n = sum((column.purpose or "").startswith(TODO) for column in columns)
    return (
        f"Say what {_of(n, 'column')} {_is(n)} for, or leave {_it(n)} out of the file."
        if n
        else None
    )


def _suggested(draft: Draft) -> str | None:
    n = sum(step.suggested for table in draft.tables for step in table.derive)
    return f"Look at {_of(n, 'suggested step')} that only you can decide on." if n else None


def _of(n: int, word: str) -> str:
    return f"{n} {word}{'' if n == 1 else 's'}"


def _is(n: int) -> str:
    return "is" if n == 1 else "are"


def _it(n: int) -> str:
    return "it" if n == 1 else "them"
