"""Sums of one-body operators, by partial traces instead of one large matrix.

`OneBody` is orthonormal: the unit matrix and, for each Bob, his traceless operators times the unit
matrix of the others. `EachBobs` has the whole W of every Bob, in numbers of which |W|_box is a
weighted sum of moduli. Matrices are real ones, R = Re + Im (structure.py), which partial traces and
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


class LocalOperators:
    """Operators of one Bob each, times the unit matrix of the others.

    `sites` are (positions, operators, scale) for each Bob.
    """

    def __init__(self, dimensions: Sequence[int], sites: list[tuple[slice, RealArray, float]]):
        self.dimensions = tuple(dimensions)
        self.size = math.prod(dimensions)
        self.sites = sites
        self.count = sites[-1][0].stop

    def coefficients(self, m: RealArray) -> RealArray:
        """tr[B m] for all B of the basis, shape (..., count), m of shape (..., D, D)."""
        stack = m.reshape(-1, self.size, self.size)
        bobs = range(len(self.dimensions))
        out = self.of_traces([np.einsum("nlirljr->nij", self._split(stack, k)) for k in bobs])
        return out.reshape(*m.shape[:-2], self.count)

    def add(self, coefficients: RealArray, m: RealArray) -> RealArray:
        """Add the operators of coefficients (n, count) to a contiguous m (n, D, D) in place."""
        for k, (at, basis, scale) in enumerate(self.sites):
            d = self.dimensions[k]
            local = coefficients[:, at] @ basis.reshape(len(basis), d * d) * scale
            # A view of the entries that are diagonal in the other Bobs.
            diagonal = np.einsum("nlirljr->nlrij", self._split(m, k))
            diagonal += local.reshape(-1, 1, 1, d, d)
        return m

    def of_products(self, p: ComplexArray, conjugate: ComplexArray) -> RealArray:
        """tr[B P X] for all B, given P and X^T, where all P X are Hermitian, of shape (n, D, D)."""
        out = np.empty((len(p), self.count))
        for k, (at, basis, scale) in enumerate(self.sites):
            d = self.dimensions[k]
            rows, columns = self._rows(p, k), self._rows(conjugate, k)
            reduced = to_real((rows @ columns.swapaxes(2, 3)).sum(axis=1))
            out[:, at] = reduced.reshape(len(p), d * d) @ basis.reshape(-1, d * d).T * scale
            if at.start and not k:
                out[:, 0] = np.trace(reduced, axis1=1, axis2=2) / math.sqrt(self.size)
        return out

    def times(self, coefficients: RealArray, p: ComplexArray) -> ComplexArray:
        """The operators of coefficients (n, count) times P, shape (n, D, D)."""
        out = np.zeros_like(p)
        for k, (at, basis, scale) in enumerate(self.sites):
            d = self.dimensions[k]
            local = coefficients[:, at] @ basis.reshape(len(basis), d * d) * scale
            local = local.reshape(-1, d, d)
            if at.start and not k:
                local = local + coefficients[:, :1, None] / math.sqrt(self.size) * np.eye(d)
            out += (from_real(local)[:, None] @ self._rows(p, k)).reshape(p.shape)
        return out

    def _rows(self, p: ComplexArray, k: int) -> ComplexArray:
        d, left = self.dimensions[k], math.prod(self.dimensions[:k])
        return p.reshape(len(p), left, d, -1)

    def without(self, m: RealArray) -> RealArray:
        """What the V may have, shape (n, D, D): everything."""
        return m

    def gram(self, p: ComplexArray) -> RealArray:
        """<B, P C P> for all B, C of the basis and a Hermitian P of shape (D, D).

        For B = b on Bob k and C = c on Bob l, tr[B P C P] is sum b_ij c_gh X[(jg), (ih)], where X =
        F F^dagger, and F has Bob k's indices of the rows of P and Bob l's of the columns as rows.
        """
        out = np.empty((self.count, self.count))
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

    def images(self, p: ComplexArray) -> RealArray:
        """P B P for every B of the basis, shape (count, D*D).

        Bob k's E_ij goes to G_ij = sum_r P[:, (i r)] P[(j r), :], r the indices of the others; the
        Hermitian matrix whose Re + Im is E_ij goes to the one whose Re + Im is Re G - (Im G)^T.
        """
        size = self.size
        out = np.empty((self.count, size * size))
        for k, (at, basis, scale) in enumerate(self.sites):
            d, left = self.dimensions[k], math.prod(self.dimensions[:k])
            columns = p.reshape(size, left, d, -1).transpose(2, 0, 1, 3).reshape(d * size, -1)
            rows = p.reshape(left, d, -1, size).transpose(0, 2, 1, 3).reshape(-1, d * size)
            g = (columns @ rows).reshape(d, size, d, size).transpose(0, 2, 1, 3)
            units = g.real - g.imag.swapaxes(2, 3)
            np.matmul(basis.reshape(-1, d * d) * scale, units.reshape(d * d, -1), out=out[at])
        return out

    def of_traces(self, traces: Sequence[RealArray]) -> RealArray:
        """The same from what is left for each Bob when the others are traced out, (..., d, d)."""
        out = np.zeros((*traces[0].shape[:-2], self.count))
        for (at, basis, scale), m in zip(self.sites, traces, strict=True):
            flat = m.reshape(*m.shape[:-2], -1)
            out[..., at] = flat @ basis.reshape(len(basis), flat.shape[-1]).T * scale
        return out

    def matrix(self) -> RealArray:
        """The basis as rows, shape (count, D^2)."""
        zero = np.zeros((self.count, self.size, self.size))
        return self.add(np.eye(self.count), zero).reshape(self.count, -1)

    def _split(self, m: RealArray, k: int) -> RealArray:
        d, left = self.dimensions[k], math.prod(self.dimensions[:k])
        right = self.size // (left * d)
        return m.reshape(len(m), left, d, right, left, d, right)


class OneBody(LocalOperators):
    """The orthonormal basis; the V have no one-body part."""

    def __init__(self, dimensions: Sequence[int]) -> None:
        position, size, sites = 1, math.prod(dimensions), []
        for d in dimensions:
            local = np.array(_real_traceless_basis(d)).reshape(-1, d, d)
            end = position + len(local)
            sites.append((slice(position, end), local, math.sqrt(d / size)))
            position = end
        super().__init__(dimensions, sites)

    def add(self, coefficients: RealArray, m: RealArray) -> RealArray:
        """Add the operators of coefficients (n, count) to a contiguous m (n, D, D) in place."""
        at_trace = np.einsum("nii->ni", m)
        at_trace += coefficients[:, :1] / math.sqrt(self.size)
        return super().add(coefficients, m)

    def of_traces(self, traces: Sequence[RealArray]) -> RealArray:
        """Those of the projections from partial traces, shape (..., count)."""
        out = super().of_traces(traces)
        out[..., 0] = np.trace(traces[0], axis1=-2, axis2=-1) / math.sqrt(self.size)
        return out

    def without(self, m: RealArray) -> RealArray:
        """What is orthogonal to all of them, shape (n, D, D)."""
        return self.add(-self.coefficients(m), m.copy())

    def gram(self, p: ComplexArray) -> RealArray:
        """<B, P C P> for all B, C of the basis and a Hermitian P of shape (D, D)."""
        out = super().gram(p)
        out[0] = out[:, 0] = self.coefficients(to_real(p @ p)) / math.sqrt(self.size)
        return out

    def images(self, p: ComplexArray) -> RealArray:
        """P B P for every B of the basis, shape (count, D*D)."""
        out = super().images(p)
        out[0] = to_real(p @ p).ravel() / math.sqrt(self.size)
        return out


class EachBobs(LocalOperators):
    """All Hermitian operators of every Bob: w has |W|_box = sum weights |w|, one for each W.

    With units of Re W_ij and Im W_ij that are orthonormal for each Bob; times the unit matrices of
    the others they are neither orthogonal nor independent.
    """

    def __init__(self, dimensions: Sequence[int]) -> None:
        position, sites, weights = 0, [], []
        for d in dimensions:
            local = _real_units(d)
            end = position + len(local)
            sites.append((slice(position, end), local, 1.0))
            # A diagonal entry is counted once, Re and Im of others above and below the diagonal.
            weights.append(np.abs(from_real(local)).sum(axis=(1, 2)))
            position = end
        super().__init__(dimensions, sites)
        self.weights = np.concatenate(weights)


def _real_units(d: int) -> RealArray:
    out = np.zeros((d, d, d, d))
    for i in range(d):
        out[i, i, i, i] = 1
        for j in range(i):
            # Re + Im of a Hermitian matrix: the symmetric part is Re, the other one Im.
            out[i, j, i, j] = out[i, j, j, i] = math.sqrt(0.5)
            out[j, i, i, j], out[j, i, j, i] = math.sqrt(0.5), -math.sqrt(0.5)
    return out.reshape(d * d, d, d)


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
