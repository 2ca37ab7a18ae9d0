"""Random directions of rational coordinates, and what measuring along them gives a Bob."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Scenario

Vector = tuple[Fraction, Fraction, Fraction]


def directions(count: int, seed: int = 1) -> list[Vector]:
    """Unit vectors near random ones."""
    out = []
    for x, y, z in np.random.default_rng(seed).normal(size=(count, 3)):
        length = np.linalg.norm([x, y, z])
        # Projected from the pole that is farther away.
        a, b = (Fraction(round(128 * v / (length + abs(z))), 128) for v in (x, y))
        s = 1 + a * a + b * b
        out.append((2 * a / s, 2 * b / s, (1 - a * a - b * b) / s * (1 if z > 0 else -1)))
    return out


def steered(vectors: Sequence[Vector], visibility: Fraction) -> Assemblage:
    """(1 + visibility (-1)^a n.sigma)/4: Alice measures along the vectors on a Werner state."""
    family = {}
    for x, vector in enumerate(vectors):
        for a in (0, 1):
            p, q, r = (visibility * (-1) ** a * v / 4 for v in vector)
            den = lcm(4, *(v.denominator for v in (p, q, r)))
            p, q, r = (v * den for v in (p, q, r))
            re = [[den // 4 + int(r), int(p)], [int(p), den // 4 - int(r)]]
            im = [[0, -int(q)], [int(q), 0]]
            family[(a,), (x,)] = Hermitian.of(den, re, im)
    return Assemblage(Scenario(((2,) * len(vectors),), (2,)), [family])
