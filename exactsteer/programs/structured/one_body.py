"""Sums of one-body operators, by partial traces instead of one large matrix.

The orthonormal basis is the unit matrix and, for each Bob, his traceless operators times the unit
matrix of the others. Matrices are real ones, R = Re + Im (structure.py), which partial traces and
products with unit matrices commute with. With D^2 real numbers for each element, everything here
needs of the order of D^2 memory, and D^3 operations at most for two Bobs.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np

from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.structured.real_form import from_real, to_real


class OneBody:
    """The basis for Bobs of given dimensions; `sites` are (positions, operators, scale) each."""

    def __init__(self, dimensions: Sequence[int]) -> None:
        self.dimensions = tuple(dimensions)
        self.size = math.prod(dimensions)
        self.sites: list[tuple[slice, RealArray, float]] = []
        position = 1
        for d in dimensions:
            local = np.array(_real_traceless_basis(d)).reshape(-1, d, d)
            end = position + len(local)
            self.sites.append((slice(position, end), local, math.sqrt(d / self.size)))
            position = end
        self.count = position

    def coefficients(self, m: RealArray) -> RealArray:
        """Those of the projections, shape (..., count), of matrices of shape (..., D, D)."""
        stack = m.reshape(-1, self.size, self.size)
        out = np.empty((len(stack), self.count))
        out[:, 0] = np.trace(stack, axis1=1, axis2=2) / math.sqrt(self.size)
        for k, (at, basis, scale) in enumerate(self.sites):
            reduced = np.einsum("nlirljr->nij", self._split(stack, k)).reshape(len(stack), -1)
            out[:, at] = reduced @ basis.reshape(len(basis), reduced.shape[1]).T * scale
        return out.reshape(*m.shape[:-2], self.count)

    def add(self, coefficients: RealArray, m: RealArray) -> RealArray:
        """Add the operators of coefficients (n, count) to a contiguous m (n, D, D) in place."""
        at_trace = np.einsum("nii->ni", m)
        at_trace += coefficients[:, :1] / math.sqrt(self.size)
        for k, (at, basis, scale) in enumerate(self.sites):
            d = self.dimensions[k]
            local = coefficients[:, at] @ basis.reshape(len(basis), d * d) * scale
            # A view of the entries that are diagonal in the other Bobs.
            diagonal = np.einsum("nlirljr->nlrij", self._split(m, k))
            diagonal += local.reshape(-1, 1, 1, d, d)
        return m

    def without(self, m: RealArray) -> RealArray:
        """What is orthogonal to all of them, shape (n, D, D)."""
        return self.add(-self.coefficients(m), m.copy())

    def gram(self, p: ComplexArray) -> RealArray:
        """<B, P C P> for all B, C of the basis and a Hermitian P of shape (D, D).

        For B = b on Bob k and C = c on Bob l, tr[B P C P] is sum b_ij c_gh X[(jg), (ih)], where X =
        F F^dagger, and F has Bob k's indices of the rows of P and Bob l's of the columns as rows.
        """
        out = np.empty((self.count, self.count))
        out[0] = out[:, 0] = self.coefficients(to_real(p @ p)) / math.sqrt(self.size)
        bobs = len(self.dimensions)
        tensor = p.reshape(self.dimensions * 2)
        for k, l in itertools.combinations_with_replacement(range(bobs), 2):  # noqa: E741
            d, e = self.dimensions[k], self.dimensions[l]
            rest = [axis for axis in range(2 * bobs) if axis not in (k, bobs + l)]
            f = tensor.transpose(k, bobs + l, *rest).reshape(d * e, -1)
            x = (f @ f.conj().T).reshape(d, e, d, e).transpose(2, 0, 1, 3).reshape(d * d, e * e)
            (at, basis, scale), (others, second, second_scale) = self.sites[k], self.sites[l]
            b = from_real(basis).reshape(len(basis), d * d)
            c = from_real(second).reshape(len(second), e * e)
            block = (b @ x @ c.T).real * (scale * second_scale)
            out[at, others], out[others, at] = block, block.T
        return out

    def matrix(self) -> RealArray:
        """The basis as rows, shape (count, D^2)."""
        zero = np.zeros((self.count, self.size, self.size))
        return self.add(np.eye(self.count), zero).reshape(self.count, -1)

    def _split(self, m: RealArray, k: int) -> RealArray:
        d, left = self.dimensions[k], math.prod(self.dimensions[:k])
        right = self.size // (left * d)
        return m.reshape(len(m), left, d, right, left, d, right)


def _real_traceless_basis(d: int) -> list[RealArray]:
    out: list[RealArray] = []
    for i in range(d):
        for j in range(d):
            if i != j:
                e = np.zeros((d, d))
                e[i, j] = 1
                out.append(e)
    for r in range(1, d):
        v = np.zeros(d)
        v[:r], v[r] = 1, -r
        out.append(np.diag(v / math.sqrt(r * (r + 1))))
    return out
