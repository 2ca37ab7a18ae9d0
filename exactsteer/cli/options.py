"""The options that several commands have, each defined once."""

from __future__ import annotations

from collections.abc import Callable

import click

from exactsteer.cli.completion import one_of
from exactsteer.cli.option_texts import parse_size
from exactsteer.cli.progress import QUIET, SECONDS, TRACE
from exactsteer.proving.quantum import STARTS

Command = Callable[..., None]
Decorator = Callable[[Command], Command]

INPUT_HELP = (
    "INPUT is an assemblage file (.json, .npz, .npy, .mat, .csv), or the name of a shipped one, "
    "such as ABB_1."
)

MOST_STARTS = 100_000

MOST_WORKERS = 1024
MOST_SECONDS = 10**7


def examples(*lines: str) -> str:
    """An epilog with example lines, which click then leaves as they are."""
    head = "Example:" if len(lines) == 1 else "Examples:"
    return "\n".join(["\b", head, *(f"  exactsteer {line}" for line in lines)])


output_option: Decorator = click.option(
    "-o", "--output", metavar="PROOF", help="Write the proof file here."
)

json_option: Decorator = click.option(
    "--json", "as_json", is_flag=True, help="Machine-readable result."
)

json_lines_option: Decorator = click.option(
    "--json", "as_json", is_flag=True, help="One JSON object a line."
)


def tolerance_from(default: str) -> Decorator:
    """--tolerance with this default."""
    return click.option(
        "--tolerance",
        metavar="NUMBER",
        default=default,
        show_default=True,
        help="How far approximate numbers may be from an assemblage, beyond their uncertainty.",
    )


tolerance_option = tolerance_from("1e-9")

nearest_option: Decorator = click.option(
    "--nearest",
    "ask_nearest",
    is_flag=True,
    help="Ask about the exact assemblage nearest to approximate numbers instead of about them.",
)

layout_option: Decorator = click.option(
    "--layout",
    type=click.Choice(["exactsteer", "steeringreview"]),
    default="exactsteer",
    show_default=True,
    help="How the arrays of .npz, .npy and .mat files are arranged.",
)

level_option: Decorator = click.option(
    "--level",
    metavar="LEVEL",
    default="1",
    show_default=True,
    help="With several Alices: the highest level of Q^k to try, such as 2 or '1 + A + AB'.",
)


def width_option(default: str) -> Decorator:
    """--width, the largest width of enclosures."""
    return click.option(
        "--width",
        metavar="NUMBER",
        default=default,
        show_default=True,
        help="Largest width of enclosures.",
    )


def aim_option(default: str) -> Decorator:
    """--aim, which steering inequality is wanted."""
    return click.option(
        "--aim",
        type=click.Choice(["radius", "integers", "verdict"]),
        default=default,
        show_default=True,
        help="For steering inequalities: the largest certified radius (to 1 %), the smallest "
        "integers found, or any proof, soon.",
    )


def seesaw_options(command: Command) -> Command:
    """--starts and --seed of the search for realisations with several Alices."""
    starts = click.option(
        "--starts",
        type=click.IntRange(1, MOST_STARTS),
        metavar="N",
        default=STARTS,
        show_default=True,
        help="With several Alices: random starts of the search for a state and measurements.",
    )
    seed = click.option(
        "--seed",
        type=click.IntRange(0),
        metavar="N",
        default=0,
        show_default=True,
        help="Seed of the random starts.",
    )
    return starts(seed(command))


def _set_memory_limit(context: click.Context, option: click.Parameter, text: str | None) -> None:
    if text is None:
        return
    from exactsteer.programs.memory import memory_limit

    context.with_resource(memory_limit(parse_size(text)))


def budget_options(command: Command) -> Command:
    """--cpu-seconds and --memory, what the check of a file may take."""
    seconds = click.option(
        "--cpu-seconds",
        type=click.IntRange(1),
        metavar="N",
        default=60,
        show_default=True,
        help="Give up on a file after so many seconds of processor time.",
    )
    memory = click.option(
        "--memory",
        metavar="SIZE",
        default="2G",
        show_default=True,
        callback=lambda context, parameter, text: parse_size(text),
        help="Memory that a file may take beyond the program's, such as 8G.",
    )
    return seconds(memory(command))


def memory_option(command: Command) -> Command:
    """--memory, how much of it a solver may take."""
    return click.option(
        "--memory",
        metavar="SIZE",
        expose_value=False,
        callback=_set_memory_limit,
        help="Memory that a solver may take, such as 8G  [default: what is free]",
    )(command)


def _into_meta(name: str) -> Callable[[click.Context, click.Parameter, object], None]:
    """Keeps an option where the progress of the command finds it."""

    def keep(context: click.Context, _option: click.Parameter, value: object) -> None:
        context.meta[name] = value

    return keep


quiet_option: Decorator = click.option(
    "--quiet",
    is_flag=True,
    expose_value=False,
    callback=_into_meta(QUIET),
    help="No progress on standard error.",
)


def _begin_trace(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    context.meta[TRACE] = [] if wanted else None


trace_option: Decorator = click.option(
    "--trace",
    is_flag=True,
    expose_value=False,
    callback=_begin_trace,
    help="Write every stage, margin and number of digits tried to standard error, and into --json.",
)

_SECONDS_HELP = "Give up after so many seconds on the clock: UNDECIDED."
_seconds_option: Decorator = click.option(
    "--seconds",
    type=click.FloatRange(0, MOST_SECONDS, min_open=True),
    metavar="N",
    expose_value=False,
    callback=_into_meta(SECONDS),
    help=_SECONDS_HELP,
)


def patience_options(command: Command) -> Command:
    """--seconds, how long the command may take, and --quiet."""
    return _seconds_option(quiet_option(command))


def proving_options(command: Command) -> Command:
    """The same, and --trace."""
    return patience_options(trace_option(command))


def solver_option(default: str) -> Decorator:
    """--solver with this default."""
    return click.option(
        "--solver",
        default=default,
        show_default=True,
        metavar="NAME",
        shell_complete=one_of("auto", "structured", "picos:cvxopt"),
        help="auto (by size), structured, or picos:NAME for any solver that PICOS offers.",
    )


def solver_options(command: Command) -> Command:
    """--solver, and --memory, which says how much of it a solver may take."""
    return solver_option("auto")(memory_option(command))


def workers_options(default: str) -> Decorator:
    """--workers and --scheduler, who does the work."""

    def add(command: Command) -> Command:
        scheduler = click.option(
            "--scheduler", metavar="ADDRESS", help="Use the workers of this Dask scheduler."
        )
        return click.option(
            "--workers",
            type=click.IntRange(1, MOST_WORKERS),
            help=f"Local processes  [default: {default}]",
        )(scheduler(command))

    return add


measurements_option: Decorator = click.option(
    "--measurements", metavar="FILE", help="A .json file that names the Bobs' measurements."
)
