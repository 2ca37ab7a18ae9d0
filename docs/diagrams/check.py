"""The closed forms of README.md beside this file, against enclosures at random angles.

python check.py COUNT
"""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable
from fractions import Fraction

from exactsteer.errors import Undecided
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.model.angles import angles, rational_direction
from exactsteer.model.assemblage_text import printed
from exactsteer.number_text import parse_number
from exactsteer.proving.certificate import Certificate
from exactsteer.proving.enclose import Quantity, enclose

Enclose = Callable[[Assemblage, str], Certificate]


def quantum(sigma: Assemblage, width: str) -> Certificate:
    """Enclose the white noise that makes it quantum."""
    return enclose(printed(sigma), Quantity.WHITE_NOISE, parse_number(width, "the width"))


def classical(sigma: Assemblage, width: str) -> Certificate:
    """Enclose the white noise that makes it classical."""
    wanted = parse_number(width, "the width")
    return enclose(printed(sigma), Quantity.CLASSICAL_WHITE_NOISE, wanted)


def two_settings(phi_1: float, phi_2: float) -> float:
    """Two settings, any angles."""
    product = (1 + math.sin((phi_1 + phi_2) / 2)) * (1 + math.sin(abs(phi_1 - phi_2) / 2))
    return 1 - product**-0.5


def three_settings_quantum(phi: float, _: float) -> float:
    """Three settings, both Bobs alike."""
    return 1 - 2 / math.sqrt(8 + math.sin(phi) ** 2)


def three_settings_classical(phi: float, _: float) -> float:
    """The same."""
    return 1 - 1 / math.sqrt(2 + math.sin(phi))


# What is enclosed; the number of settings; whether the Bobs are alike; how narrow; the closed form.
CHECKS: list[tuple[Enclose, int, bool, str, Callable[[float, float], float]]] = [
    (quantum, 2, False, "1e-12", two_settings),
    (classical, 2, False, "1e-7", two_settings),
    (quantum, 3, True, "1e-12", three_settings_quantum),
    (classical, 3, True, "1e-7", three_settings_classical),
]


def angle(t: Fraction) -> float:
    """The angle of the rational direction that stands for t pi."""
    c, s = rational_direction(t)
    return math.atan2(s, c)


def main(count: int) -> None:
    """Enclose at random angles and say how far the closed forms lie outside."""
    for enclosed, settings, alike, width, form in CHECKS:
        dice = random.Random(1)
        inside, undecided, deviation = 0, 0, 0.0
        for _ in range(count):
            t1, t2 = (Fraction(dice.randrange(10**6 + 1), 10**6) for _ in range(2))
            t2 = t1 if alike else t2
            try:
                statement = enclosed(angles(t1, t2, settings=settings), width).theorem.statement
            except Undecided:
                undecided += 1
                continue
            low, high = (Fraction(int(e.p), int(e.q)) for e in (statement.lower, statement.upper))
            value = form(angle(t1), angle(t2))
            deviation = max(deviation, abs(value - float(low + high) / 2))
            inside += low <= Fraction(value) <= high
        print(
            f"{enclosed.__name__}, {settings} settings, {count} random "
            f"{'angles' if alike else 'pairs of angles'}, enclosed to {width}: the closed form is "
            f"inside {inside} times, at most {deviation:.1e} from the middle; {undecided} undecided"
        )


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1].isdecimal():
        raise SystemExit(__doc__)
    main(int(sys.argv[1]))
