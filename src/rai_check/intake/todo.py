"""What is still to be done, the most important first."""

from rai_check.intake.draft import Draft, DraftColumn
from rai_check.intake.recorded import not_usable, recorded
from rai_check.project.columns import Characteristic, Meaning
from rai_check.project.file import TODO
from rai_check.project.table_file import Role

_FACTS = ("name", "version", "organisation", "purpose", "owner_role", "decides",
          "human_involvement", "changed_on")  # fmt: skip


def still_to_do(draft: Draft) -> tuple[str, ...]:
    """Return what only a person can add, one sentence each, in the order in which it matters."""
    columns = [column for table in draft.tables for column in table.columns]
    found = [
        *_unjoined(draft),
        _answer(draft),
        _golden(draft),
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


def _unjoined(draft: Draft) -> list[str]:
    """Files whose groups reach no result, why, and what to do about it."""
    lost, held = not_usable(draft), draft.decisions
    joined = {one.other for one in held.derive if not one.suggested} if held else set()
    texts = []
    for table in draft.tables:
        gone = [one.words for one in recorded(table) if one in lost]
        if table.role is Role.LOOKUP and table.name not in joined and gone:
            texts.append(
                f"The decisions and {table.name} could not be joined, so there is no fairness "
                f"result by {', '.join(gone)}: {_hindrance(draft, table.name)}."
            )
    return texts


def _hindrance(draft: Draft, other: str) -> str:
    steps = draft.decisions.derive if draft.decisions else ()
    join = next((one for one in steps if one.other == other and one.suggested), None)
    if join:
        return join.why
    return "no column of both holds the same references; add one to both files, then run init again"


def _golden(draft: Draft) -> str | None:
    for table in draft.tables:
        outcome = any(column.means is Meaning.PREDICTION for column in table.columns)
        if table.role is Role.GOLDEN_CASES and not outcome:
            return (
                f"Say which column of {table.name} holds what the system gave: without it (or a "
                "model) the golden cases are compared with nothing."
            )
    return None


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
    known = {*draft.held(), *not_usable(draft)}
    done = draft.why_not_held or len(known) == len(Characteristic)
    return None if done else "Say why the other characteristics are not recorded."


def _purposes(columns: list[DraftColumn]) -> str | None:
    n = sum((column.purpose or "").startswith(TODO) for column in columns)
    return (
        f"Say what {_of(n, 'column')} {_is(n)} for, or leave {_it(n)} out of the file."
        if n
        else None
    )


def _suggested(draft: Draft) -> str | None:
    steps = [step for table in draft.tables for step in table.derive if step.kind != "join"]
    n = sum(step.suggested for step in steps)  # a join that cannot be made is listed first
    return f"Look at {_of(n, 'suggested step')} that only you can decide on." if n else None


def _of(n: int, word: str) -> str:
    return f"{n} {word}{'' if n == 1 else 's'}"


def _is(n: int) -> str:
    return "is" if n == 1 else "are"


def _it(n: int) -> str:
    return "it" if n == 1 else "them"
