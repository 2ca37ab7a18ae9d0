"""``exactsteer sweep``."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exactsteer.cli.common import EXIT_INTERRUPTED, EXIT_UNDECIDED, VERDICTS, sentences
from exactsteer.cli.completion import one_of
from exactsteer.cli.enclose import QUANTITIES
from exactsteer.cli.options import (
    aim_option,
    examples,
    json_option,
    layout_option,
    quiet_option,
    solver_options,
    tolerance_option,
    width_option,
    workers_options,
)
from exactsteer.cli.printing import on_terminal, one_line, say, show_json
from exactsteer.cli.progress import Report, is_quiet, lines
from exactsteer.errors import InputError
from exactsteer.number_text import counted

if TYPE_CHECKING:
    from exactsteer.formats.arrays import Layout
    from exactsteer.sweeping.cases import Source
    from exactsteer.sweeping.sweep import Summary

AIM, WIDTH = "verdict", "1e-6"
EPILOG = (
    "SOURCE is a folder of assemblage files; an .npz file whose arrays sigma1, sigma2, .. have one "
    "more axis, the first, for the cases (an array of one number or text for each is a parameter); "
    "or a family: angles (t1, t2, noise, noise2, settings), mixture (assemblage, r, noise), random "
    "(seed, dimensions such as 2x3, settings, outcomes, transposed), or module:function of your "
    "own.\n\n"
) + examples(
    "sweep angles --grid t1=0:1:21 --grid t2=0:1:21 -o angles",
    "sweep measured/ --prove all --tolerance 1e-4 -o proofs",
)


@click.command("sweep", epilog=EPILOG)
@click.argument("source")
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    required=True,
    help="Table, proof files and the state from which a sweep is resumed.",
)
@click.option(
    "--grid",
    "grid",
    metavar="NAME=VALUES",
    multiple=True,
    help="Values of a family's parameter: 0,1/3,2/3 or 0:1:11 (so many equidistant ones) or "
    "0..999 (integers). Repeat it for every parameter.",
)
@click.option(
    "--prove",
    type=click.Choice(["hits", "all", "standing", "none"]),
    default="hits",
    show_default=True,
    help="Prove what seems postquantum in floating point; or every verdict; or for every case "
    "whether it is classical, nonclassical quantum or postquantum; or nothing.",
)
@aim_option(AIM)
@click.option(
    "--quantity",
    metavar="QUANTITY",
    shell_complete=one_of(*QUANTITIES),
    help="Enclose a number for every case, instead of a verdict: the weight of white-noise, "
    "ghz-noise, w-noise or noise=FILE that makes it quantum (with several Alices: gives it "
    "parent states), of classical-white-noise that makes "
    "it classical; or Appendix B's lambda.",
)
@width_option(WIDTH)
@tolerance_option
@layout_option
@solver_options
@workers_options("all cores")
@click.option(
    "--seconds",
    metavar="N",
    default="",
    help="Give up on a case after so many seconds on the clock: UNDECIDED.",
)
@quiet_option
@click.option("--parquet", is_flag=True, help="Write results.parquet too (needs pyarrow).")
@json_option
@click.pass_context
def sweep_command(
    context: click.Context,
    source: str,
    output: str,
    grid: tuple[str, ...],
    prove: str,
    aim: str,
    quantity: str | None,
    width: str,
    tolerance: str,
    layout: Layout,
    solver: str,
    workers: int | None,
    scheduler: str | None,
    seconds: str,
    parquet: bool,
    as_json: bool,
) -> None:
    """Verdicts and proofs for many assemblages, as a table.

    Ctrl-C stops a sweep; the same command goes on where it stopped. The folder then holds
    results.csv, one row for each case, and the proof files; `exactsteer diagram` draws it. Without
    --prove all or standing, rows without a verdict only say what floating point suggests.
    """
    from exactsteer.atomic import check_folder
    from exactsteer.sweeping.executors import Workers, dask_cluster
    from exactsteer.sweeping.store import refuse_without_pyarrow
    from exactsteer.sweeping.sweep import sweep
    from exactsteer.sweeping.work import Options

    with sentences(source, {"source": source} if as_json else None), _bar() as report:
        check_folder(output)
        _refuse_without_part(prove, aim, quantity, width)
        if parquet:
            refuse_without_pyarrow()
        options = Options(
            prove=prove,
            aim=aim,
            solver=solver,
            tolerance=tolerance,
            quantity=_quantity(quantity),
            width=width,
            seconds=seconds,
        )
        summary = sweep(
            _source(source, grid, layout),
            Path(output),
            options,
            workers=Workers(workers, None if scheduler is None else dask_cluster(scheduler)),
            report=report,
        )
        if parquet:
            summary.write_parquet()
    open_ = any(row.verdict in ("UNDECIDED", "FAILED") for row in summary.rows)
    code = EXIT_INTERRUPTED if summary.interrupted else EXIT_UNDECIDED if open_ else 0
    if summary.redone:
        count = len(summary.redone)
        rows = "1 row was" if count == 1 else f"{count} rows were"
        say(
            f"WARNING: {rows} done again, of a case that had failed or that the proof files of the "
            f"folder did not prove; the first: {one_line(summary.redone[0])}",
            err=True,
        )
    if as_json:
        show_json({"source": source, "verdict": VERDICTS.get(code, "complete"), **_value(summary)})
    else:
        _show(summary)
    context.exit(code)


def _refuse_without_part(prove: str, aim: str, quantity: str | None, width: str) -> None:
    """Raise InputError for options that would change nothing."""
    if quantity is None and width != WIDTH:
        raise InputError("--width: is for --quantity; name what is to be enclosed, or leave it out")
    if quantity is not None and aim != AIM:
        raise InputError("--aim: has no part in --quantity; leave one of them out")
    if prove == "standing" and aim == "integers":
        raise InputError(
            "--aim: a standing is proved with large radii, not with small integers; leave it out, "
            "or take --prove all"
        )


def _quantity(name: str | None) -> str:
    if name is None:
        return ""
    from exactsteer.sweeping.quantities import quantity_of

    return quantity_of(name)


def _source(text: str, grid: tuple[str, ...], layout: Layout) -> Source:
    from exactsteer.sweeping.families import Grid, parse_values
    from exactsteer.sweeping.files import Batch, Folder

    if not text:
        raise InputError("SOURCE is empty; name a folder, an .npz file or a family")
    path = Path(text)
    if path.is_dir() or path.suffix.lower() == ".npz":
        if grid:
            raise InputError("--grid: is for families, and SOURCE is a folder or file")
        if path.is_dir():
            return Folder.find(path, layout)
        if layout != "exactsteer":
            raise InputError(
                f"--layout: a file with many assemblages has the layout exactsteer, got {layout}; "
                "write one file for each case into a folder"
            )
        return Batch.open(path)
    if layout != "exactsteer":
        raise InputError("--layout: is for folders of files, and SOURCE is a family")
    if ":" in text:
        # A module of the user's own is looked for where the command is given, as python -m does.
        sys.path.insert(0, os.getcwd())
    values: dict[str, tuple[str, ...]] = {}
    for option in grid:
        name, equals, rest = option.partition("=")
        if not equals or not name or name in values:
            raise InputError(f"--grid: expected NAME=VALUES, every name once, got {option!r}")
        values[name] = parse_values(rest)
    return Grid.of(text, values)


def _value(summary: Summary) -> dict[str, object]:
    return {
        "counts": dict(summary.counts),
        "cases": len(summary.rows),
        "total": summary.total,
        "table": str(summary.table),
        "redone": list(summary.redone),
    }


def _show(summary: Summary) -> None:
    for verdict, count in sorted(summary.counts.items()):
        say(f"{count:8d}  {verdict}")
    done = len(summary.rows)
    say(f"{done} of {counted(summary.total, 'case')} in {summary.table}")
    broken = [row for row in summary.rows if row.verdict == "FAILED"]
    if broken:
        say(
            f"{counted(len(broken), 'case')} FAILED; the first is {broken[0].name}: "
            f"{one_line(broken[0].reason)}",
            err=True,
        )
    if summary.interrupted:
        say("interrupted; the same command goes on from here", err=True)


@contextlib.contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal; a line every few seconds elsewhere; nothing with --quiet."""
    if is_quiet():
        yield lambda _done, _total: None
        return
    if not on_terminal():
        report = Report()
        with lines(lambda: report.stage):
            yield lambda done, total: report(f"{done} of {counted(total, 'case')}")
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("sweep", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
