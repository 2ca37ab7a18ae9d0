"""``exactsteer report``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from exactsteer.cli.check import checked
from exactsteer.cli.common import sentences
from exactsteer.cli.completion import proof_files
from exactsteer.cli.options import examples, json_option
from exactsteer.cli.printing import say, show_json
from exactsteer.cli.progress import progress
from exactsteer.cli.results import theorem_value
from exactsteer.errors import InputError
from exactsteer.number_text import counted

EPILOG = examples("report abb_1.json -o abb_1.html", "report certificates -o gallery.html")


@click.command("report", epilog=EPILOG)
@click.argument("proofs", nargs=-1, required=True, metavar="PROOF...", shell_complete=proof_files)
@click.option("-o", "--output", metavar="PAGE", required=True, help="Write the page here (.html).")
@json_option
def report_command(proofs: tuple[str, ...], output: str, as_json: bool) -> None:
    """Write one page that shows proofs and checks them again in the browser.

    PROOF is a proof file, or a folder such as those that classify, sweep and reproduce write, of
    which all proof files are taken. The kernel checks every one first. The page is one file that
    works without network: whoever opens it sees what was measured and what is proved, and
    JavaScript in the page checks the very bytes of the proofs with exact integers.
    """
    from exactsteer.atomic import check_writable, write_atomically
    from exactsteer.regular_file import read_bytes
    from exactsteer.report.pages import page

    about = {"output": output} if as_json else None
    files, theorems = [], []
    with sentences(output, about), progress() as report:
        if Path(output).suffix.lower() not in (".html", ".htm"):
            raise InputError(f"the output {output}: expected a name that ends in .html")
        check_writable(output)
        for name, path in _proof_files(proofs):
            report(f"checking {name}")
            with sentences(path, about):
                data = read_bytes(path)
                theorems.append({"file": path, **theorem_value(checked(path, data))})
            files.append((name, data))
        claims = sorted({str(theorem["claim"]) for theorem in theorems})
        title = (
            f"exactsteer: {claims[0]}" if len(files) == 1 else f"exactsteer: {len(files)} proofs"
        )
        data = page(files, title).encode()
        write_atomically(output, data)
    if as_json:
        show_json({**(about or {}), "verdict": "written", "bytes": len(data), "proofs": theorems})
        return
    say(f"{output}: {counted(len(files), 'proof')}, {len(data)} bytes; open it in a browser")


def _proof_files(given: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The name for the page and the path of each proof file; of folders, those inside."""
    from exactsteer.formats.kinds import Kind, kind_of

    for path in given:
        folder = Path(path)
        if not folder.is_dir():
            yield folder.name, path
            continue
        inside = [found for found in sorted(folder.rglob("*.json")) if kind_of(found) is Kind.PROOF]
        if not inside:
            raise InputError(f"the folder {path} holds no proof files; name another one")
        for found in inside:
            yield found.relative_to(folder).as_posix(), str(found)
