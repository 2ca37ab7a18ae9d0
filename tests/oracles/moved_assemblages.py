"""Assemblages with a symmetry by construction: exact means over the powers of a random move."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from flint import fmpq
from hypothesis import strategies as st

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.testing.objects import assemblages


@dataclass(frozen=True)
class Move:
    """Point p goes to points[p], Bob k to bobs[k], by |i> -> phase |image of i>."""

    points: dict
    bobs: tuple
    monomials: tuple
    transposed: tuple

    def moved(self, assemblage):
        scenario = assemblage.scenario
        families = [{} for _ in self.bobs]
        for k, goes in enumerate(self.bobs):
            for (a, x), sigma in assemblage[k].items():
                b, y = [0] * len(a), [0] * len(x)
                for j, (outcome, setting) in enumerate(zip(a, x, strict=True)):
                    i, s, o = self.points[j, setting, outcome]
                    b[i], y[i] = o, s
                families[goes][tuple(b), tuple(y)] = self.turned(k, sigma)
        return Assemblage(scenario, families)

    def turned(self, k, sigma):
        den, re, im = sigma.integers()
        sign = -1 if self.transposed[k] else 1
        new = [[0] * sigma.n for _ in range(sigma.n)]
        for (i, (p, u)), (j, (q, v)) in itertools.product(enumerate(self.monomials[k]), repeat=2):
            # Phases i^u: exact in whole numbers.
            real, imaginary = int(re[i][j]), sign * int(im[i][j])
            for _ in range((u - v) % 4):
                real, imaginary = -imaginary, real
            new[p][q] = real, imaginary
        parts = ([[entry[part] for entry in row] for row in new] for part in (0, 1))
        return Hermitian.of(int(den), *parts)


def points_of(scenario):
    rows = enumerate(scenario.outcomes)
    return [(j, x, a) for j, row in rows for x, o in enumerate(row) for a in range(o)]


@st.composite
def moves(draw, scenario, together=False):
    """With `together` all Bobs are transposed or none."""

    def shuffled(kinds):
        """A permutation that exchanges what is of one kind."""
        out = list(range(len(kinds)))
        for kind in set(kinds):
            own = [i for i, k in enumerate(kinds) if k == kind]
            for i, j in zip(own, draw(st.permutations(own)), strict=True):
                out[i] = j
        return out

    alices, points = shuffled(scenario.outcomes), {}
    for j, row in enumerate(scenario.outcomes):
        order = shuffled(row)
        for x, o in enumerate(row):
            for a, b in enumerate(draw(st.permutations(range(o)))):
                points[j, x, a] = (alices[j], order[x], b)
    monomials = [
        [(i, draw(st.integers(0, 3))) for i in draw(st.permutations(range(d)))]
        for d in scenario.dimensions
    ]
    transposed = [draw(st.booleans()) for _ in scenario.dimensions]
    if together:
        transposed = transposed[:1] * scenario.N
    bobs = tuple(shuffled(scenario.dimensions))
    return Move(points, bobs, tuple(monomials), tuple(transposed))


@st.composite
def moved_and_averaged(draw, scenarios, together=False):
    """A move and an assemblage that it fixes."""
    scenario = draw(st.sampled_from(scenarios))
    move, first = draw(moves(scenario, together)), draw(assemblages(scenario))
    images = [first]
    while (image := move.moved(images[-1])) != first:
        images.append(image)
    share = fmpq(1, len(images))
    families = [
        {e: sum((i[k][e] for i in images[1:]), images[0][k][e]).scaled(share) for e in first[k]}
        for k in range(scenario.N)
    ]
    return move, Assemblage(scenario, families)
