"""One Newton system: build, factor, solve."""

from __future__ import annotations

import numpy as np

from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.structured.real_form import from_real, to_real
from exactsteer.programs.structured.structure import Structure
from exactsteer.programs.threads import library

# Rows of a matrix that are handled at a time where a copy of all would need memory.
ROWS = 256
# Relative size of the diagonal shift that keeps the Cholesky factors alive near the optimum.
JITTER = 1e-14
# Up to this D numpy does: importing scipy takes longer than its routines save.
SMALL = 8


class NewtonSystem:
    """The factored system for one scaling P, and weights of the one-body coefficients if any."""

    def __init__(
        self, structure: Structure, p: ComplexArray, weights: RealArray | None = None
    ) -> None:
        """Build and factor; raise LinAlgError when it is too ill-conditioned."""
        self.structure, self.p, self.weights = structure, p, weights
        s = structure
        squared, low = s.size**2, len(s.one_body)
        # Inverse Cholesky factors of the one-body parts, and the couplings T_i.
        self.inverses = np.empty((len(p), low, low))
        self.couplings = np.empty((len(p), low, squared))
        for i, (inverse, coupling) in enumerate(zip(self.inverses, self.couplings, strict=True)):
            image = s.local.images(p[i])
            small = image @ s.one_body.T
            if weights is not None:
                small += np.diag(weights[i])
            jitter = JITTER * np.trace(small) / low * np.eye(low)
            factor = np.linalg.cholesky((small + small.T) / 2 + jitter)
            image[:, s.fixed] = 0
            if s.size <= SMALL:
                inverse[:] = _inverse(factor)
                coupling[:] = inverse @ image
                continue
            scipy = library("scipy.linalg")
            inverse[:] = scipy.lapack.dtrtri(factor.T, lower=0)[0].T
            coupling[:] = scipy.blas.dtrsm(1.0, factor.T, image.T, side=1, lower=0, overwrite_b=1).T
        self.h = self._factored(squared) if s.free else np.zeros((0, 0))

    def _factored(self, squared: int) -> RealArray:
        """The Cholesky factor of H; its inverse up to SMALL."""
        h = self._assembled(squared)
        h[np.arange(len(h)), np.arange(len(h))] += JITTER * float(np.mean(np.diag(h)))
        if self.structure.size <= SMALL:
            return _inverse(np.asarray(np.linalg.cholesky(h), float))
        lapack = library("scipy.linalg").lapack
        factor, info = lapack.dpotrf(h, lower=1, overwrite_a=1, clean=0)
        if info:
            raise np.linalg.LinAlgError(f"pivot {info} is not positive")
        return np.asarray(factor)

    def _assembled(self, squared: int) -> RealArray:
        """The matrix H, lower triangle valid, Fortran order."""
        c, count = self.structure.c, len(self.structure.free)
        if count == 1:
            return self._block(c[:, 0] * c[:, 0], squared)
        # Pairs f, g with the same signs share their block; one is held at a time.
        places: dict[bytes, list[tuple[int, int]]] = {}
        for f in range(count):
            for g in range(f + 1):
                signs = c[:, f] * c[:, g]
                if signs.any():
                    places.setdefault(signs.tobytes(), []).append((f, g))
        h = np.zeros((count * squared, count * squared), order="F")
        for pairs in places.values():
            f, g = pairs[0]
            block = self._block(c[:, f] * c[:, g], squared)
            _complete(block)
            for f, g in pairs:
                h[f * squared : (f + 1) * squared, g * squared : (g + 1) * squared] = block
                if f != g:
                    # The fixed entries are variables of the blocks f, f alone.
                    fixed = self.structure.fixed
                    h[f * squared + fixed, g * squared + fixed] = 0
        return h

    def _block(self, signs: RealArray, squared: int) -> RealArray:
        """sum_i signs_i (K_i - T_i^T T_i), lower triangle valid, Fortran order."""
        size, fixed = self.structure.size, self.structure.fixed
        chosen = np.flatnonzero(signs)
        weight = np.concatenate([signs[chosen]] * 2)
        re, im = self.p[chosen].real, self.p[chosen].imag
        # K[(ij), (kl)] = Re_ik Re_jl + Im_ik Im_jl + Re_jk Im_il - Im_jk Re_il
        a, b = np.concatenate([re, im]), np.concatenate([im, -re])
        flat = (a * weight[:, None, None]).reshape(len(a), squared)
        rows = flat.reshape(-1, size, size).transpose(1, 0, 2)
        k = np.empty((size,) * 4)
        for i in range(size):
            # Products whose entries stand where they belong: moving them would take longer.
            np.matmul(a[:, i].T, rows, out=k[i])
            k[i] += (flat.T @ b[:, i]).reshape(size, size, size)
        block = k.reshape(squared, squared).T
        for sign in (1.0, -1.0):
            of_sign = signs == sign
            if of_sign.any():
                # All rows at once need no copy.
                rows = self.couplings if of_sign.all() else self.couplings[of_sign]
                t = rows.reshape(-1, squared)
                if size <= SMALL:
                    block = block - sign * (t.T @ t)
                    continue
                blas = library("scipy.linalg").blas
                block = blas.dsyrk(-sign, t.T, 1.0, block, trans=0, lower=1, overwrite_c=1)
        diagonal = float(np.mean(np.abs(np.diag(block))))
        block[fixed, :] = 0
        block[:, fixed] = 0
        block[fixed, fixed] = diagonal
        return np.asarray(block)

    def _direct(self, r: RealArray, low: RealArray | float) -> tuple[RealArray, RealArray]:
        s = self.structure
        u = _each(self.inverses, r @ s.one_body.T + low)
        v = np.zeros((len(s.elements), s.size**2))
        if s.free:
            rest = r - _each(self.couplings.swapaxes(1, 2), u)
            rest[:, s.fixed] = 0
            v = s.c @ self._solved((s.c.T @ rest).ravel()).reshape(len(s.free), -1)
        w = _each(self.inverses.swapaxes(1, 2), u - _each(self.couplings, v))
        return w, np.asarray(w @ s.one_body + v)

    def _solved(self, right: RealArray) -> RealArray:
        """H^-1 times a vector."""
        if self.structure.size <= SMALL:
            return np.asarray(self.h.T @ (self.h @ right))
        solution, _ = library("scipy.linalg").lapack.dpotrs(self.h, right, lower=1)
        return np.asarray(solution)

    def solve(self, r: RealArray) -> RealArray:
        """The dM with P dM P = r modulo the complement, with one step of refinement."""
        return self.solve_weighted(r, 0.0)[1]

    def solve_weighted(self, r: RealArray, low: RealArray | float) -> tuple[RealArray, RealArray]:
        """(w, dM), w the one-body coefficients: on these P dM P + weights w = r + low."""
        w, x = self._direct(r, low)
        size = self.structure.size
        image = self.p @ from_real(x.reshape(-1, size, size)) @ self.p
        rest = low if self.weights is None else low - self.weights * w
        more, rest_x = self._direct(r - to_real(image).reshape(len(r), -1), rest)
        return w + more, x + rest_x


def _each(matrices: RealArray, vectors: RealArray) -> RealArray:
    """The product of each matrix with its vector."""
    return np.asarray((matrices @ vectors[:, :, None])[:, :, 0])


def _complete(block: RealArray) -> None:
    """Copy the lower triangle to the upper one, some columns at a time."""
    for at in range(0, len(block), ROWS):
        end = at + ROWS
        corner = block[at:end, at:end]
        corner[:] = np.tril(corner) + np.tril(corner, -1).T
        block[at:end, end:] = block[end:, at:end].T


def _inverse(factor: RealArray) -> RealArray:
    """The inverse of a triangular matrix; a step of Newton's makes up for pivots exchanged."""
    inverse = np.tril(np.linalg.inv(factor))
    return np.asarray(inverse + inverse @ (np.eye(len(factor)) - factor @ inverse))
