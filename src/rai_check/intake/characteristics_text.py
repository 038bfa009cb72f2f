"""The nine protected characteristics in the project file: what is claimed of each, or is open."""

from rai_check.intake.draft import Draft
from rai_check.intake.recorded import not_usable
from rai_check.intake.yaml_text import comment, scalar
from rai_check.project.columns import Characteristic

_MARRIAGE = "Part 3 (services) does not apply to it (Equality Act 2010, section 28(1)(b))."
_YOUNG = (
    "Of age: it is not a relevant characteristic of people under 18 in services "
    "(Equality Act 2010, section 28(1)(a))."
)


def characteristic_lines(draft: Draft) -> list[str]:
    """Lines of `characteristics`, with a comment where nothing can be claimed yet."""
    held, unused = draft.held(), not_usable(draft)
    lines = comment(
        "The nine protected characteristics of the Equality Act 2010: held (a column of the "
        "decisions table records it), held_in_part, not_held and why, not_applicable and the law."
    )
    settled = [one for one in Characteristic if one not in unused or _is_no_matter(one, draft)]
    lines += ["characteristics:" if settled else "characteristics: {}"]
    for one in Characteristic:
        if one in settled:
            lines += [f"  {one.value}: {_position(one, draft, held=one in held)}"]
        else:
            lines += comment(_unsettled(one, unused[one]), "  ")
    young = Characteristic.AGE not in held and draft.about == "services"
    return [*lines, *comment(_YOUNG, "  ")] if young else lines


def _unsettled(characteristic: Characteristic, table: str) -> str:
    """Neither held (no result can use it) nor not held (a file has it): nothing is claimed."""
    return (
        f"TODO {characteristic.value}: table {table} records it, but no column of the decisions "
        f"gives it to a result yet. Once one does, write: {characteristic.value}: "
        "{position: held}"
    )


def _is_no_matter(characteristic: Characteristic, draft: Draft) -> bool:
    marriage = characteristic is Characteristic.MARRIAGE_AND_CIVIL_PARTNERSHIP
    return marriage and draft.about == "services"


def _position(characteristic: Characteristic, draft: Draft, *, held: bool) -> str:
    if held:
        return "{position: held}"
    if _is_no_matter(characteristic, draft):
        return f"{{position: not_applicable, why_in_law: {scalar(_MARRIAGE)}}}"
    why = draft.why_not_held or "TODO why it is not recorded"
    return f"{{position: not_held, why: {scalar(why)}}}"
