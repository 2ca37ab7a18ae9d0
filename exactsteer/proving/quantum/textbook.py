"""Realisations from textbooks: every Alice measures Pauli matrices on a qubit of hers.

Her measurements are then known, and the state is a solution of linear equations over Q(i) that has
to be positive: it is found like parent states on a face (proving/faces/reduction.py). Her first
settings are Z, X and Y: any orthogonal axes differ from these by a unitary on her qubit and, where
there are three, possibly by a transposition, which is Y with its outcomes exchanged.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from flint import fmpq

from exactsteer.errors import SolverFailed
from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.quantum.realisation import MAX_WHOLE_DIMENSION, Mixed, Realisation
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.model.measurements import PAULI_PROJECTORS
from exactsteer.proving.exact_matrices import congruence
from exactsteer.proving.faces.affine import AffineBlocks, coordinates, from_coordinates, solved
from exactsteer.proving.faces.reduction import Faces, FacesProblem
from exactsteer.proving.faces.subspaces import (
    everything,
    orthogonal,
    support,
    tensor,
    total,
)

Povms = tuple[dict[tuple[int, int], Hermitian], ...]

AXES = "ZXY"
# The state of all parties is at most so large.
MAX_STATE = 32
# Coordinates of the state on its face: the equations are solved exactly.
MAX_COORDINATES = 256
STATE = (0,), (0,)


def pauli_measurements(scenario: Scenario) -> Iterator[Povms]:
    """All choices of Pauli measurements for the Alices that differ in what they can give.

    None where a setting has more than two outcomes, or an Alice more than three settings of two.
    """
    choices = [list(_measurements_of(row)) for row in scenario.outcomes]
    if 2**scenario.n * scenario.joint_dimension <= min(MAX_STATE, MAX_WHOLE_DIMENSION):
        yield from product(*choices)


def _measurements_of(counts: Sequence[int]) -> Iterator[dict[tuple[int, int], Hermitian]]:
    pairs = [x for x, count in enumerate(counts) if count == 2]
    if max(counts) > 2 or len(pairs) > len(AXES):
        return
    own = {(0, x): Hermitian.identity(2) for x, count in enumerate(counts) if count == 1}
    for x, axis in zip(pairs, AXES, strict=False):
        own |= {(a, x): projector for a, projector in enumerate(PAULI_PROJECTORS[axis])}
    yield own
    if len(pairs) == len(AXES):
        last = pairs[-1]
        yield {**own, (0, last): own[1, last], (1, last): own[0, last]}


def textbook_realisation(centre: Assemblage, choices: Iterable[Povms]) -> Realisation | None:
    """A realisation of exactly this assemblage with one of these measurements; None if not found.

    Each Alice has a qubit.
    """
    scenario = centre.scenario
    for povms in choices:
        equalities = functools.partial(_equalities, centre, povms)
        problem = FacesProblem(equalities, lambda faces: faces, centre)
        try:
            for states in problem.positive(_face(centre, povms)):
                systems = (2,) * scenario.n
                return Realisation(scenario, systems, (Mixed(states[STATE]),), povms)
        except SolverFailed:
            continue
    return None


def _face(centre: Assemblage, povms: Povms) -> Faces[Element]:
    """Where the state has to live: tr[(M (x) |v><v|) rho] = 0 for every v that sigma sends to 0."""
    scenario, dimensions = centre.scenario, centre.scenario.dimensions
    forbidden = []
    for k in range(scenario.N):
        for (a, x), sigma in centre[k].items():
            kernel = orthogonal(support(sigma))
            if kernel.dimension == 0:
                continue
            alices = [
                support(own[key]) for own, key in zip(povms, zip(a, x, strict=True), strict=True)
            ]
            bobs = [kernel if i == k else everything(size) for i, size in enumerate(dimensions)]
            forbidden.append(tensor([*alices, *bobs]))
    whole = everything(2**scenario.n * scenario.joint_dimension)
    return {STATE: orthogonal(total(forbidden)) if forbidden else whole}


def _equalities(
    centre: Assemblage, povms: Povms, faces: Faces[Element]
) -> AffineBlocks[Element] | None:
    """The Hermitian rho on the face that yield the centre."""
    scenario, basis = centre.scenario, faces[STATE].basis()
    f = basis.shape[1]
    if not 0 < f**2 <= MAX_COORDINATES:
        return None

    def yielded(z: Sequence[int]) -> list[fmpq]:
        """What the operator with these coordinates gives; its trace is positive."""
        rho = congruence(basis, from_coordinates([fmpq(v) for v in z], f))
        given = Realisation(scenario, (2,) * scenario.n, (Mixed(rho),), povms).families()
        # A realisation is normalised.
        return [rho.trace() * v for v in _flat(given)]

    # The unit matrix, the first coordinates of which are the diagonal, keeps the traces positive.
    unit = [int(c < f) for c in range(f**2)]
    of_unit = yielded(unit)
    columns = []
    for c in range(f**2):
        moved = yielded([v + int(i == c) for i, v in enumerate(unit)])
        columns.append([a - b for a, b in zip(moved, of_unit, strict=True)])
    right = _flat([centre[k] for k in range(scenario.N)])
    return solved({STATE: basis}, [list(row) for row in zip(*columns, right, strict=True)])


def _flat(families: Sequence[Family]) -> list[fmpq]:
    return [v for family in families for e in sorted(family) for v in coordinates(family[e])]
