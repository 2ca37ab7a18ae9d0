"""Symmetric assemblages: proved with their symmetries and without.

``python tests/benchmarks/symmetric.py`` prints the two tables of docs/speed.md. Every line is one
assemblage, proved twice in the same process; the symmetries are left out the second time. The first
table is about local-hidden-state models, the second about parent states: there the whole of
`certify` says whether the assemblage is quantum. ``--only WORD`` keeps the lines whose name has it,
``--slow`` adds those that take minutes without symmetries.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from flint import fmpq

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "oracles")]

import symmetric_assemblages as given  # noqa: E402
from instances import hidden_monogamy, monogamy, quantum  # noqa: E402

from exactsteer import recheck  # noqa: E402
from exactsteer.errors import SolverFailed  # noqa: E402
from exactsteer.kernel.check import check  # noqa: E402
from exactsteer.model.printed import Printed  # noqa: E402
from exactsteer.programs import invariant_strategies, symmetric_parent_states  # noqa: E402
from exactsteer.programs.invariant_strategies import invariant_space  # noqa: E402
from exactsteer.programs.strategy_space import StrategySpace  # noqa: E402
from exactsteer.proving.decide import certify  # noqa: E402
from exactsteer.proving.hidden_states.decided import decide_classical  # noqa: E402
from exactsteer.proving.parent_states import excluded  # noqa: E402
from exactsteer.proving.question import Question  # noqa: E402
from exactsteer.telling import told_to  # noqa: E402

PAULI = [given.X, given.Y, given.Z]
LINES: dict[str, Callable[[], Printed]] = {
    "polygon 12, v = 0.6": lambda: given.isotropic(given.eigenbases(given.polygon(12)), 0.6),
    "polygon 16, v = 0.75": lambda: given.isotropic(given.eigenbases(given.polygon(16)), 0.75),
    "dodecahedron, v = 0.5": lambda: given.isotropic(given.eigenbases(given.dodecahedron()), 0.5),
    "3 unbiased bases, d = 7, v = 0.6": lambda: given.isotropic(given.unbiased(7, 3), 0.6),
    "4 unbiased bases, d = 5, v = 0.6": lambda: given.isotropic(given.unbiased(5, 4), 0.6),
    "6 unbiased bases, d = 5, v = 0.5": lambda: given.isotropic(given.unbiased(5, 6), 0.5),
    "6 unbiased bases, d = 5, v = 0.3": lambda: given.isotropic(given.unbiased(5, 6), 0.3),
    "GHZ, 2 Alices, hexagon, v = 0.6": lambda: given.ghz(2, 1, given.polygon(6), 0.6),
    "GHZ, 2 Alices, hexagon, v = 0.3": lambda: given.ghz(2, 1, given.polygon(6), 0.3),
    "GHZ, 3 Alices, square, v = 0.6": lambda: given.ghz(3, 1, given.polygon(4), 0.6),
    "GHZ, 4 Alices, X Y Z, v = 0.6": lambda: given.ghz(4, 1, PAULI, 0.6),
    "GHZ, 4 Alices, X Y Z, v = 0.05": lambda: given.ghz(4, 1, PAULI, 0.05),
    "GHZ, 5 Alices, X Y Z, v = 0.6": lambda: given.ghz(5, 1, PAULI, 0.6),
}
PARENTS: dict[str, Callable[[], Printed]] = {
    "monogamy, d = 5": lambda: monogamy(5),
    "monogamy, d = 6": lambda: monogamy(6),
    "monogamy, d = 7": lambda: monogamy(7),
    "monogamy, d = 8": lambda: monogamy(8),
    "monogamy, d = 10": lambda: monogamy(10),
    "3 unbiased bases, d = 5, v = 0.9": lambda: given.isotropic(given.unbiased(5, 3), 0.9, 2),
    "6 unbiased bases, d = 5, v = 0.4": lambda: given.isotropic(given.unbiased(5, 6), 0.4, 2),
    "4 unbiased bases, 3 Bobs, v = 0.9": lambda: given.isotropic(given.unbiased(3, 4), 0.9, 3),
    "polygon 40, v = 0.95": lambda: given.isotropic(given.eigenbases(given.polygon(40)), 0.95, 2),
    "polygon 100, v = 0.95": lambda: given.isotropic(given.eigenbases(given.polygon(100)), 0.95, 2),
    "dodecahedron, 3 Bobs, v = 0.4": lambda: given.isotropic(
        given.eigenbases(given.dodecahedron()), 0.4, 3
    ),
    "dodecahedron, 3 Bobs, v = 0.9": lambda: given.isotropic(
        given.eigenbases(given.dodecahedron()), 0.9, 3
    ),
    "GHZ, 2 Alices, 3 Bobs, X Y Z, v = 0.6": lambda: given.ghz(2, 3, PAULI, 0.6),
    "GHZ, 3 Alices, 2 Bobs, X Y Z, v = 0.6": lambda: given.ghz(3, 2, PAULI, 0.6),
}
NO_SYMMETRY: dict[str, Callable[[], Printed]] = {
    "random, D = 16": lambda: quantum((4, 4), (2, 2)),
    "random, D = 16, 12 settings": lambda: quantum((4, 4), (2,) * 12),
    "random, D = 32": lambda: hidden_monogamy((4, 8)),
    "random, D = 64": lambda: quantum((8, 8), (2, 2)),
}
SLOW = {"monogamy, d = 10", "GHZ, 3 Alices, 2 Bobs, X Y Z, v = 0.6"}
HEAD = (
    "assemblage | claim | strategies | orbits | multipliers | invariant | solve | without "
    "| certify | without | bytes | without | radius / without"
)


def proved(data: Printed) -> tuple[float, float, str, int, fmpq]:
    """Seconds of processor time for solving and in all, the claim, bytes, and the radius."""
    question = Question(data)
    _ = question.repaired
    begin = time.process_time()
    _ = question.hidden
    solved = time.process_time()
    certificate = decide_classical(question)
    end = time.process_time()
    check(certificate.data)
    if recheck.check_bytes(certificate.data).verdict != "verified":
        raise SystemExit("the re-checker does not verify the proof")
    radius = fmpq(json.loads(certificate.data)["statement"]["radius"])
    claim = certificate.theorem.claim
    return solved - begin, end - begin, claim, len(certificate.data), radius


def line(name: str, data: Printed) -> list[object]:
    """What the table says of one assemblage."""
    centre = Question(data).repaired.centre
    space = StrategySpace(centre.scenario)
    part = invariant_space(space, centre)
    if part is None:
        raise SystemExit(f"{name}: no symmetries are used")
    sizes = [space.count, len(part.first), space.G * len(space.B), len(part.Y)]
    with_them = proved(data)
    worth, invariant_strategies.WORTH = invariant_strategies.WORTH, math.inf
    try:
        without = proved(data)
    except SolverFailed:
        without = None
    finally:
        invariant_strategies.WORTH = worth
    seconds: list[object] = []
    for i in (0, 1):
        seconds.append(f"{with_them[i]:.2g} s")
        seconds.append("refused" if without is None else f"{without[i] / with_them[i]:.2g} x")
    other: list[object] = ["", ""]
    if without is not None:
        ratio = with_them[4] / without[4]
        other = [without[3], f"{int(ratio.p) / int(ratio.q):.2f}"]
    return [name, with_them[2], *sizes, *seconds, with_them[3], *other]


PARENTS_HEAD = (
    "assemblage | claim | D | elements | orbits | matrices up to | TRACE | without | BOX | without "
    "| certify | without | radius / without"
)


def certified(data: Printed) -> tuple[dict[str, float], str, fmpq, list[str]]:
    """Seconds for the programs by normalisation and in all, claim, radius, and what was told."""
    question, heard = Question(data), list[str]()
    _ = question.repaired
    seconds: dict[str, float] = {}
    solve = excluded.solve_dual

    def timed(*given_: object) -> object:
        begin = time.process_time()
        try:
            return solve(*given_)
        finally:
            name = given_[1].name
            seconds[name] = seconds.get(name, 0.0) + time.process_time() - begin

    excluded.solve_dual = timed
    begin = time.process_time()
    try:
        with told_to(heard.append):
            certificate = certify(question)
    finally:
        excluded.solve_dual = solve
    seconds["certify"] = time.process_time() - begin
    check(certificate.data)
    if recheck.check_bytes(certificate.data).verdict != "verified":
        raise SystemExit("the re-checker does not verify the proof")
    radius = fmpq(json.loads(certificate.data)["statement"]["radius"])
    return seconds, certificate.theorem.claim, radius, heard


def line_of_parents(data: Printed) -> list[object]:
    """What the second table says of one assemblage."""
    worth = symmetric_parent_states.WORTH
    seconds, claim, radius, heard = certified(data)
    symmetric_parent_states.WORTH = math.inf
    try:
        before, claim_before, radius_before, _ = certified(data)
    finally:
        symmetric_parent_states.WORTH = worth
    if claim != claim_before:
        raise SystemExit(f"without symmetries the claim is {claim_before!r}, not {claim!r}")
    told = next((re.search(FOUND, text) for text in heard if re.search(FOUND, text)), None)
    orbits = (told[1], told[2], told[3]) if told else ("", "", "")
    columns: list[object] = []
    for name in ("TRACE", "BOX", "certify"):
        columns.append(f"{seconds[name]:.2g} s" if name in seconds else "")
        columns.append(f"{before[name] / seconds[name]:.2g} x" if name in seconds else "")
    ratio = radius / radius_before
    size = data.scenario.joint_dimension
    return [
        claim,
        size,
        orbits[1],
        orbits[0],
        orbits[2],
        *columns,
        f"{int(ratio.p) / int(ratio.q):.4f}",
    ]


FOUND = r"(\d+) orbits of (\d+) elements, matrices of (\d+)"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="lines whose name has this")
    parser.add_argument("--slow", action="store_true", help="lines that take minutes, too")
    options = parser.parse_args()
    print("|", HEAD, "|")
    print("|---" * (HEAD.count("|") + 1) + "|")
    for name, make in LINES.items():
        if options.only in name:
            print("|", " | ".join(map(str, line(name, make()))), "|", flush=True)
    print()
    print("|", PARENTS_HEAD, "|")
    print("|---" * (PARENTS_HEAD.count("|") + 1) + "|")
    # What is imported and cached at first is in no line.
    certified(monogamy(6))
    for name, make in {**PARENTS, **NO_SYMMETRY}.items():
        if options.only in name and (options.slow or name not in SLOW):
            print("|", " | ".join(map(str, [name, *line_of_parents(make())])), "|", flush=True)


if __name__ == "__main__":
    main()
