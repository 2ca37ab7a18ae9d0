"""A Newton system near a degenerate optimum, for small D: by orthogonal factors, not by H.

P = r r^dagger; the dM with P dM P = R modulo the complement of the M's space is the one for which
r^dagger dM r is nearest to r^-1 R r^-dagger. With A the columns r^dagger B r, B a basis of that
space, newton.py factors A^T A, whose condition is that of A squared: near an optimum at which P has
eigenvalues from 1e-9 to 1e9 nothing is left of it. Here A is factored, A = Q F, and F^T F takes its
place. Q itself is of no use, as rows of A differ by as much, and F^T F v = B^T R respects them.
"""

from __future__ import annotations

import numpy as np

from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.structured.real_form import dagger, from_real, to_real
from exactsteer.programs.structured.structure import Structure


class LeastSquaresSystem:
    """The system for one scaling r, and weights of the one-body coefficients if any."""

    def __init__(
        self, structure: Structure, r: ComplexArray, weights: RealArray | None = None
    ) -> None:
        """Factor; raise LinAlgError when that is impossible."""
        self.structure = structure
        s, (count, size, _) = structure, r.shape
        # V as in newton.py: the entries that the one-body operators reach vanish.
        self.high = np.delete(np.eye(size * size), s.fixed, axis=0)
        low, high = self._scaled(s.one_body, r), self._scaled(self.high, r)
        a = np.zeros((count, size * size, count, low.shape[2]))
        a[np.arange(count), :, np.arange(count)] = low
        of_v = s.c[:, None, :, None] * high[:, :, None, :]
        rows = np.concatenate([x.reshape(count * size * size, -1) for x in (a, of_v)], axis=1)
        if weights is not None:
            own = np.diag(np.sqrt(weights).ravel())
            rows = np.concatenate([rows, np.pad(own, ((0, 0), (0, rows.shape[1] - len(own))))])
        self.inverse = np.linalg.inv(np.linalg.qr(rows, mode="r"))

    def _scaled(self, basis: RealArray, r: ComplexArray) -> RealArray:
        """r^dagger B r for every B as columns, shape (elements, D*D, operators)."""
        count, size, _ = r.shape
        matrices = from_real(basis.reshape(-1, size, size))
        scaled = to_real(dagger(r)[:, None] @ matrices @ r[:, None])
        return scaled.reshape(count, len(basis), size * size).swapaxes(1, 2)

    def solve(self, r: RealArray) -> RealArray:
        """The dM with P dM P = r modulo the complement."""
        return self.solve_weighted(r, 0.0)[1]

    def solve_weighted(self, r: RealArray, low: RealArray | float) -> tuple[RealArray, RealArray]:
        """(w, dM), w the one-body coefficients: on these P dM P + weights w = r + low."""
        s = self.structure
        of_w, of_v = r @ s.one_body.T + low, s.c.T @ r @ self.high.T
        v = self.inverse @ (self.inverse.T @ np.concatenate([of_w.ravel(), of_v.ravel()]))
        w, free = v[: of_w.size].reshape(of_w.shape), v[of_w.size :].reshape(of_v.shape)
        return w, np.asarray(w @ s.one_body + s.c @ (free @ self.high))
