"""``exactsteer bound``."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exactsteer.cli.common import number_option, progress, sentences

if TYPE_CHECKING:
    from exactsteer.model.functionals import NamedFunctional
    from exactsteer.proving.moments.bounds import BoundCertificate


@click.command("bound")
@click.argument("input_", metavar="INPUT")
@click.option(
    "--level",
    default="1",
    show_default=True,
    help="Level of the hierarchy, such as 2 or '1 + A + AB'; 'exclusive' for one exact square.",
)
@click.option("--upper", help="Prove this bound instead of the least that the level proves.")
@click.option("-o", "--output", metavar="PROOF", help="Write the proof file here.")
@click.option("--json", "as_json", is_flag=True, help="Machine-readable result.")
def bound_command(
    input_: str, level: str, upper: str | None, output: str | None, as_json: bool
) -> None:
    """Prove an upper bound of a functional on all quantum behaviours.

    INPUT is a file with a Bell functional, a game or a steering functional (data/README.md), or the
    name of a shipped one such as chsh. Level 'exclusive' proves the bound 1 for a sum of mutually
    exclusive events by one square.
    """
    from exactsteer.atomic import check_writable, write_atomically
    from exactsteer.kernel.numbers import readable_text
    from exactsteer.render import theorem_lines

    with sentences(input_), progress() as report:
        if output is not None:
            check_writable(output)
        proved = _bound(read_functional(input_), level, upper, os.path.basename(input_), report)
        if output is not None:
            write_atomically(output, proved.data)
    if as_json:
        value = {
            "upper": readable_text(proved.upper),
            "words": proved.words,
            "theorem": proved.theorem.name,
            "sentence": proved.theorem.sentence(),
            "proof": output,
            "bytes": len(proved.data),
            "seconds": proved.seconds,
        }
        click.echo(json.dumps(value, sort_keys=True))
        return
    for line in theorem_lines(proved.theorem):
        click.echo(line)
    times = ", ".join(f"{stage} {seconds:.3f} s" for stage, seconds in proved.seconds.items())
    saved = f"proof file {output}" if output else "not saved, use -o PROOF to write the proof file"
    click.echo(
        f"BOUND {readable_text(proved.upper)}, proved by {proved.words} words "
        f"({len(proved.data)} bytes; {saved}; {times})"
    )


def _bound(
    named: NamedFunctional, level: str, upper: str | None, source: str, report: object
) -> BoundCertificate:
    from exactsteer.proving.moments.bounds import certify_bound, certify_exclusive_events

    if level == "exclusive":
        return certify_exclusive_events(named.functional, source=source)
    return certify_bound(
        named.functional,
        level.replace(" ", ""),
        radius=named.radius,
        upper=None if upper is None else number_option(upper, "--upper"),
        source=source,
        report=report,  # type: ignore[arg-type]
    )


def is_functional(name: str) -> bool:
    """Whether a name or file is a functional rather than an assemblage."""
    from exactsteer.formats.shipped import data_folder
    from exactsteer.kernel.strict_json import parse, read_bytes
    from exactsteer.model.functionals import FORMAT

    if not Path(name).exists():
        return (data_folder() / "functionals" / f"{name}.json").is_file()
    if Path(name).suffix != ".json" or Path(name).is_dir():
        return False
    value = parse(read_bytes(name), "the file")
    return isinstance(value, dict) and value.get("format") == FORMAT


def read_functional(name: str) -> NamedFunctional:
    """Read a functional by path or shipped name; raise InputError or Malformed."""
    from exactsteer.errors import InputError
    from exactsteer.formats.shipped import data_folder
    from exactsteer.model.functionals import read_functional_file

    if Path(name).exists():
        return read_functional_file(name)
    shipped = {path.stem: path for path in (data_folder() / "functionals").glob("*.json")}
    if name in shipped:
        return read_functional_file(shipped[name])
    raise InputError(f"no such file or shipped functional; choose {', '.join(sorted(shipped))}")
