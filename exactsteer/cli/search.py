"""``exactsteer search``."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exactsteer.cli.common import EXIT_INTERRUPTED, Exit, sentences
from exactsteer.cli.completion import one_of
from exactsteer.cli.option_texts import counts_option, known_solver
from exactsteer.cli.options import (
    examples,
    json_option,
    output_option,
    proving_options,
    solver_options,
    workers_options,
)
from exactsteer.cli.printing import one_line, say
from exactsteer.cli.progress import answer, progress
from exactsteer.cli.results import proof_value, show_proved
from exactsteer.errors import InputError, Malformed
from exactsteer.time_limit import OutOfTime

if TYPE_CHECKING:
    from exactsteer.kernel.scenario import Scenario
    from exactsteer.searching.find import Found, Options
    from exactsteer.searching.starts import Start

EPILOG = examples(
    "search --construction transpose --starts 2 -o found.json --assemblage found_assemblage.json",
    "search --outcomes 2,2 --dimensions 2,2 --seed 1",
)


@click.command("search", epilog=EPILOG)
@click.option(
    "--construction",
    metavar="NAME",
    shell_complete=one_of("breuer-hall", "breuer-hall-two-alices", "transpose"),
    help="Search the states of a construction of Proposition 8: breuer-hall (Example 10), "
    "breuer-hall-two-alices (Example 11) or transpose.",
)
@click.option(
    "--outcomes",
    multiple=True,
    metavar="LIST",
    help="Search all assemblages: the numbers of outcomes of an Alice's settings, such as 2,2; "
    "repeat the option for more Alices, or write '2,2;2,2'.",
)
@click.option("--dimensions", metavar="LIST", help="The dimensions of the Bobs, such as 2,2.")
@click.option(
    "--starts", type=int, metavar="N", default=8, show_default=True, help="Random starts."
)
@click.option(
    "--seed", type=int, metavar="N", default=0, show_default=True, help="Seed of the random starts."
)
@click.option(
    "--keep",
    type=float,
    metavar="SHARE",
    default=0.99,
    show_default=True,
    help="Share of the best lambda that simplification has to keep.",
)
@click.option(
    "--folder",
    metavar="FOLDER",
    help="Keep the finished starts here, to go on after an interruption or with more --starts.",
)
@workers_options("this process alone")
@solver_options
@proving_options
@output_option
@click.option(
    "--assemblage",
    "assemblage_file",
    metavar="FILE",
    help="Write the exact assemblage here (.json, .npz or .mat).",
)
@json_option
def search_command(
    construction: str | None,
    outcomes: tuple[str, ...],
    dimensions: str | None,
    starts: int,
    seed: int,
    keep: float,
    folder: str | None,
    workers: int | None,
    scheduler: str | None,
    solver: str,
    output: str | None,
    assemblage_file: str | None,
    as_json: bool,
) -> None:
    """Find strongly postquantum assemblages with small exact numbers, and prove what was found.

    From random starts a see-saw lowers lambda (Appendix B): the best inequality for the assemblage,
    then the best assemblage for the inequality. The best one is simplified and proved postquantum
    in exact arithmetic. Exit code 3 if nothing postquantum was found.
    """
    with sentences("search", {} if as_json else None), progress():
        from exactsteer.atomic import check_writable, write_atomically
        from exactsteer.formats.writing import check_output, write_output
        from exactsteer.model.assemblage_text import printed
        from exactsteer.searching.find import Options
        from exactsteer.sweeping.executors import dask_cluster

        if (construction is None) == (not outcomes and not dimensions):
            raise InputError(
                "expected either --construction or --outcomes with --dimensions, such as "
                "--construction transpose or --outcomes 2,2 --dimensions 2,2"
            )
        if output is not None:
            check_writable(output)
        if assemblage_file is not None:
            check_output(assemblage_file)
            if output is not None and os.path.realpath(output) == os.path.realpath(assemblage_file):
                raise InputError("--assemblage: is the file of the proof; name another one")
        options = Options(
            starts,
            seed,
            keep,
            known_solver(solver),
            workers=workers,
            executor=None if scheduler is None else dask_cluster(scheduler),
            folder=None if folder is None else Path(folder),
        )
        try:
            result = (
                _in_scenario(_scenario(outcomes, dimensions), options)
                if construction is None
                else _in_construction(construction, options)
            )
        except OutOfTime as error:
            if folder is not None:
                error.kept = f"the finished starts are in {folder}"
            raise
        except KeyboardInterrupt:
            if folder is None:
                raise
            kept = f"the finished starts are in {folder}; the same command goes on from there"
            raise Exit("INTERRUPTED", f"search: {kept}", EXIT_INTERRUPTED) from None
        if output is not None:
            write_atomically(output, result.found.certificate.data)
        if assemblage_file is not None:
            given = printed(
                result.found.assemblage,
                title=result.title,
                source=result.source,
                note=_note(result, seed),
            )
            write_output(given, assemblage_file)
    if as_json:
        _show_json(result, output, assemblage_file)
    else:
        _show_table(result.found.starts)
        _show_found(result)
        show_proved("POSTQUANTUM", result.found.certificate, output)


@dataclass(frozen=True)
class _Result:
    """What was found, with the texts for the assemblage file; `state` is in kets."""

    found: Found
    title: str
    source: str
    state: str | None = None


def _in_construction(name: str, options: Options) -> _Result:
    from exactsteer.searching.find import search_construction
    from exactsteer.searching.named import named_construction
    from exactsteer.searching.words import state_text

    named = named_construction(name)
    construction = named.make()
    options = replace(options, source=named.source)
    found = search_construction(named.make, options, {"construction": name})
    state = None if found.state is None else state_text(construction, found.state.amplitudes)
    return _Result(found, f"Search: {named.words}", named.source, state)


def _in_scenario(scenario: Scenario, options: Options) -> _Result:
    from exactsteer.searching.find import search_scenario

    title = f"Search: {scenario.sentence()}"
    found = search_scenario(scenario, replace(options, source=title))
    return _Result(found, title, "exactsteer search")


def _scenario(outcomes: tuple[str, ...], dimensions: str | None) -> Scenario:
    from exactsteer.kernel.scenario import Scenario

    if not outcomes or not dimensions:
        raise InputError("expected both --outcomes and --dimensions, such as 2,2 and 2,2")
    rows = [row for option in outcomes for row in option.split(";")]
    try:
        return Scenario(
            tuple(counts_option(row, "--outcomes") for row in rows),
            counts_option(dimensions, "--dimensions"),
        )
    except Malformed as error:
        raise InputError(f"--{error}") from None


def _note(result: _Result, seed: int) -> str:
    found, state = result.found, result.state
    parts = [f"Found by a see-saw from {len(found.starts)} random starts, seed {seed}."]
    if state is not None:
        parts.append(f"State, not normalised: {state}.")
    parts.append(f"No parent states; {_figures(found.value, found.robustness)}.")
    return " ".join(parts)


def _figures(value: float, robustness: float | None) -> str:
    noise = "" if robustness is None else f", white-noise robustness {robustness:.6g}"
    return f"lambda = {value:.7g}{noise}"


def _show_table(starts: tuple[Start, ...]) -> None:
    say("start  tries  steps  lambda          white-noise robustness  seconds")
    for start in starts:
        if start.value is None:
            say(f"{start.number + 1:5d}  {start.tries:5d}  failed: {one_line(start.reason)}")
            continue
        robustness = "-" if start.robustness is None else f"{start.robustness:.9f}"
        say(
            f"{start.number + 1:5d}  {start.tries:5d}  {start.steps:5d}  {start.value:<14.10f}  "
            f"{robustness:>22}  {start.seconds:7.2f}"
        )


def _show_found(result: _Result) -> None:
    from exactsteer.programs.seesaw import white_noise_robustness

    found = result.found
    best = found.best.value
    robustness = white_noise_robustness(found.assemblage.scenario, best)
    say(f"best (floating point): {_figures(best, robustness)}")
    say(f"simplified: {_figures(found.value, found.robustness)}")
    if result.state is not None:
        say(f"state, not normalised: {result.state}")


def _show_json(result: _Result, output: str | None, assemblage_file: str | None) -> None:
    found = result.found
    value = {
        "verdict": "postquantum",
        **proof_value(found.certificate, output),
        "best_lambda": found.best.value,
        "lambda": found.value,
        "white_noise_robustness": found.robustness,
        "state": result.state,
        "amplitudes": None if found.state is None else found.state.amplitudes,
        "starts": [asdict(start) for start in found.starts],
        "assemblage": assemblage_file,
    }
    answer(value)
