"""Measure, side by side in one run, and write a Markdown report.

    OPENBLAS_NUM_THREADS=1 python tests/benchmarks/run.py -o docs/benchmarks.md

Times are CPU seconds of one thread, the median of several runs where these are short; what is
compared is run in turn. Nothing passes or fails here. `--quick` leaves out what takes more than a
few seconds, `--largest` adds D = 128, which takes 3 GiB and minutes. Clarabel and QICS are measured
where they are installed (exactsteer[bench]); as PICOS loads every solver, they add to the memory.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import instances
import numpy as np
from flint import fmpz_mat

from exactsteer import recheck
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.assemblage_file import Printed
from exactsteer.kernel.check import check
from exactsteer.kernel.scenario import Scenario
from exactsteer.programs.batch import solve_batch
from exactsteer.programs.multipliers import Normalisation
from exactsteer.programs.parent_states import solve_dual
from exactsteer.programs.solve import available_solvers
from exactsteer.programs.structured import Structure, solve_structured
from exactsteer.proving.decide import certify
from exactsteer.proving.repair import repair
from exactsteer.proving.rounding import Aim

ENOUGH_SECONDS = 2.0
MAX_REPEATS = 5
TWO = (2, 2)

Lines = Iterator[str]


def timed(*actions: Callable[[], object]) -> list[float]:
    """Median CPU seconds of each action; they take turns."""
    seconds: list[list[float]] = [[] for _ in actions]
    for repeat in range(MAX_REPEATS):
        for own, action in zip(seconds, actions, strict=True):
            if repeat == 0 or sum(own) < ENOUGH_SECONDS:
                started = time.process_time()
                action()
                own.append(time.process_time() - started)
    return [statistics.median(own) for own in seconds]


def centre(given: Printed) -> Assemblage:
    """The exact assemblage that is solved."""
    return repair(given).centre


def table(*rows: list[object]) -> Lines:
    """A Markdown table; the first row is its head."""
    head, *rest = rows
    yield "| " + " | ".join(map(str, head)) + " |"
    yield "|" + "---|" * len(head)
    for row in rest:
        yield "| " + " | ".join(map(_cell, row)) + " |"
    yield ""


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3g}" if value < 100 else f"{value:.0f}"
    return str(value)


def report(message: str) -> None:
    """What is measured now."""
    print(message, file=sys.stderr, flush=True)


# ---- The sections ----


def solvers(quick: bool) -> Lines:
    """The structured solver and the general ones."""
    yield "## Solving (D)"
    yield ""
    yield "Two settings of two outcomes, two Bobs, random quantum assemblages; seconds (ratio)."
    yield ""
    general: dict[str, Callable[[Assemblage], object]] = {
        "PICOS + CVXOPT": lambda s: solve_dual(s, Normalisation.TRACE, "picos:cvxopt")
    }
    if "qics" in available_solvers():
        general["PICOS + QICS"] = lambda s: solve_dual(s, Normalisation.TRACE, "picos:qics")
    if importlib.util.find_spec("clarabel"):
        import clarabel_program

        general["Clarabel (without PICOS)"] = clarabel_program.solve
    rows: list[list[object]] = [["D", "structured", *general]]
    for dims in [(2, 2), (4, 4)] if quick else [(2, 2), (4, 4), (5, 5), (4, 8)]:
        size = dims[0] * dims[1]
        sigma = centre(instances.quantum(dims, TWO))
        names = [n for n in general if size <= 16 or n == "PICOS + CVXOPT"]
        report(f"solvers, D = {size}: {', '.join(names)}")
        actions = [lambda n=n, s=sigma: _attempt(general[n], s) for n in names]
        ours, *theirs = timed(lambda s=sigma: solve_structured(s), *actions)
        found = {n: f"{t:.3g} ({_cell(t / ours)} x)" for n, t in zip(names, theirs, strict=True)}
        rows.append([size, ours, *(found.get(n, "") for n in general)])
    yield from table(*rows)


def _attempt(action: Callable[[Assemblage], object], sigma: Assemblage) -> None:
    try:
        action(sigma)
    # A benchmark goes on without a solver that fails.
    except Exception as error:
        report(f"  failed: {error}")


def certifying(quick: bool) -> Lines:
    """All stages of a proof."""
    yield "## From numbers to a checked proof"
    yield ""
    yield (
        "Seconds of each stage, one run; `radius` solves to the end, `verdict` stops when the sign "
        "is decided. The last columns re-check the file. A product is that of two integer matrices "
        "of size 2D (the real form of a D x D complex one) with 60-bit entries."
    )
    yield ""
    head = "instance,aim,claim,repair,solve,round,check,bytes,kernel,re-checker,product"
    rows: list[list[object]] = [head.split(",")]
    given: list[tuple[str, int, Callable[[], Printed]]] = [
        ("quantum, D = 4", 4, lambda: instances.quantum((2, 2), TWO)),
        ("monogamy, D = 4", 4, lambda: instances.monogamy(2)),
        ("quantum, D = 16", 16, lambda: instances.quantum((4, 4), TWO)),
        ("monogamy, D = 16", 16, lambda: instances.monogamy(4)),
    ]
    if not quick:
        given += [
            ("quantum, D = 32", 32, lambda: instances.quantum((4, 8), TWO)),
            ("monogamy, D = 36", 36, lambda: instances.monogamy(6)),
            ("quantum, D = 64", 64, lambda: instances.quantum((8, 8), TWO)),
        ]
    for name, size, make in given:
        for aim in (Aim.RADIUS, Aim.VERDICT):
            report(f"certify, {name}, {aim.value}")
            proved = certify(make(), aim=aim)
            kernel, again, product = timed(
                lambda p=proved: check(p.data),
                lambda p=proved: _recheck(p.data),
                _product(size),
            )
            stages = [proved.seconds[s] for s in ("repair", "solve", "round", "check")]
            rows.append(
                [
                    *(name, aim.value, proved.theorem.claim, *stages, len(proved.data)),
                    *(kernel, again, product),
                ]
            )
    yield from table(*rows)


def _recheck(data: bytes) -> None:
    if recheck.check_bytes(data).verdict != "verified":
        report("  the re-checker does not verify this proof")


def _product(size: int) -> Callable[[], object]:
    dice = random.Random(0)
    n = 2 * size
    a, b = (fmpz_mat(n, n, [dice.getrandbits(60) for _ in range(n * n)]) for _ in range(2))
    return lambda: a * b


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


def rates(quick: bool) -> Lines:
    """Many small instances."""
    from exactsteer.sweeping.cases import case_of
    from exactsteer.sweeping.work import Options, carry_out

    yield "## Many small instances"
    yield ""
    yield "D = 4, two settings of two outcomes, one core; per second."
    yield ""
    count = 256 if quick else 1024
    scenario = Scenario((TWO,), (2, 2))
    structure = Structure(scenario)
    given = [instances.quantum((2, 2), TWO, seed) for seed in range(64)]
    cases = [case_of(p) for p in given]
    sigma = [np.array([cases[i % 64].sigma[k] for i in range(count)]) for k in range(2)]

    class Same:
        """The monogamy assemblage again and again."""

        def __len__(self) -> int:
            return 128

        def describe(self) -> dict[str, object]:
            return {}

        def label(self, index: int) -> object:
            from exactsteer.sweeping.cases import Label

            return Label(str(index))

        def case(self, index: int) -> object:
            return case_of(instances.monogamy(2))

    report("rates")
    decided, full = timed(
        lambda: solve_batch(structure, sigma, until_decided=True),
        lambda: solve_batch(structure, sigma),
    )
    (proofs,) = timed(lambda: carry_out(Same(), range(128), Options()))
    yield from table(
        ["what", "per second"],
        ["verdicts in floating point (batch, until the sign is decided)", count / decided],
        ["optima in floating point (batch, to the end)", count / full],
        ["steering inequalities found, rounded, checked by the kernel", 128 / proofs],
    )


def largest() -> Lines:
    """D = 128, once."""
    yield "## The largest"
    yield ""
    yield "One random quantum assemblage, D = 128 = 8 x 16, aim `radius`, in a process of its own."
    yield ""
    report("certify, D = 128")
    code = MEMORY.format(folder=str(Path(__file__).parent), dims=(8, 16), aim="RADIUS")
    used, seconds, size = _measured(code)
    yield from table(["seconds", "MiB", "bytes of the proof file"], [seconds, used, size])


MEMORY = """
import sys
sys.path.insert(0, {folder!r})
import instances
from exactsteer.proving.decide import certify
from exactsteer.proving.rounding import Aim
proved = certify(instances.quantum({dims}, (2, 2)), aim=Aim.{aim})
print(sum(proved.seconds.values()), len(proved.data))
"""


def memory(quick: bool) -> Lines:
    """Peak memory of whole processes."""
    from exactsteer.programs.structured.structure import bytes_needed

    yield "## Peak memory"
    yield ""
    yield "Resident set of a process that certifies a random quantum assemblage (`--aim verdict`)."
    yield ""
    rows: list[list[object]] = [["D", "MiB", "of it estimated beforehand for the solver"]]
    nothing = "import exactsteer.proving.decide\nprint(0, 0)"
    rows.append(["import only", _measured(nothing)[0], 0])
    for dims in [(2, 2), (4, 4)] if quick else [(2, 2), (4, 4), (4, 8), (8, 8)]:
        report(f"memory, {dims}")
        folder = str(Path(__file__).parent)
        used, _, _ = _measured(MEMORY.format(folder=folder, dims=dims, aim="VERDICT"))
        estimate = bytes_needed(Scenario((TWO,), dims)) / 2**20
        rows.append([dims[0] * dims[1], used, estimate])
    yield from table(*rows)


def _measured(code: str) -> tuple[float, float, int]:
    """Mebibytes that a Python process needs for some code, and what the code prints last."""
    ask = "\nimport resource\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    out = subprocess.run(
        [sys.executable, "-c", code + ask], check=True, capture_output=True, text=True
    )
    seconds, size, kibibytes = out.stdout.split()[-3:]
    return int(kibibytes) / 1024, float(seconds), int(size)


def machine() -> str:
    """What this was measured on."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text(encoding="utf-8").splitlines()
        models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        name = models[0] if models else name
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{name}, {os.cpu_count()} cores{load}, Python {platform.python_version()}, numpy "
        f"{np.__version__}, one BLAS thread, {datetime.date.today().isoformat()}"
    )


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, help="Markdown file; default: standard output")
    parser.add_argument("--quick", action="store_true", help="small sizes only")
    parser.add_argument("--largest", action="store_true", help="D = 128 as well")
    parser.add_argument("--only", nargs="*", help="names of sections, such as memory")
    options = parser.parse_args()
    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":
        parser.error("set OPENBLAS_NUM_THREADS=1 in the environment")
    lines = ["# Benchmarks", "", f"{machine()}.", ""]
    lines += ["Made by `python tests/benchmarks/run.py -o docs/benchmarks.md`.", ""]
    for section in (solvers, certifying, growth, rates, memory):
        if options.only is None or section.__name__ in options.only:
            lines += section(options.quick)
    if options.largest:
        lines += largest()
    text = "\n".join(lines).rstrip() + "\n"
    if options.output is None:
        print(text, end="")
    else:
        options.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
