"""The command and its exit codes; every other module is imported by the command that needs it."""

import io
import signal
import sys
import threading
from collections.abc import Sequence
from typing import Any

import click

from rai_check.cli.console import INTERRUPTED
from rai_check.errors import did_you_mean, where_ours
from rai_check.outcome import Exit

EXIT_CODES = """\b
Exit codes:
  0    pass: release
  1    fail: do not release
  2    usage, project, policy or a statement cannot be used
  3    a check could not run, so there is no verdict
  4    refer: a person must decide or supply something first
  5    nothing was checked
  6    incomplete: part of the controls, or a replay of a past day
  130  interrupted
"""


class _Lazy(click.Group):
    """A group whose commands are imported when they are called."""

    names = (
        "check-data", "demo", "explain", "init", "judge", "list", "measure", "policy", "report",
        "run", "schema", "verify",
    )  # fmt: skip

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the alphabet."""
        del ctx
        return list(self.names)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:  # noqa: ANN401 - click's own tuple
        """Find the command, or suggest the nearest."""
        if args and self.get_command(ctx, args[0]) is None:
            near = did_you_mean(args[0], self.names)
            ctx.fail(f"there is no command {args[0]!r}.{near}")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command."""
        del ctx
        if cmd_name not in self.names:
            return None
        from importlib import import_module

        home = import_module(f"rai_check.cli.{cmd_name.replace('-', '_')}_")
        found: click.Command = home.command
        return found


@click.group(cls=_Lazy, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rai-check", message="rai-check %(version)s")
def command() -> None:
    """May this system go into live service, what is the evidence, and how sure are we?

    \b
    rai-check demo                  see it work on a worked example
    rai-check check-data FILE       what is in a data file, and what is wrong with it
    rai-check init FILE             describe data files in a first project file
    rai-check run                   measure and judge the project in this folder (rai.yaml)
    rai-check explain FA-06         why a control exists, what it checks and its limit
    """  # noqa: D301 - click reads the backspace as "do not wrap"


def _stop(*_: object) -> None:
    """End the run, on Ctrl-C or when told to: it is recorded as aborted, nothing half-written."""
    INTERRUPTED.set()
    raise KeyboardInterrupt


def _show_what_it_can() -> None:
    """Let a character that the screen's encoding lacks come out as its number, not as a fault."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def main(argv: Sequence[str] | None = None) -> Any:  # noqa: ANN401 - click's own return
    """Entry point of `rai-check`."""
    _show_what_it_can()
    if threading.current_thread() is threading.main_thread():
        INTERRUPTED.clear()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stop)
    try:
        return command.main(args=argv, prog_name="rai-check", standalone_mode=False)
    except click.exceptions.Exit as done:
        return sys.exit(done.exit_code)
    except click.ClickException as fault:
        fault.show()
        return sys.exit(Exit.UNUSABLE.value)
    except (KeyboardInterrupt, click.exceptions.Abort):
        click.echo("interrupted", err=True)
        return sys.exit(Exit.INTERRUPTED.value)
    except OSError as refused:
        click.echo(f"error: the system refused ({refused.strerror}).", err=True)
        return sys.exit(Exit.UNUSABLE.value)
    except Exception as broken:  # noqa: BLE001 - its text may quote rows, and 1 would mean "fail"
        click.echo(f"error: rai-check broke ({where_ours(broken)}); report this.", err=True)
        return sys.exit(Exit.COULD_NOT_RUN.value)
