"""The command line: one file for each command."""

from rai_check.cli.main import main

__all__ = ["main"]
