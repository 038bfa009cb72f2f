"""`rai-check schema`: the published JSON Schemas."""

import json

import click

from rai_check.cli.console import finishing
from rai_check.outcome import Exit


@click.command("schema")
@click.argument("file", type=click.Choice(["assessment", "measurements"]))
@finishing
def command(file: str) -> Exit:
    """Print the JSON Schema of assessment.json or measurements.json."""
    from rai_check.assessment import Assessment, Measurements, json_schema

    found = json_schema(Assessment) if file == "assessment" else json_schema(Measurements)
    click.echo(json.dumps(found, indent=2, sort_keys=True))
    return Exit.PASS
