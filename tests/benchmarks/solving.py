"""Solvers of program (D) side by side, and how the structured one grows."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

import instances
import numpy as np
import plain_program
from measure import TWO, Lines, cell, centre, report, table, timed

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.programs.methods import solve_dual
from exactsteer.programs.multipliers import Normalisation
from exactsteer.programs.solve import available_solvers
from exactsteer.programs.structured import Structure, solve_structured

Solve = Callable[[Assemblage], float]

PLAIN = "PICOS + CVXOPT, plain (D)"
GAUGE_FIXED = "PICOS + CVXOPT, gauge fixed"


def solvers(quick: bool) -> Lines:
    """The structured solver and the general ones."""
    yield "## Solving (D)"
    yield ""
    yield (
        "Two settings of two outcomes, two Bobs, random quantum assemblages (Q) and postquantum "
        "ones (P, a hidden monogamy); seconds (ratio). Plain is (D) as it is written "
        "(`tests/benchmarks/plain_program.py`), gauge fixed is the model of "
        "`exactsteer/programs/parent_states.py`, whose W and V are unique. The last column is the "
        "largest difference between two of the optima."
    )
    yield ""
    general: dict[str, Solve] = {
        PLAIN: plain_program.solve,
        GAUGE_FIXED: lambda s: _with_picos(s, "cvxopt"),
    }
    if "qics" in available_solvers():
        general["PICOS + QICS"] = lambda s: _with_picos(s, "qics")
    if importlib.util.find_spec("clarabel"):
        import clarabel_program

        general["Clarabel (without PICOS)"] = clarabel_program.solve
    rows: list[list[object]] = [["D", "", "structured", *general, "difference"]]
    for dims in [(2, 2), (4, 4)] if quick else [(2, 2), (4, 4), (5, 5), (4, 8)]:
        rows.append(_row("Q", dims, centre(instances.quantum(dims, TWO)), general))
        if not any(d % 2 for d in dims):
            rows.append(_row("P", dims, centre(instances.hidden_monogamy(dims)), general))
    yield from table(*rows)


def _with_picos(sigma: Assemblage, name: str) -> float:
    return solve_dual(sigma, Normalisation.TRACE, f"picos:{name}").value


def _row(
    kind: str, dims: tuple[int, ...], sigma: Assemblage, general: dict[str, Solve]
) -> list[object]:
    size = sigma.scenario.joint_dimension
    names = [n for n in general if size <= 16 or n in (PLAIN, GAUGE_FIXED)]
    report(f"solvers, D = {size}, {kind}: {', '.join(names)}")
    optima: dict[str, float] = {}

    def attempt(name: str, solve: Solve) -> None:
        try:
            optima[name] = solve(sigma)
        # A benchmark goes on without a solver that fails.
        except Exception as error:
            report(f"  {name} failed: {error}")

    ours, *theirs = timed(
        lambda: attempt("structured", lambda s: solve_structured(s).value),
        *(lambda n=n: attempt(n, general[n]) for n in names),
    )
    found = {
        n: f"{t:.3g} ({cell(t / ours)} x)" if n in optima else "failed"
        for n, t in zip(names, theirs, strict=True)
    }
    difference = np.ptp(list(optima.values()))
    return [size, kind, ours, *(found.get(n, "") for n in general), f"{difference:.1e}"]


def growth(quick: bool) -> Lines:
    """How the structured solver's time grows."""
    yield "## Growth of the structured solver"
    yield ""
    rows: list[list[object]] = [["scenario", "D", "(a, x)", "free V", "iterations' seconds"]]
    cases: list[tuple[str, tuple[int, ...], tuple[int, ...]]] = [
        ("D", (2, 2), TWO),
        ("D", (3, 3), TWO),
        ("D", (4, 4), TWO),
        ("D", (5, 5), TWO),
        ("Bobs", (2, 2, 2), TWO),
        ("Bobs", (2, 2, 2, 2), TWO),
        ("settings", (2, 2), (2,) * 4),
        ("settings", (2, 2), (2,) * 8),
        ("settings", (3, 3), (2,) * 4),
        ("outcomes", (3, 3), (4, 4)),
        ("outcomes", (3, 3), (8, 8)),
    ]
    if not quick:
        cases += [("D", (4, 8), TWO), ("D", (6, 8), TWO), ("D", (8, 8), TWO)]
        cases += [("Bobs", (2,) * 5, TWO), ("settings", (4, 4), (2,) * 6)]
    for _, dims, outcomes in sorted(cases, key=lambda case: case[0]):
        report(f"growth, {dims}, {outcomes}")
        sigma = centre(instances.quantum(dims, outcomes))
        structure = Structure(sigma.scenario)
        (seconds,) = timed(lambda s=sigma: solve_structured(s))
        rows.append(
            [
                sigma.scenario.sentence(),
                structure.size,
                len(structure.elements),
                len(structure.free),
                seconds,
            ]
        )
    yield from table(*rows)
