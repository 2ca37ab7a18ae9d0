"""The augmented Lagrangian method with Newton steps for large moment programs, in blocks.

(P) max b.y with Gamma_i = C_i - sum_k y_k A_ik >= 0
(D) min sum_i tr[C_i Z_i] with sum_i tr[A_ik Z_i] = b_k, Z_i >= 0

For a multiplier Z the function -b.y + |(Z - sigma Gamma(y))_+|^2/(2 sigma) is minimised over y, and
(Z - sigma Gamma)_+ is the next Z. The function is convex and almost twice differentiable: Newton
steps by conjugate gradients, which need no matrix of the equations (Zhao, Sun and Toh, SIAM J.
Optim. 20, 1737, 2010). Steps of the boundary-point method (Povh, Rendl and Wiegele) come first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import splu

from exactsteer.programs.moments.blocks import Array, BlockProgram, Blocks, FloatArray
from exactsteer.programs.moments.interior_point import Accurate, Offer, Run, relative_gap

TOLERANCE = 1e-11
# A step of conjugate gradients takes one product with the derivative: so many in all.
PRODUCTS = 12_000
PRODUCTS_AT_ONCE = 500
MAX_MULTIPLIERS = 60
MAX_NEWTON = 40
# Steps of the boundary-point method before the first Newton step, and how often their balance is
# looked at. Steps of Z are longer than its own; below (1 + sqrt 5)/2 it converges (Wen, Goldfarb
# and Yin, 2010).
FIRST_STEPS = 100
BALANCE = 20
LENGTH = 1.6
# How much larger the first sigma of the Newton steps is.
STIFFER = 10.0
# The equations of (D) are solved to this share of the error in those of (P).
SHARE = 0.2
# Nothing is gained by residuals, relative to b, below this.
EXACT = 1e-11
DESCENT = 1e-4
SHORTEST = 1e-3

_Parts = list[tuple[FloatArray, Array]]
"""Eigenvalues and eigenvectors of each block."""


def bytes_needed(program: BlockProgram) -> int:
    """Memory of the matrices that live at the same time."""
    return 16 * sum(block.C.nbytes for block in program.blocks)


def solve(
    program: BlockProgram,
    offer: Offer = lambda _, __, ___: True,
    tolerance: float = TOLERANCE,
    products: int | None = None,
) -> Run:
    """Run until all errors are below the tolerance, `offer` returns False, or that many products
    are used up.
    """
    # Where (P) or (D) has no solution the iterates overflow, and that is seen.
    with np.errstate(over="ignore", invalid="ignore"):
        return _Method(program, PRODUCTS if products is None else products).run(offer, tolerance)


class _Method:
    """Works with A_k, b and C of norm 1; matrices are vectors of the entries of all blocks."""

    def __init__(self, program: BlockProgram, products: int) -> None:
        self.program, self.left = program, products
        self.sizes = [block.size for block in program.blocks]
        self.ends = np.cumsum([size * size for size in self.sizes])[:-1]
        A = sp.vstack([block.A for block in program.blocks]).tocsc()
        lengths = np.sqrt(np.asarray(abs(A).power(2).sum(axis=0)).ravel())
        self.lengths = np.where(lengths > 0, lengths, 1.0)
        self.A = (A @ sp.diags(1 / self.lengths)).tocsr()
        self.adjoint = self.A.conj().T.tocsr()
        C = np.concatenate([block.C.reshape(-1) for block in program.blocks])
        b = program.b / self.lengths
        self.norm_C, self.norm_b = float(np.linalg.norm(C)) or 1.0, float(np.linalg.norm(b)) or 1.0
        self.C, self.b = C / self.norm_C, b / self.norm_b

    def run(self, offer: Offer, tolerance: float) -> Run:
        p, accurate, steps = self.program, Accurate(), 0
        y, Z, sigma = self.alternated()
        status, gamma = "iterations exhausted", Z
        for _ in range(MAX_MULTIPLIERS):
            taken = self.minimised(y, Z, sigma)
            if taken is None:
                status = "numerical limit"
                break
            y, W, parts, count = taken
            steps += count
            last, Z = Z, self.positive(parts)
            gamma = (Z - W) / sigma
            of_D, of_P = self.traces(Z) - self.b, float(np.linalg.norm(Z - last)) / sigma
            upper = float(np.vdot(self.C, Z).real) * self.norm_b * self.norm_C
            lower = float(self.b @ y) * self.norm_b * self.norm_C
            error = max(
                float(np.linalg.norm(of_D * self.lengths)) * self.norm_b
                / (1 + float(np.linalg.norm(p.b))),
                of_P * self.norm_C / (1 + self.norm_C),
                relative_gap(upper, lower),
            )  # fmt: skip
            accurate.see(error, upper + p.constant, lower + p.constant)
            going = offer(self.blocks(Z * self.norm_b), self.blocks(gamma * self.norm_C), error)
            if error < tolerance:
                status = "optimal"
            elif not going:
                status = "no further progress"
            if error < tolerance or not going or self.left <= 0:
                break
            off = float(np.linalg.norm(of_D))
            if off < of_P:
                sigma *= 2 if off > of_P / 10 else 4
            elif off > 10 * of_P:
                sigma /= 1.5
        y = y * self.norm_C / self.lengths
        whole = self.blocks(Z * self.norm_b)
        return Run(whole, y, accurate.upper, accurate.lower, accurate.error, steps, status)

    def alternated(self) -> tuple[FloatArray, Array, float]:
        """y, Z and a sigma by steps of the boundary-point method, from zero."""
        normal = splu((self.adjoint @ self.A).real.tocsc())
        Z, gamma, sigma = np.zeros_like(self.C), np.zeros_like(self.C), 1.0
        y = np.zeros(len(self.b))
        for step in range(1, FIRST_STEPS + 1):
            y = normal.solve(self.traces(self.C - gamma) + (self.b - self.traces(Z)) / sigma)
            free = self.C - self.A @ y
            W = Z - sigma * free
            positive = self.positive(self.parts(W))
            gamma = (positive - W) / sigma
            Z = Z + LENGTH * (positive - Z)
            if step % BALANCE == 0:
                of_D = float(np.linalg.norm(self.traces(Z) - self.b))
                of_P = float(np.linalg.norm(free - gamma))
                if of_D > 2 * of_P:
                    sigma /= 1.3
                elif of_P > 2 * of_D:
                    sigma *= 1.3
        return y, Z, STIFFER * sigma

    def minimised(
        self, y: FloatArray, Z: Array, sigma: float
    ) -> tuple[FloatArray, Array, _Parts, int] | None:
        """y, W = Z - sigma Gamma(y), its parts, the number of Newton steps; None on overflow."""
        W = Z - sigma * (self.C - self.A @ y)
        parts = self.parts(W)
        value = self.value(y, parts, sigma)
        for step in range(MAX_NEWTON):
            if not math.isfinite(value):
                return None
            positive = self.positive(parts)
            slope = self.traces(positive) - self.b
            off = float(np.linalg.norm(slope))
            of_P = float(np.linalg.norm(positive - Z)) / sigma
            if off < max(SHARE * of_P, EXACT) or self.left <= 0:
                return y, W, parts, step
            direction = self.newton(parts, slope, sigma)
            falls, length = float(slope @ direction), 1.0
            while True:
                further = y + length * direction
                W = Z - sigma * (self.C - self.A @ further)
                parts = self.parts(W)
                new = self.value(further, parts, sigma)
                if new <= value + DESCENT * length * falls or length < SHORTEST:
                    break
                length /= 2
            y, value = further, new
        return y, W, parts, MAX_NEWTON

    def value(self, y: FloatArray, parts: _Parts, sigma: float) -> float:
        """The function that is minimised."""
        squares = sum(float(np.sum(values[values > 0] ** 2)) for values, _ in parts)
        return squares / (2 * sigma) - float(self.b @ y)

    def newton(self, parts: _Parts, slope: FloatArray, sigma: float) -> FloatArray:
        """The direction, by conjugate gradients."""
        size = float(np.linalg.norm(slope))
        ridge, enough = 1e-5 * min(1.0, size), 0.3 * max(1e-3, min(0.1, size)) * size
        x, rest = np.zeros_like(slope), -slope
        way, square = rest, size**2
        for _ in range(min(PRODUCTS_AT_ONCE, self.left)):
            self.left -= 1
            image = sigma * self.derivative(parts, way) + ridge * way
            length = square / float(way @ image)
            x = x + length * way
            rest = rest - length * image
            new = float(rest @ rest)
            if not new > enough**2:
                break
            way, square = rest + new / square * way, new
        return x

    def derivative(self, parts: _Parts, y: FloatArray) -> FloatArray:
        """That of traces(W_+) for the direction sum_k y_k A_k of W."""
        images = []
        for (values, V), X in zip(parts, self.blocks(self.A @ y), strict=True):
            up = values > 0
            few, many, sign = (V[:, up], V[:, ~up], 1) if up.sum() * 2 <= len(values) else (
                V[:, ~up], V[:, up], -1)  # fmt: skip
            inner, outer = (values[up], values[~up]) if sign > 0 else (values[~up], values[up])
            quotients = inner[:, None] / (inner[:, None] - outer[None, :])
            rows = few.conj().T @ X
            half = few @ (
                0.5 * (rows @ few) @ few.conj().T + ((rows @ many) * quotients) @ many.conj().T
            )
            whole = half + half.conj().T
            images.append((whole if sign > 0 else X - whole).reshape(-1))
        return self.traces(np.concatenate(images))

    def traces(self, X: Array) -> FloatArray:
        """tr[A_k X] for all k."""
        return np.asarray((self.adjoint @ X).real)

    def parts(self, X: Array) -> _Parts:
        """The eigenvalues and eigenvectors of all blocks."""
        return [(found[0], found[1]) for found in map(np.linalg.eigh, self.blocks(X))]

    def positive(self, parts: _Parts) -> Array:
        """The positive part."""
        return _entries([(V[:, w > 0] * w[w > 0]) @ V[:, w > 0].conj().T for w, V in parts])

    def blocks(self, X: Array) -> Blocks:
        """The matrices of a vector."""
        pieces = np.split(X, self.ends)
        return [x.reshape(n, n) for x, n in zip(pieces, self.sizes, strict=True)]


def _entries(X: Sequence[Array]) -> Array:
    return np.concatenate([x.reshape(-1) for x in X])
