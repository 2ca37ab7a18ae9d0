"""``exactsteer schema``."""

from __future__ import annotations

from pathlib import Path

import click

from exactsteer.cli.common import sentences
from exactsteer.cli.options import examples, json_option
from exactsteer.cli.printing import say, show_json

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"
NAMES = ("proof", "assemblage", "functional", "result")

EPILOG = examples("schema proof", "schema result --json")


@click.command("schema", epilog=EPILOG)
@click.argument("kind", type=click.Choice(NAMES))
@json_option
def schema_command(kind: str, as_json: bool) -> None:
    """Print the JSON Schema of a kind of file, or of what --json prints (result).

    It describes the form; whether a file proves anything is for check to say.
    """
    from exactsteer.regular_file import read_bytes

    path = SCHEMAS / f"{kind}.json"
    with sentences("schema", {} if as_json else None):
        text = read_bytes(path).decode("utf-8")
    if as_json:
        show_json({"verdict": "printed", "file": str(path), "schema": text})
        return
    for line in text.splitlines():
        say(line)
