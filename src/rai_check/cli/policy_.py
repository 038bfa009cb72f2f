"""`rai-check policy`: check a policy without data; show where each value comes from."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rai_check.cli.console import finishing, say
from rai_check.outcome import Exit
from rai_check.reports.escape import visible

if TYPE_CHECKING:
    from rai_check.policy.load import Resolved


@click.group("policy")
def command() -> None:
    """Check a policy, or show it with everything it extends."""


@command.command("check")
@click.argument("policy")
@finishing
def check(policy: str) -> Exit:
    """Check POLICY, a shipped name or a .yaml path: types, checks, parameters, ratchet.

    Warnings of limits that say less than they seem to, and of sources past their review, leave the
    exit code as it is.
    """
    found = _load(policy)
    for name, review_by in _stale(found, datetime.now(UTC).date()):
        say(f"warning: the source of {name} was to be reviewed by {review_by}")
    for sentence in _advice(found):
        say(f"warning: {sentence}")
    count = len(found.policy.controls)
    chain = " extends ".join(found.chain)
    click.echo(visible(f"{chain}: {count} controls, sha256 {found.sha256}"))
    return Exit.PASS


@command.command("show")
@click.argument("policy")
@click.option("--origin", is_flag=True, help="Say which file and line each value comes from.")
@finishing
def show(policy: str, origin: bool) -> Exit:  # noqa: FBT001 - a flag of the command line
    """Show POLICY resolved, one value to a line."""
    for key, value, place in _load(policy).origins():
        line = f"{key}: {value}" + (f"    # {place}" if origin else "")
        click.echo(visible(line))
    return Exit.PASS


def _load(policy: str) -> "Resolved":
    from rai_check.policy.load import find_policy, load_policy

    return load_policy(find_policy(policy, Path.cwd()))


def _advice(found: "Resolved") -> tuple[str, ...]:
    from rai_check.policy.advice import advice

    return advice(found.policy)


def _stale(found: "Resolved", today: date) -> list[tuple[str, date]]:
    controls = found.policy.controls.items()
    return [(name, c.source.review_by) for name, c in controls if c.source.review_by < today]
