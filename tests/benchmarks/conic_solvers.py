"""Solvers of the sparse program (D): Clarabel and SCS by their own interfaces, others by a file."""

from __future__ import annotations

import re
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import scipy.sparse
from sparse_program import SparseProgram

PROGRAMS = {"CSDP": "csdp", "SDPA": "sdpa", "DSDP": "dsdp5"}
"""Debian's packages coinor-csdp, sdpa and dsdp: names here and of the executables."""


def with_clarabel(program: SparseProgram, tolerance: float) -> float:
    """The optimum."""
    import clarabel

    a, b = _cone_form(program, upper=True)
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = tolerance
    cones = [clarabel.PSDTriangleConeT(program.size)] * program.blocks
    n = len(program.objective)
    zero = scipy.sparse.csc_matrix((n, n))
    solution = clarabel.DefaultSolver(zero, program.objective, a, b, cones, settings).solve()
    return float(solution.obj_val) + program.offset


def with_scs(program: SparseProgram, tolerance: float) -> float:
    """The optimum, as far as a first-order method with its own limit of steps goes."""
    import scs

    a, b = _cone_form(program, upper=False)
    data = {"A": a, "b": b, "c": program.objective}
    cone = {"s": [program.size] * program.blocks}
    solver = scs.SCS(data, cone, eps_abs=tolerance, eps_rel=0.0, verbose=False)
    return float(solver.solve()["info"]["pobj"]) + program.offset


def _cone_form(program: SparseProgram, upper: bool) -> tuple[scipy.sparse.csc_matrix, np.ndarray]:
    """A, b of A x + s = b: s has scaled triangles of each block, column by column."""
    size = program.size
    column, row = np.tril_indices(size)
    if not upper:
        order = np.lexsort((column, row))
        column, row = column[order], row[order]
    # Symmetric blocks: entry (row, column) with row <= column stands for both.
    places = row * size + column
    scale = np.where(row == column, 1.0, np.sqrt(2))
    rows = np.concatenate([b * size**2 + places for b in range(program.blocks)])
    weights = scipy.sparse.diags(np.tile(scale, program.blocks))
    a = -(weights @ program.columns.tocsr()[rows])
    return a.tocsc(), (weights @ program.constant.tocsr()[rows]).toarray().ravel()


def with_file(
    name: str, program: SparseProgram, tolerance: float, folder: Path, seconds: int
) -> tuple[float, float]:
    """The optimum and the processor seconds of CSDP, SDPA or DSDP, which read a file.

    Raises ValueError when it prints no optimum, subprocess.CalledProcessError when it is killed.
    """
    file = folder / "program.dat-s"
    if not file.exists():
        file.write_text(program.sdpa(), encoding="ascii")
    command, printed = _COMMANDS[name](folder, file, tolerance)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, preexec_fn=limited)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode < 0:
        raise subprocess.CalledProcessError(run.returncode, command)
    found = re.findall(printed, run.stdout)
    if not found:
        raise ValueError(f"{name} printed no optimum: {run.stdout[-300:]}")
    # DSDP prints the optimum of its own problem, a maximum.
    optimum = -float(found[-1]) if name == "DSDP" else float(found[-1])
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return optimum + program.offset, used


def _csdp(folder: Path, file: Path, tolerance: float) -> tuple[list[str], str]:
    (folder / "param.csdp").write_text(
        f"axtol={tolerance}\natytol={tolerance}\nobjtol={tolerance}\npinftol=1e8\ndinftol=1e8\n"
        "maxiter=200\nminstepfrac=0.9\nmaxstepfrac=0.97\nminstepp=1e-12\nminstepd=1e-12\n"
        "usexzgap=1\ntweakgap=0\naffine=0\nprintlevel=1\nperturbobj=0\nfastmode=0\n",
        encoding="ascii",
    )
    return ["csdp", file.name], r"Primal objective value:\s*(\S+)"


def _sdpa(folder: Path, file: Path, tolerance: float) -> tuple[list[str], str]:
    (folder / "param.sdpa").write_text(
        f"200 unsigned int maxIteration;\n{tolerance} double epsilonStar;\n1.0E2 lambdaStar;\n"
        f"2.0 omegaStar;\n-1.0E5 lowerBound;\n1.0E5 upperBound;\n0.1 betaStar;\n0.2 betaBar;\n"
        f"0.9 gammaStar;\n{tolerance} epsilonDash;\n",
        encoding="ascii",
    )
    command = ["sdpa", "-ds", file.name, "-o", "out", "-p", "param.sdpa", "-numThreads", "1"]
    return command, r"objValPrimal\s*=\s*(\S+)"


def _dsdp(folder: Path, file: Path, tolerance: float) -> tuple[list[str], str]:
    command = ["dsdp5", file.name, "-gaptol", str(tolerance), "-maxit", "500"]
    return command, r"DSDP Solution:\s*(\S+)"


_COMMANDS: dict[str, Callable[[Path, Path, float], tuple[list[str], str]]] = {
    "CSDP": _csdp,
    "SDPA": _sdpa,
    "DSDP": _dsdp,
}
