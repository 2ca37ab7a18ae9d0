"""``exactsteer show``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from exactsteer.cli.check import checked
from exactsteer.cli.common import read, sentences
from exactsteer.cli.completion import subjects
from exactsteer.cli.options import examples, json_option, layout_option
from exactsteer.cli.printing import say, show_json
from exactsteer.cli.progress import progress

if TYPE_CHECKING:
    from exactsteer.latex_values import Style
    from exactsteer.model.functionals import NamedFunctional
    from exactsteer.model.printed import Printed

EPILOG = examples(
    "show abb_1.json",
    "show --latex abb_1.json",
    "show --latex --standalone --decimals 4 abb_1.json",
    "show --bibtex abb_1.json",
    "show parity",
    "show chsh",
)


@dataclass(frozen=True)
class _Shown:
    """What a file holds: the object of --json, and its lines in each form."""

    value: dict[str, object]
    plain: Callable[[], Iterable[str]]
    latex: Callable[[Style], Iterator[str]]
    bibtex: Callable[[], str] | None = None


@dataclass(frozen=True)
class _Form:
    """Which lines are printed."""

    latex: bool
    standalone: bool
    decimals: int | None
    bibtex: bool

    def refuse_contradictions(self) -> None:
        """Raises InputError for options that go with no form asked for."""
        from exactsteer.errors import InputError

        if self.bibtex and self.latex:
            raise InputError("--bibtex: is another form than --latex; give one of them")
        for name, given in (("--standalone", self.standalone), ("--decimals", self.decimals)):
            if given and not self.latex:
                raise InputError(f"{name}: is a form of --latex; give that too")

    def lines(self, shown: _Shown) -> Iterable[str]:
        """The lines in this form; raises InputError where there are none."""
        from exactsteer.errors import InputError

        if self.bibtex:
            if shown.bibtex is None:
                raise InputError("--bibtex: is for proof files, which name a theorem")
            return shown.bibtex().splitlines()
        if not self.latex:
            return shown.plain()
        from exactsteer.latex import standalone
        from exactsteer.latex_values import Style

        lines = shown.latex(Style(self.decimals))
        return standalone(lines) if self.standalone else lines


@click.command("show", epilog=EPILOG)
@click.argument("file", metavar="FILE", shell_complete=subjects)
@click.option("--latex", is_flag=True, help="In LaTeX, a part of a document.")
@click.option("--standalone", is_flag=True, help="With --latex: a whole document.")
@click.option(
    "--decimals",
    metavar="N",
    type=click.IntRange(1, 50),
    help="With --latex: numbers in decimals of N significant digits.",
)
@click.option("--bibtex", is_flag=True, help="A proof's entry for a bibliography.")
@layout_option
@json_option
def show_command(file: str, layout: str, as_json: bool, **form: bool) -> None:
    """Show a proof (after checking it), an assemblage or a functional: words and matrices.

    FILE is a proof file, an assemblage file, a file of a functional, or the name of a shipped
    assemblage or functional.
    """
    from exactsteer.formats.functional import is_functional, read_functional
    from exactsteer.formats.kinds import Kind, kind_of

    with sentences(file, {"file": file} if as_json else None), progress() as report:
        asked = _Form(**form)
        asked.refuse_contradictions()
        report("reading")
        if is_functional(file):
            shown = _functional(read_functional(file))
        elif kind_of(file) is Kind.PROOF:
            shown = _proof(file)
        else:
            shown = _assemblage(read(file, layout))
        lines = asked.lines(shown)
    if as_json:
        show_json({"file": file, **shown.value})
        return
    for line in lines:
        say(line)


def _proof(file: str) -> _Shown:
    from exactsteer.cli.results import theorem_value
    from exactsteer.kernel.file.proof import read_proof
    from exactsteer.latex import bibtex, proof_latex
    from exactsteer.regular_file import read_bytes
    from exactsteer.render import proof_lines

    data = read_bytes(file)
    theorem, proof = checked(file, data), read_proof(data)
    value: dict[str, object] = {
        "kind": "proof",
        "verdict": "verified",
        **theorem_value(theorem),
        "statement": proof.statement,
        "evidence": proof.evidence,
        "provenance": proof.provenance,
    }
    return _Shown(
        value,
        lambda: proof_lines(theorem, proof),
        lambda style: proof_latex(theorem, proof, style),
        lambda: bibtex(theorem),
    )


def _assemblage(printed: Printed) -> _Shown:
    from exactsteer.latex import printed_latex
    from exactsteer.model.assemblage_text import printed_text
    from exactsteer.render import printed_lines

    return _Shown(
        {"kind": "assemblage", **json.loads(printed_text(printed))},
        lambda: printed_lines(printed),
        lambda style: printed_latex(printed, style),
    )


def _functional(named: NamedFunctional) -> _Shown:
    from exactsteer.kernel.file.numbers import rational_text
    from exactsteer.latex import functional_latex
    from exactsteer.model.writing import functional_value, scenario_value
    from exactsteer.render import functional_lines

    value: dict[str, object] = {
        "kind": "functional",
        "title": named.title,
        "source": named.source,
        "note": named.note,
        "scenario": scenario_value(named.functional.scenario),
        "radius": rational_text(named.radius),
        "coefficients": functional_value(named.functional),
    }
    return _Shown(
        value,
        lambda: functional_lines(named),
        lambda style: functional_latex(named, style),
    )
