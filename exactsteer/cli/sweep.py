"""``exactsteer sweep``."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exactsteer.cli.common import EXIT_UNDECIDED, sentences, solver_options
from exactsteer.errors import InputError

if TYPE_CHECKING:
    from exactsteer.formats.arrays import Layout
    from exactsteer.sweeping.cases import Source
    from exactsteer.sweeping.sweep import Summary

EXIT_INTERRUPTED = 130

EPILOG = (
    "SOURCE is a folder of assemblage files; an .npz file whose arrays sigma1, sigma2, .. have one "
    "more axis, the first, for the cases; or a family: angles (t1, t2, noise), mixture "
    "(assemblage, r, noise), random (seed, dimensions, settings, outcomes, transposed), or "
    "module:function of your own."
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
    type=click.Choice(["hits", "all", "none"]),
    default="hits",
    show_default=True,
    help="Prove what seems postquantum in floating point, every verdict, or nothing.",
)
@click.option(
    "--aim",
    type=click.Choice(["verdict", "radius", "integers"]),
    default="verdict",
    show_default=True,
    help="For steering inequalities: any proof, soon; the largest radius; the smallest integers.",
)
@click.option(
    "--quantity",
    type=click.Choice(["white-noise", "ghz-noise", "w-noise", "lambda"]),
    help="Enclose this number for every case, instead of a verdict.",
)
@click.option("--width", default="1e-6", show_default=True, help="Largest width of enclosures.")
@click.option(
    "--tolerance",
    default="1e-9",
    show_default=True,
    help="How far approximate numbers may be from an assemblage.",
)
@click.option(
    "--layout",
    type=click.Choice(["exactsteer", "steeringreview"]),
    default="exactsteer",
    show_default=True,
    help="How the arrays of .npz and .mat files in a folder are arranged.",
)
@solver_options
@click.option("--workers", type=click.IntRange(1), help="Local processes  [default: all cores]")
@click.option("--scheduler", metavar="ADDRESS", help="Use the workers of this Dask scheduler.")
@click.option("--parquet", is_flag=True, help="Write results.parquet too (needs pyarrow).")
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
    parquet: bool,
) -> None:
    """Verdicts and proofs for many assemblages, as a table.

    Ctrl-C stops a sweep; the same command goes on where it stopped. The folder then holds
    results.csv, one row for each case, and the proof files. Without --prove all, rows without a
    verdict only say what floating point suggests.
    """
    from exactsteer.sweeping.executors import dask_cluster
    from exactsteer.sweeping.sweep import sweep
    from exactsteer.sweeping.work import Options

    with sentences(source), _bar() as report:
        options = Options(
            prove=prove,
            aim=aim,
            solver=solver,
            tolerance=tolerance,
            quantity=_quantity(quantity),
            width=width,
        )
        summary = sweep(
            _source(source, grid, layout),
            Path(output),
            options,
            executor=None if scheduler is None else dask_cluster(scheduler),
            workers=workers,
            parquet=parquet,
            report=report,
        )
    _show(summary)
    if summary.interrupted:
        context.exit(EXIT_INTERRUPTED)
    if any(row.verdict in ("UNDECIDED", "FAILED") for row in summary.rows):
        context.exit(EXIT_UNDECIDED)


def _quantity(name: str | None) -> str:
    if name is None:
        return ""
    from exactsteer.proving.enclose import Quantity

    words = name.replace("-", " ")
    return next(q.value for q in Quantity if q.value.lower() == words)


def _source(text: str, grid: tuple[str, ...], layout: Layout) -> Source:
    from exactsteer.sweeping.families import Grid, parse_values
    from exactsteer.sweeping.files import Batch, Folder

    path = Path(text)
    if path.is_dir() or path.suffix.lower() == ".npz":
        if grid:
            raise InputError("--grid: is for families, and SOURCE is a folder or file")
        return Folder.find(path, layout) if path.is_dir() else Batch.open(path)
    values: dict[str, tuple[str, ...]] = {}
    for option in grid:
        name, equals, rest = option.partition("=")
        if not equals or not name or name in values:
            raise InputError(f"--grid: expected NAME=VALUES, every name once, got {option!r}")
        values[name] = parse_values(rest)
    return Grid.of(text, values)


def _show(summary: Summary) -> None:
    for verdict, count in sorted(summary.counts.items()):
        click.echo(f"{count:8d}  {verdict}")
    done = len(summary.rows)
    click.echo(f"{done} of {summary.total} cases in {summary.table}")
    if summary.interrupted:
        click.echo("interrupted; the same command goes on from here", err=True)


@contextlib.contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("sweep", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
