"""The project file as text: every proposal with its reason, every gap marked TODO."""

from datetime import date

from rai_check.intake.characteristics_text import characteristic_lines
from rai_check.intake.columns_text import column_lines
from rai_check.intake.draft import Draft, DraftStep, DraftTable, Value
from rai_check.intake.yaml_text import comment, listed, scalar
from rai_check.project.columns import Meaning
from rai_check.project.file import SCHEMA
from rai_check.project.table_file import Role

_FACTS = (
    ("name", "TODO what colleagues call the system"),
    ("version", "TODO the version in use, or the day it was last changed"),
    ("organisation", "TODO the organisation that answers for it"),
    ("purpose", "TODO what it is for, and for whom"),
    ("owner_role", "TODO the role that answers for it, such as head of service"),
    ("decides", "TODO what it decides or suggests"),
    ("human_involvement", "TODO who looks at its answers, and what they can change"),
)
_HEAD = (
    "A first draft by `rai-check init`. Read it through: whoever keeps this file answers for it.",
    "A line that begins with # says why something is proposed, and how sure that is.",
    "What is marked TODO counts as missing until somebody says it; nothing is guessed.",
)


def render(draft: Draft, today: date) -> str:
    """Return the text of the project file.

    Args:
        draft: what is proposed and what was answered.
        today: the day on which the fairness plan was made, if it was.
    """
    lines = [line for text in _HEAD for line in comment(text)]
    lines += [f"schema: {SCHEMA}", ""]
    lines += [*_system(draft), "", "stage: release"]
    lines += [*comment(f"{draft.policy}: {draft.policy_why}."), f"policy: {draft.policy}", ""]
    lines += ["tables:"]
    for table in draft.tables:
        lines += _table(table)
    lines += [
        "",
        *characteristic_lines(draft),
        "",
        *_plan(draft, today),
        "",
        *_population(draft),
        *_statements(),
    ]
    return "\n".join(lines) + "\n"


def _system(draft: Draft) -> list[str]:
    given = dict(draft.system)
    lines = ["system:"]
    lines += [f"  {name}: {scalar(given.get(name, todo))}" for name, todo in _FACTS]
    day = "Day of the last material change of the system or its data; remove the # to give it:"
    return [*lines, *comment(day, "  "), "  # changed_on: yyyy-mm-dd"]


def _table(table: DraftTable) -> list[str]:
    lines = [
        *comment(_sentence(table.why), "  "),
        f"  {table.name}:",
        f"    path: {scalar(table.path)}",
    ]
    lines += [f"    role: {table.role.value}"]
    lines += [f"    sheet: {scalar(table.sheet)}"] if table.sheet else []
    lines += [f"    header_row: {table.header_row}"] if table.header_row else []
    if any(column.means is Meaning.DATE for column in table.columns):
        period = "The period that the rows should be of, by one of the date columns:"
        lines += [*comment(period, "    "), "    # covers: {column: ..., from: ..., to: ...}"]
    lines += _derive(table.derive)
    if table.role in {Role.DECISIONS, Role.GOLDEN_CASES}:
        lines += _no_answer_yet(table)
    lines += ["    columns:"]
    for column in table.columns:
        lines += column_lines(column)
    return lines


def _no_answer_yet(table: DraftTable) -> list[str]:
    if any(column.means is Meaning.PREDICTION for column in table.columns):
        return []
    if table.role is Role.GOLDEN_CASES:
        text = (
            "TODO: no column means `prediction` yet, so that the golden cases are compared with "
            "nothing, unless the project has a model. Of the column with what the system gave each "
            "case, write: means: prediction, positive: [one side of its values], positive_is: "
            "favourable (or unfavourable) for the person."
        )
        return comment(text, "    ")
    text = (
        "TODO: no column means `prediction` yet, so that every control on results is missing. Of "
        "the column with the system's answer, write: means: prediction, positive: [the values "
        "that pick a person], positive_is: favourable (or unfavourable)."
    )
    return comment(text, "    ")


def _derive(steps: tuple[DraftStep, ...]) -> list[str]:
    live = [step for step in steps if not step.suggested]
    lines = ["    derive:"] if live else []
    for step in live:
        lines += [*comment(_sentence(step.why), "      "), f"      - {_step(step)}"]
    for step in steps:
        if step.suggested:
            lines += comment(f"Suggested, under `derive:`. {_sentence(step.why)}", "    ")
            lines += comment(f"- {_step(step)}", "    ")
    return lines


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _step(step: DraftStep) -> str:
    body = ", ".join(f"{name}: {_value(value)}" for name, value in step.body)
    return f"{step.kind}: {{{body}}}"


def _value(value: Value) -> str:
    if not isinstance(value, tuple):
        return scalar(value) if isinstance(value, str) else str(value)
    pairs = [one for one in value if isinstance(one, tuple)]
    if pairs:
        return f"{{{', '.join(f'{scalar(a)}: {scalar(b)}' for a, b in pairs)}}}"
    return listed(tuple(one for one in value if not isinstance(one, tuple)))


def _plan(draft: Draft, today: date) -> list[str]:
    """The plan as it was made, or as a comment where what it cannot do without is not known."""
    plan = draft.plan
    held = [one.words for one in draft.held()] or ["every protected group"]
    question = f"Do results differ by {', '.join(held)}, and if so, for whose disadvantage?"
    body = [
        f"  question: {scalar(question)}",
        f"  harm: {scalar(plan.harm or 'TODO what happens to a person whom it gets wrong')}",
        f"  decided_on: {today.isoformat() if plan.base_rate else 'yyyy-mm-dd'}",
        "  decided_by_role: TODO the role that decided this, such as equality lead",
        f"  base_rate: {plan.base_rate or '0.xx'}",
    ]
    lines = comment(
        "The fairness plan, made before anyone saw a result. base_rate is the share of people "
        "whom you expect the system to pick."
    )
    if plan.base_rate:
        return [*lines, "fairness_plan:", *body]
    lines += comment("TODO: fill it in, and remove the # and the blank after it from its lines.")
    return [*lines, "# fairness_plan:", *(f"# {line}" for line in body)]


def _population(draft: Draft) -> list[str]:
    """What the data could be compared with, as a suggestion; a table of their own is better."""
    if any(table.role is Role.REFERENCE for table in draft.tables):
        return []
    text = (
        "Does the data resemble the people it could be about? Name a table of them (role: "
        "reference, with a column of counts), or, if that is everybody who lives in England, "
        "remove the # from the next line:"
    )
    return [*comment(text), "# facts: {reference_population: census-2021-england}", ""]


def _statements() -> list[str]:
    text = (
        "What people have to say and sign (the DPIA is done, who approved what) goes into files of "
        "its own, named here: statements: [statements.yaml]"
    )
    return comment(text)
