"""The Newton system without its matrix: conjugate gradients.

The one-body part of each element is eliminated exactly, as in newton.py, and

    (H V)_f = sum_i c_{if} [P_i (M_i - W_i) P_i]  without one-body part,   M_i = sum_g c_{ig} V_g,

is applied by products of D x D matrices, with the one-body W_i for which P_i (M_i - W_i) P_i has
no one-body part. Here the gauge is that V has no one-body part itself.

Preconditioner. In the basis G of the pencil (Q_0, Q_1), Q_0 the sum of the P_i with all x_j = 0 and
Q_1 that of the others, each P_i is nearly diagonal, P_i ~ G^-dagger diag(g_i) G^-1, and sum_i
c_{if} c_{ig} P_i (x) P_i is inverted entry by entry: for each (k, l) a matrix of free times free,
sum_i c_{if} c_{ig} g_{ik} g_{il}. A system takes elements * D^2 memory and a step elements * D^3
operations, against free^2 * D^4 and free^3 * D^6.
"""

from __future__ import annotations

import numpy as np

from exactsteer.errors import SolverFailed
from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.structured.newton import JITTER
from exactsteer.programs.structured.real_form import dagger, from_real, to_real
from exactsteer.programs.structured.structure import Structure
from exactsteer.programs.threads import library


class NotConverged(SolverFailed):
    """Conjugate gradients took all the steps that they may, or broke down."""


class MatrixFreeSystem:
    """The system for one scaling P, solved to a relative error in the norm of H."""

    def __init__(
        self,
        structure: Structure,
        p: ComplexArray,
        tolerance: float,
        steps: int,
        weights: RealArray | None = None,
    ) -> None:
        """Factor what is small; raise LinAlgError when it is too ill-conditioned."""
        self.structure, self.p = structure, p
        self.tolerance, self.steps = tolerance, steps
        self.most_taken = 0
        grams = [structure.local.gram(each) for each in p]
        if weights is not None:
            grams = [gram + np.diag(own) for gram, own in zip(grams, weights, strict=True)]
        # Of the Cholesky factors of the one-body parts.
        self.inverses = np.array([_inverse_factor(gram) for gram in grams])
        first = np.array([not any(x) for _, x in structure.elements])
        scipy = library("scipy.linalg")
        _, g = scipy.eigh(p[first].sum(axis=0), p[~first].sum(axis=0), check_finite=False)
        self.basis: ComplexArray = np.asarray(g)
        self.dual_basis = dagger(self.basis)
        diagonals = np.einsum("ki,nki->ni", g.conj(), p @ g).real
        c, size, free = structure.c, structure.size, len(structure.free)
        # For each pair of columns of c, sum_i c_if c_ig g_ik g_il, as one product.
        pairs = (c[:, :, None] * c[:, None, :]).reshape(len(c), -1)
        both = (diagonals[:, :, None] * diagonals[:, None, :]).reshape(len(c), -1)
        entries = (both.T @ pairs).reshape(size, size, free, free)
        self.inverse = 1 / entries[..., 0, 0] if free == 1 else np.linalg.inv(entries)

    def solve(self, r: RealArray) -> RealArray:
        """The dM with P dM P = r modulo the complement; raise NotConverged."""
        return self.solve_weighted(r, 0.0)[1]

    def solve_weighted(self, r: RealArray, low: RealArray | float) -> tuple[RealArray, RealArray]:
        """(w, dM), w the one-body coefficients: on these P dM P + weights w = r + low."""
        s, size = self.structure, self.structure.size
        r = r.reshape(-1, size, size)
        w = self._eliminated(s.local.coefficients(r) + low)
        v = self._conjugate_gradients(self._gathered(r - self._image(self._lifted(w))))
        m = self._spread(v)
        w -= self._eliminated(s.local.coefficients(self._image(m)))
        return w, s.local.add(w, m).reshape(len(r), -1)

    def _conjugate_gradients(self, residual: RealArray) -> RealArray:
        v = np.zeros_like(residual)
        z = self._preconditioned(residual)
        direction = z.copy()
        error = first = _inner(residual, z)
        for taken in range(self.steps):
            if error <= self.tolerance**2 * first:
                self.most_taken = max(self.most_taken, taken)
                return v
            image = self._applied(direction)
            curvature = _inner(direction, image)
            if not curvature > 0:
                break
            v += error / curvature * direction
            residual = residual - error / curvature * image
            z = self._preconditioned(residual)
            before, error = error, _inner(residual, z)
            direction = z + error / before * direction
        raise NotConverged(f"conjugate gradients did not converge within {self.steps} steps")

    def _applied(self, v: RealArray) -> RealArray:
        local = self.structure.local
        transposed = (self.p @ from_real(self._spread(v))).conj()
        low = self._eliminated(local.of_products(self.p, transposed))
        # M P - W P; no P W P is needed by itself.
        return self._gathered(
            to_real(self.p @ (transposed.swapaxes(1, 2) - local.times(low, self.p)))
        )

    def _preconditioned(self, r: RealArray) -> RealArray:
        g, h = self.basis, self.dual_basis
        z = h @ from_real(r) @ g
        if len(r) == 1:
            z = z * self.inverse
        else:
            z = np.moveaxis((self.inverse @ np.moveaxis(z, 0, -1)[..., None])[..., 0], -1, 0)
        return self.structure.local.without(to_real(g @ z @ h))

    def _image(self, m: RealArray) -> RealArray:
        return to_real(self.p @ from_real(m) @ self.p)

    def _lifted(self, low: RealArray) -> RealArray:
        size = self.structure.size
        return self.structure.local.add(low, np.zeros((len(low), size, size)))

    def _spread(self, v: RealArray) -> RealArray:
        c, size = self.structure.c, self.structure.size
        return (c @ v.reshape(len(v), -1)).reshape(len(c), size, size)

    def _gathered(self, m: RealArray) -> RealArray:
        c, size = self.structure.c, self.structure.size
        sums = (c.T @ m.reshape(len(m), -1)).reshape(c.shape[1], size, size)
        return self.structure.local.without(sums)

    def _eliminated(self, coefficients: RealArray) -> RealArray:
        half = self.inverses @ coefficients[:, :, None]
        return np.asarray((self.inverses.swapaxes(1, 2) @ half)[:, :, 0])


def _inverse_factor(gram: RealArray) -> RealArray:
    jitter = JITTER * np.trace(gram) / len(gram) * np.eye(len(gram))
    factor = np.linalg.cholesky((gram + gram.T) / 2 + jitter)
    return np.asarray(library("scipy.linalg").lapack.dtrtri(factor, lower=1)[0])


def _inner(a: RealArray, b: RealArray) -> float:
    return float(np.vdot(a, b))
