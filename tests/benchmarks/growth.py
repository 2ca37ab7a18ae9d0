"""How the structured solver's time and memory grow, and what would not fit a machine."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from measure import Lines, report, table
from memory import measured

SOLVE = """
import sys, time
sys.path.insert(0, {folder!r})
import instances
from measure import centre
from exactsteer.programs.structured import solve_structured
solve_structured(centre(instances.quantum((4, 4), (2, 2))))
sigma = centre(instances.{instance})
started = time.process_time()
solve_structured(sigma)
print(time.process_time() - started)
"""
GROWTHS: dict[str, list[tuple[int, str]]] = {
    "D, two Bobs": [
        (d, f"quantum({dims}, (2, 2))")
        for d, dims in (
            *((4, (2, 2)), (16, (4, 4)), (25, (5, 5)), (32, (4, 8)), (48, (6, 8)), (64, (8, 8))),
            *((128, (8, 16)), (256, (16, 16))),
        )
    ],
    "D, as many qubits": [(2**n, f"quantum({(2,) * n}, (2, 2))") for n in range(2, 9)],
    "settings, D = 4": [(m, f"quantum((2, 2), {(2,) * m})") for m in (4, 16, 32, 64, 128)],
    "settings, D = 16": [(m, f"quantum((4, 4), {(2,) * m})") for m in (4, 8, 16, 32, 64)],
    "outcomes, D = 9": [(o, f"quantum((3, 3), {(o, o)})") for o in (4, 16, 32, 64, 128)],
    "pairs (a, x) of more and more Alices, D = 4": [
        (4**n, f"several_alices({n}, (2, 2))") for n in (1, 2, 3, 4, 5)
    ],
}
"""What grows: its values, each with its instance."""
FITTED = 3
QUICK = 16
MACHINE_MIB, NOTICED_MIB = 24 * 1024, 10
"""A machine's memory, and from what on memory grows in a way that can be told."""


def growth(quick: bool) -> Lines:
    """How time and memory of the structured solver grow, with which powers, and how far."""
    yield "## Growth of the structured solver"
    yield ""
    yield (
        "Seconds to a gap of 1e-9 of random quantum assemblages, and the peak of memory, each in a "
        "process of its own that has solved another one before. A power is the slope of the "
        f"logarithm against that of what grows, over its {FITTED} largest values; of memory, that "
        "beyond what a process takes at first. Where 24 GiB would be full, and how long a solve "
        "would take there, is extrapolated by these powers."
    )
    yield ""
    folder = str(Path(__file__).parent)
    at_first = measured(SOLVE.format(folder=folder, instance="quantum((2, 2), (2, 2))"))[0]
    rows: list[list[object]] = [["what grows", "value", "seconds", "MiB"]]
    head = ["what grows", "power of time", "power of memory"]
    powers: list[list[object]] = [[*head, "24 GiB (extrapolated)", "seconds there (extrapolated)"]]
    for what, cases in GROWTHS.items():
        found = []
        for value, instance in cases:
            if quick and value > QUICK:
                continue
            report(f"growth of {what}: {instance}")
            mebibytes, seconds = measured(SOLVE.format(folder=folder, instance=instance))
            found.append((value, seconds, mebibytes - at_first))
            rows.append([what, value, seconds, mebibytes])
        powers.append([what, *_powers(found)])
    yield from table(*rows)
    yield from table(*powers)


def _powers(found: list[tuple[int, float, float]]) -> list[object]:
    """Of time and memory, and where memory is full, by the last ones."""
    last = np.array(found[-FITTED:])
    of_time = _power(last[:, 0], last[:, 1])
    if min(last[:, 2]) < NOTICED_MIB:
        return [of_time, f"{last[-1, 2]:.1f} MiB at {last[-1, 0]:.0f}", "", ""]
    of_memory = _power(last[:, 0], last[:, 2])
    value, seconds, mebibytes = last[-1]
    times = (MACHINE_MIB / mebibytes) ** (1 / of_memory)
    return [of_time, of_memory, f"{times * value:.2g}", f"{times**of_time * seconds:.2g}"]


def _power(value: np.ndarray, cost: np.ndarray) -> float:
    return float(np.polyfit(np.log(value), np.log(cost), 1)[0])
