"""From a linear map to a proof that it is positive, a proof that it is not, or neither.

Tried in this order: completely positive, completely copositive, an explicit vector psi for which
Lambda[|psi><psi|] is not positive, a decomposition found by a semidefinite program and rounded.
Between dimensions 2 and 2 or 2 and 3 every positive map is decomposable (Stormer, Woronowicz);
beyond there are others, such as Eq. (19) of the paper.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import numpy as np
from flint import fmpz

from exactsteer.errors import InputError, Undecided
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.model.gaussian import ket_bra
from exactsteer.model.maps.linear_map import LinearMap, partial_transpose
from exactsteer.model.maps.positive_map import Decomposition, PositiveMap, positive_map
from exactsteer.programs.arrays import ComplexArray, from_whole, to_array
from exactsteer.programs.decomposable_map import solve_decomposable
from exactsteer.programs.solve import DEFAULT_SOLVER
from exactsteer.programs.threads import one_thread

# Vectors from which the search for a negative direction starts, and its steps from each.
STARTS = 40
STEPS = 60
# Denominators with which a decomposition without room is tried; then powers of two.
DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 16, 18, 20, 24, 30, 36, 48, 60, 120)
BITS = (10, 20, 30, 40)


@one_thread()
def prove_positive(linear: LinearMap, solver: str = DEFAULT_SOLVER) -> PositiveMap:
    """The map with an exact proof that it is positive.

    Raises InputError when the map is not positive, with a vector that shows it, Undecided when
    neither was found, SolverFailed when the solver fails.
    """
    with contextlib.suppress(InputError):
        return positive_map(linear)
    if (vector := negative_vector(linear)) is not None:
        raise InputError(
            "the map is not positive: Lambda[|psi><psi|] is not positive semidefinite for psi = ("
            + ", ".join(_gaussian(re, im) for re, im in vector)
            + ")"
        )
    solution = solve_decomposable(linear, solver)
    for q in _roundings(solution.Q):
        p = linear.choi - partial_transpose(q, linear.d_in, linear.d_out)
        if is_positive(q) and is_positive(p):
            return positive_map(linear, Decomposition(P=p, Q=q))
    raise Undecided(
        "the map was not proved positive: it does not seem to be decomposable with room to spare "
        f"(best smallest eigenvalue {solution.t:.3g} in floating point)",
        "give a decomposition that proves its positivity, or add a little of the map "
        "rho -> tr[rho] 1",
    )


def negative_vector(linear: LinearMap) -> list[tuple[int, int]] | None:
    """Gaussian integers psi for which Lambda[|psi><psi|] is exactly not positive, if any is found.

    The search goes back and forth between the input and the output vector of
    <phi|Lambda[|psi><psi|]|phi>, each the lowest eigenvector for the other.
    """
    forward, backward = to_array(linear.choi), to_array(linear.adjoint().choi)
    d, e = linear.d_in, linear.d_out
    rng = np.random.default_rng(0)
    best, lowest = np.zeros(d, dtype=complex), 0.0
    for _ in range(STARTS):
        psi = rng.normal(size=d) + 1j * rng.normal(size=d)
        for _ in range(STEPS):
            phi = np.linalg.eigh(_image(forward, psi / np.linalg.norm(psi), d, e))[1][:, 0]
            values, vectors = np.linalg.eigh(_image(backward, phi, e, d))
            psi = vectors[:, 0]
        if values[0] < lowest:
            best, lowest = psi, float(values[0])
    if lowest == 0:
        return None
    for scale in (1, 2, 5, 10, 100, 1000, 10**5):
        scaled = best / np.abs(best).max() * scale
        vector = [(round(z.real), round(z.imag)) for z in scaled.tolist()]
        if not is_positive(linear(ket_bra(vector))):
            return vector
    return None


def _image(choi: ComplexArray, psi: ComplexArray, d: int, e: int) -> ComplexArray:
    """Lambda[|psi><psi|] = sum_{ij} psi_i conj(psi_j) C_{(i.),(j.)}."""
    blocks = choi.reshape(d, e, d, e)
    return np.asarray(np.einsum("i,j,ipjq->pq", psi, psi.conj(), blocks), dtype=np.complex128)


def _roundings(q: ComplexArray) -> Iterator[Hermitian]:
    for den in (*DENOMINATORS, *(2**b for b in BITS)):
        yield from_whole(np.rint(q.real * den), np.rint(q.imag * den), fmpz(den))


def _gaussian(re: int, im: int) -> str:
    if im == 0:
        return str(re)
    return f"{re} {'+' if im > 0 else '-'} {abs(im)}i"
