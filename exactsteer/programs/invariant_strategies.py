"""Local-hidden-state models of a symmetric assemblage: the invariant part of (P) and (D).

An average over the symmetries changes neither the value of multipliers F, nor that M_lambda >= 0
for every lambda; so invariant multipliers suffice, sum_i c_i Y_i with a basis Y_1, ..., Y_K of
these, and one strategy for each orbit: its block of (P) stands for the sum over the orbit, and is
spread evenly over it in the end. The weights w_lambda need not be invariant themselves: (P) knows
of them only what they sum to in every marginal term, which has to be.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.strategies import Strategy
from exactsteer.programs.arrays import ComplexArray, RealArray, partial_trace
from exactsteer.programs.assemblage_symmetry import (
    AssemblageSymmetry,
    Transformation,
    symmetry_of_assemblage,
)
from exactsteer.programs.strategy_cone import GAP, ConePoint, InvariantCone, solve_cone
from exactsteer.programs.strategy_space import CHUNK, IntArray, StrategySpace
from exactsteer.telling import tell

# With fewer strategies times equations the program is solved as it is.
WORTH = 10_000
# The search for symmetries takes a node or more for so much of that.
SIZE_OF_NODE = 400
NODES = 100
# The invariant multipliers are at most this share of all.
MUCH_LESS = 0.5
# Strategies times elements of the levels, and entries of tables times these, that are gone through.
MAX_IMAGES = 2**27
MAX_AVERAGED = 2**31
# More bases than usual, each of which brings its star into the proof, if the usual ones are not
# symmetric.
MAX_BASES = 64
# Weights that differ by less from their average are symmetric.
ASYMMETRY = 1e-9
# Orbits of less weight are left out of a model, as far as its bases allow.
NEGLIGIBLE = 1e-9
# What is used of more strategies than these is not spread over them.
MAX_SPREAD = 2**15
# Directions of less than this share of the longest are rounding errors.
TINY = 1e-9


class InvariantSpace:
    """The orbits of strategies and the invariant multipliers of an assemblage.

    Strategies have places, those in which `StrategySpace.chunks` lists them. `first` are the places
    of the first of each orbit, `orbit` the number of the orbit of every strategy.
    """

    def __init__(self, space: StrategySpace, symmetry: AssemblageSymmetry, Y: RealArray) -> None:
        self.space, self.symmetry, self.Y = space, symmetry, Y
        # In the end the least place of u_1 u_2 ... lambda over all u_i of the levels i.
        least: IntArray = np.arange(space.count)
        for level in symmetry.levels:
            before = least
            for u in level[1:]:
                if not np.array_equal(u.points, level[0].points):
                    least = np.minimum(least, before[self.image(u)])
        self.first, self.orbit = np.unique(least, return_inverse=True)

    def image(self, u: Transformation) -> IntArray:
        """The place to which each strategy goes."""
        radix, points = self.space.radix, u.points
        first = np.cumsum([0, *radix[:-1]])
        setting = np.repeat(np.arange(len(radix)), radix)
        stride = np.array([math.prod(radix[p + 1 :]) for p in range(len(radix))])
        place = np.zeros(1, dtype=np.int64)
        for p, o in enumerate(radix):
            goes = points[first[p] : first[p] + o]
            to = setting[goes[0]]
            place = (place[:, None] + (goes - first[to]) * stride[to]).ravel()
        return place

    def rows(self, places: IntArray) -> IntArray:
        """Strategies by their places, as rows."""
        return np.array(np.unravel_index(places, self.space.radix), dtype=np.int64).T

    def places(self, rows: IntArray) -> IntArray:
        """The places of strategies given as rows."""
        found = np.ravel_multi_index(tuple(rows.T), self.space.radix)
        return np.asarray(found, dtype=np.int64)


def invariant_space(space: StrategySpace, assemblage: Assemblage) -> InvariantSpace | None:
    """The invariant part of the programs, where there are symmetries that make it much smaller."""
    equations = space.G * len(space.B)
    size = equations * space.count
    if size < WORTH:
        return None
    symmetry = symmetry_of_assemblage(assemblage, NODES + size // SIZE_OF_NODE)
    ended = "" if symmetry.complete else " (the search for symmetries was ended early)"
    images = sum(len(level) for level in symmetry.levels)
    Y = None
    if symmetry.order > 1 and images * space.count <= MAX_IMAGES:
        Y = _invariant_multipliers(space, symmetry)
    if Y is None or len(Y) > MUCH_LESS * equations:
        tell(f"symmetries of the assemblage: {symmetry.order}, of no use here{ended}")
        return None
    found = InvariantSpace(space, symmetry, Y)
    tell(
        f"symmetries of the assemblage: {symmetry.order}{ended}; {len(found.first)} orbits "
        f"of {space.count} strategies, {len(Y)} invariant multipliers of {equations}"
    )
    return found


def _invariant_multipliers(space: StrategySpace, symmetry: AssemblageSymmetry) -> RealArray | None:
    """Y_1, ..., Y_K, each G x E, orthonormal, and Y_1 that of 1; None where there are too many.

    They are averages of multipliers with one element, one of each orbit.
    """
    scenario = space.scenario
    count = math.prod(sum(row) for row in scenario.outcomes)
    least = np.arange(count)
    for level in symmetry.levels:
        least = np.min([least[u.elements] for u in level], axis=0)
    first = np.unique(least)
    sizes = [len(b) for b in symmetry.algebras]
    seeds, elements = len(first) * sum(sizes), sum(map(len, symmetry.levels))
    if seeds * count * sum(sizes) * elements > MAX_AVERAGED:
        return None
    tables, at = [], 0
    for size in sizes:
        table = np.zeros((count, size, seeds))
        for e in first:
            table[e, np.arange(size), np.arange(at, at + size)] = 1
            at += size
        tables.append(table)
    tables = symmetry.averaged(tables, lambda u: u.elements)
    D, columns = scenario.joint_dimension, [np.zeros((space.G, 1, seeds))]
    for d, basis, own, table in zip(
        scenario.dimensions, symmetry.algebras, space.local, tables, strict=True
    ):
        f = space.on_terms(table) * math.sqrt(D / d)
        columns[0] = columns[0] + f[:, :1]
        if len(own):
            change = np.einsum("eij,aji->ea", own, basis[1:]).real
            columns.append(np.einsum("ea,mas->mes", change, f[:, 1:]))
    flat = np.concatenate(columns, axis=1).reshape(-1, seeds)
    flat[0] = 0
    left, lengths, _ = np.linalg.svd(flat, full_matrices=False)
    kept = left[:, lengths > TINY * max(lengths[0], TINY)]
    unit = np.zeros((len(flat), 1))
    unit[0] = 1
    return np.hstack([unit, kept]).T.reshape(-1, space.G, len(space.B))


def invariant_program(
    space: StrategySpace, assemblage: Assemblage, bases: tuple[Strategy, ...] | None
) -> InvariantProgram | None:
    """(P) and (D) in their invariant part, where there are symmetries that make it much smaller.

    `bases` default to shifts of all outcomes.
    """
    invariant = invariant_space(space, assemblage)
    if invariant is None:
        return None
    chosen = (space.shifts(), space.shifts(MAX_BASES)) if bases is None else (bases,)
    for own in dict.fromkeys(chosen):
        program = InvariantProgram(invariant, assemblage, own)
        if program.asymmetry < ASYMMETRY:
            return program
    tell("the weights of the bases are not symmetric; done without symmetries")
    return None


class InvariantProgram:
    """(P) and (D) of one assemblage in their invariant part, for any list of strategies.

    The strategies are one of each orbit; `hidden_states.py` has the same for all. `asymmetry` is
    how far the weights are from being invariant in every marginal term, which they have to be.
    """

    def __init__(
        self, invariant: InvariantSpace, assemblage: Assemblage, bases: tuple[Strategy, ...]
    ) -> None:
        space = invariant.space
        self.invariant, self.space, self.bases = invariant, space, bases
        self.weights = space.weights(bases)
        places = invariant.places(np.array([space.row(name) for name in self.weights]))
        total = self._marginals(places)
        Y, unit = invariant.Y, math.sqrt(space.scenario.joint_dimension)
        self.s = np.einsum("kme,me->k", Y, space.moments(assemblage))
        self.kappa = Y[:, :, 0] @ total * unit
        images = (invariant.image(u)[places] for level in invariant.symmetry.levels for u in level)
        self.asymmetry = max(float(np.abs(self._marginals(p) - total).max()) for p in images)

    def _marginals(self, places: IntArray) -> RealArray:
        """Sum of V[lambda, m] w over the strategies in these places with the weights in turn."""
        space, weights = self.space, np.array(list(self.weights.values()))
        if len(places) * space.G < space.count:
            return np.asarray(space.indicators(self.invariant.rows(places)).T @ weights)
        every = np.zeros(space.count)
        every[places] = weights
        return space.marginals(every)

    def rows(self, names: Iterable[Strategy]) -> IntArray:
        """The first strategies of the orbits of these, as rows, each once."""
        rows = np.array([self.space.row(name) for name in names], dtype=np.int64)
        invariant = self.invariant
        found = np.unique(invariant.orbit[invariant.places(rows)])
        return invariant.rows(invariant.first[found])

    def candidates(self) -> Iterator[IntArray]:
        """One strategy of each orbit, as rows, some at a time."""
        first = self.invariant.first
        for start in range(0, len(first), CHUNK):
            yield self.invariant.rows(first[start : start + CHUNK])

    def solve(self, rows: IntArray, gap: float = GAP) -> ConePoint:
        """For the strategies given by rows; `S` are the sums over their orbits."""
        Y = self.invariant.Y
        C = np.tensordot(self.space.indicators(rows), Y, axes=(1, 1))
        point = solve_cone(InvariantCone(C, self.space.B, self.s, self.kappa), gap)
        return replace(point, y=np.tensordot(point.y, Y, axes=1))

    def used(self, rows: IntArray, point: ConePoint) -> IntArray:
        """The places of all strategies in orbits of which a point makes use."""
        heavy = np.trace(point.S, axis1=1, axis2=2).real > NEGLIGIBLE
        orbits = np.zeros(len(self.invariant.first), dtype=bool)
        orbits[self.invariant.orbit[self.invariant.places(rows[heavy])]] = True
        return np.flatnonzero(orbits[self.invariant.orbit])

    def names(self, places: IntArray) -> list[Strategy]:
        """The strategies in these places."""
        return list(map(self.space.strategy, self.invariant.rows(places)))

    def states(self, rows: IntArray, point: ConePoint) -> dict[Strategy, ComplexArray]:
        """S_lambda of the strategies used and of the bases', as products for several Bobs.

        If the strategies used are more than MAX_SPREAD, what belongs to all of an orbit is left
        with its first strategy: then they are no model.
        """
        space, invariant, places = self.space, self.invariant, self.used(rows, point)
        if len(places) > MAX_SPREAD:
            return dict(zip(self.names(invariant.places(rows)), point.S, strict=True))
        position = np.full(space.count, -1)
        position[places] = np.arange(len(places))
        own_places = position[invariant.places(rows)]
        heavy = own_places >= 0
        dimensions, algebras = space.scenario.dimensions, invariant.symmetry.algebras
        tables = []
        for k, algebra in enumerate(algebras):
            # Of white noise alone nothing is left beside t w.
            own = np.zeros((int(heavy.sum()), dimensions[k], dimensions[k]), dtype=np.complex128)
            for i, m in enumerate(point.S[heavy]):
                own[i] = partial_trace(m, dimensions, k)
            table = np.zeros((len(places), len(algebra)))
            table[own_places[heavy]] = np.einsum("aij,lji->la", algebra, own).real
            tables.append(table)
        tables = invariant.symmetry.averaged(tables, lambda u: position[invariant.image(u)[places]])
        spread = [np.tensordot(t, own, axes=1) for t, own in zip(tables, algebras, strict=True)]
        unit = np.eye(space.scenario.joint_dimension)
        states: dict[Strategy, ComplexArray] = {
            name: (point.t * w * unit).astype(np.complex128) for name, w in self.weights.items()
        }
        names = self.names(places)
        # Strategies of one orbit weigh the same: in no order, whoever takes some takes all kinds.
        for i in np.random.default_rng(0).permutation(len(places)):
            name = names[i]
            S_i = _joint([m[i] for m in spread])
            states[name] = states[name] + S_i if name in states else S_i
        return states


def _joint(states: Sequence[ComplexArray]) -> ComplexArray:
    """The product state, of the same trace as each of these, that has them as its marginals."""
    q = float(np.trace(states[0]).real)
    joint = states[0]
    for m in states[1:]:
        joint = np.kron(joint, m / q).astype(np.complex128)
    return joint
