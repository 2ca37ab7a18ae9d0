"""A family between the parity and the monogamy assemblage.

Alice's outcome is along Z for setting 0 and along a direction at the angle t_k pi from Z, in the
Z-X plane, for setting 1, where the angle may be another one for every Bob:

    sigma^(k)_{a|x} = P_a(x t_k pi)/2,    P_a(phi) = (1 + (-1)^a (cos phi Z + sin phi X))/2.

Two Bobs: (t_1, t_2) = (0, 1) is the parity assemblage, (1/2, 1/2) the monogamy assemblage {Z, X}.
A third setting is along Y for every Bob; (1/2, 1/2) is then the monogamy assemblage {Z, X, Y}.
"""

from __future__ import annotations

import math
from fractions import Fraction

from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.model.theorem_families import Direction, circle_point, unbiased_qubits

MAX_DENOMINATOR = 10**6


def rational_direction(t: Fraction) -> tuple[Fraction, Fraction]:
    """A rational point (cos phi, sin phi) of the circle near phi = t pi, 0 <= t <= 1.

    It is the point ((1 - s^2)/(1 + s^2), 2s/(1 + s^2)) with s a rational number near tan(phi/2),
    or near cot(phi/2) and mirrored beyond the right angle. Raises InputError for other t.
    """
    if not isinstance(t, (Fraction, int)) or not 0 <= t <= 1:
        raise InputError(f"t: expected an exact number from 0 to 1, got {t!r}")
    if t > Fraction(1, 2):
        c, s = rational_direction(1 - t)
        return -c, s
    slope = Fraction(math.tan(math.pi * float(t) / 2)).limit_denominator(MAX_DENOMINATOR)
    return circle_point(slope)


def angles(*turns: Fraction, settings: int = 2) -> Assemblage:
    """The assemblage of one Alice, two or three settings, and a qubit Bob for each t_k in `turns`.

    Raises InputError for other numbers of settings, and for t_k outside [0, 1].
    """
    if settings not in (2, 3):
        raise InputError(f"settings: expected 2 or 3, got {settings}")
    directions: list[list[Direction]] = []
    for t in turns:
        c, s = rational_direction(t)
        bob: list[Direction] = [(0, 0, 1), (s, 0, c), (0, 1, 0)]
        directions.append(bob[:settings])
    return unbiased_qubits(directions, [1] * len(turns))
