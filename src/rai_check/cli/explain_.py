"""`rai-check explain`: the page of a check, or why a control exists."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rai_check.cli.console import finishing
from rai_check.cli.shared import PROJECT
from rai_check.errors import UsageError, did_you_mean
from rai_check.outcome import Exit
from rai_check.reports.escape import visible

if TYPE_CHECKING:
    from rai_check.check import Check, Parameter
    from rai_check.policy.model import Part


@click.command("explain")
@click.argument("name")
@click.option("--policy", help="Policy that has the control (default: the project's, or shipped).")
@finishing
def command(name: str, policy: str | None) -> Exit:
    """Explain a check (selection-rate) or a control (FA-06)."""
    from rai_check.registry import check_ids, get_check

    if name.casefold() in check_ids():
        _page(_check(get_check(name.casefold())))
    else:
        _page(_control(name, policy))
    return Exit.PASS


def _page(text: str) -> None:
    for line in text.splitlines():
        click.echo(visible(line))


def _check(check: "Check") -> str:
    """The page of a check, then what a policy may say of it."""
    given = check.described()
    width = max((len(one.name) for one in given), default=0)
    lines = [f"- {one.name:<{width}}  {_given(one, check)}" for one in given]
    return "\n".join(
        [
            f"{check.id}: {check.title}",
            "",
            check.doc,
            "",
            "In a policy",
            f"Needs: {', '.join(need.replace('_', ' ') for need in check.needs) or 'nothing'}",
            "Parameters (with):" if given else "Parameters: none",
            *lines,
            f"limit: {limit_words(check)}",
        ]
    )


def _given(one: "Parameter", check: "Check") -> str:
    if one.name == "by" and check.per_group:
        return "a group column; `per: group` runs the check once for each and fills it in"
    takes = one.takes
    if one.name == "against" and takes == "text" and one.default == "rest":
        takes = "rest (everyone else), all-pairs or a group's name"
    return f"{takes}; {'required' if one.default is None else f'default {one.default}'}"


def limit_words(check: "Check") -> str:
    """Kinds of limit that a policy may hold a check against: ``of ratio or difference``."""
    if check.id == "statement":  # judged from what people said, not measured
        return "none"
    *most, last = check.limits
    return f"of {', '.join(most)} or {last}" if most else f"of {last}"


def _part(part: "Part") -> str:
    limit = part.limit
    if limit is None:
        return part.check
    ends = [f"at least {limit.min:g}"] * (limit.min is not None)
    ends += [f"at most {limit.max:g}"] * (limit.max is not None)
    return f"{part.check} ({limit.of} {', '.join(ends)}; {limit.whose})"


def _same(name: str, known: Iterable[str]) -> str | None:
    """The name itself if it is known, else the first that differs from it in capitals only."""
    alike = [one for one in known if one.casefold() == name.casefold()]
    return name if name in alike else next(iter(alike), None)


def _control(name: str, policy: str | None) -> str:
    from rai_check.policy.load import find_policy, load_policy, shipped
    from rai_check.project import read_project
    from rai_check.registry import check_ids

    folder, name = Path.cwd(), name.partition("[")[0]
    if policy is None and (folder / PROJECT).is_file():
        policy = read_project(folder / PROJECT)[0].policy
    names = [policy] if policy else sorted(shipped(), reverse=True)
    known: set[str] = set(check_ids())
    for one in names:
        found = load_policy(find_policy(one, folder)).policy
        known |= set(found.controls)
        if own := _same(name, found.controls):
            name, control = own, found.controls[own]
            source = control.source
            checks = "; ".join(map(_part, control.parts))
            return (
                f"{name}: {control.title}\n\n{control.why}\n\n"
                f"Policy    {found.id} {found.version}\n"
                f"Severity  {control.severity.value}, from the {control.stage.value} stage\n"
                f"Checks    {checks}\n"
                f"Source    {source.title}, {source.reference} "
                f"(checked on {source.checked_on}, review by {source.review_by})"
            )
    raise UsageError(f"there is no check or control {name!r}.{did_you_mean(name, known)}")
