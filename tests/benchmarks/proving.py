"""All stages of a proof, and re-checking it."""

from __future__ import annotations

import random
from collections.abc import Callable

import instances
from flint import fmpz_mat
from measure import TWO, Lines, report, table, timed

from exactsteer import recheck
from exactsteer.kernel.check import check
from exactsteer.model.printed import Printed
from exactsteer.proving.decide import certify
from exactsteer.proving.question import Question
from exactsteer.proving.rounding import Aim


def certifying(quick: bool) -> Lines:
    """Solving, rounding, checking, and both checkers on the file."""
    yield "## From numbers to a checked proof"
    yield ""
    yield (
        "Two settings of two outcomes, two Bobs; seconds of each stage, the median of three runs. "
        "`radius` solves to the end, `verdict` stops when the sign is decided. `rest / solve` is "
        "all that is exact (repair, rounding, checking) against solving, `kernel / solve` "
        "re-checking the file against solving. A product is that of two integer matrices of size "
        "2D (the real form of a D x D complex one) with 60-bit entries."
    )
    yield ""
    head = "instance,D,aim,repair,solve,round,check,rest / solve,bytes,kernel,re-checker,product"
    rows: list[list[object]] = [[*head.split(","), "kernel / solve"]]
    for dims in [(2, 2), (4, 4)] if quick else [(2, 2), (4, 4), (4, 8), (8, 8)]:
        size = dims[0] * dims[1]
        given: dict[str, Callable[[], Printed]] = {
            "quantum": lambda d=dims: instances.quantum(d, TWO),
            "postquantum": lambda d=dims: instances.hidden_monogamy(d),
        }
        for name, make in given.items():
            for aim in (Aim.RADIUS, Aim.VERDICT):
                report(f"certify, {name}, D = {size}, {aim.value}")
                rows.append([name, size, aim.value, *_stages(make(), aim, size)])
    yield from table(*rows)


def _stages(given: Printed, aim: Aim, size: int) -> list[object]:
    runs = sorted(
        (certify(Question(given, aim=aim)) for _ in range(3)),
        key=lambda run: sum(run.seconds.values()),
    )
    proved = runs[1]
    kernel, again, product = timed(
        lambda: check(proved.data), lambda: _recheck(proved.data), _product(size)
    )
    stages = [proved.seconds[s] for s in ("repair", "solve", "round", "check")]
    solve = proved.seconds["solve"]
    rest = (sum(stages) - solve) / solve
    return [*stages, rest, len(proved.data), kernel, again, product, kernel / solve]


def _recheck(data: bytes) -> None:
    if recheck.check_bytes(data).verdict != "verified":
        report("  the re-checker does not verify this proof")


def _product(size: int) -> Callable[[], object]:
    dice = random.Random(0)
    n = 2 * size
    a, b = (fmpz_mat(n, n, [dice.getrandbits(60) for _ in range(n * n)]) for _ in range(2))
    return lambda: a * b
