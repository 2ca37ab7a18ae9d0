"""Symmetric assemblages with hidden states or none: with their symmetries and without.

``python tests/benchmarks/symmetric.py`` prints the table of docs/speed.md. Every line is one
assemblage, proved twice in the same process by the whole of `certify` for a local-hidden-state
model or against one; the symmetries are left out the second time. ``--only WORD`` keeps the lines
whose name has it.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Callable
from pathlib import Path

from flint import fmpq

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "oracles")]

import symmetric_assemblages as given  # noqa: E402

from exactsteer import recheck  # noqa: E402
from exactsteer.errors import SolverFailed  # noqa: E402
from exactsteer.kernel.check import check  # noqa: E402
from exactsteer.model.printed import Printed  # noqa: E402
from exactsteer.programs import invariant_strategies  # noqa: E402
from exactsteer.programs.invariant_strategies import invariant_space  # noqa: E402
from exactsteer.programs.strategy_space import StrategySpace  # noqa: E402
from exactsteer.proving.hidden_states.decided import decide_classical  # noqa: E402
from exactsteer.proving.question import Question  # noqa: E402

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


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="lines whose name has this")
    options = parser.parse_args()
    print("|", HEAD, "|")
    print("|---" * (HEAD.count("|") + 1) + "|")
    for name, make in LINES.items():
        if options.only in name:
            print("|", " | ".join(map(str, line(name, make()))), "|", flush=True)


if __name__ == "__main__":
    main()
