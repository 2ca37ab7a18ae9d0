"""Floating multipliers Z of a moment program as sums of squares with dyadic factors.

Z is first made to satisfy its equalities: the average over a class of equal moments is corrected,
which is an orthogonal projection. Then a multiple of 1 restores positivity: it costs at most that
multiple of the number of words, because every word has norm at most 1. Last, L of Z = L L^dagger is
rounded; what that leaves in the class sums is bounded by the kernel in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from flint import fmpq, fmpz, fmpz_mat

from exactsteer.kernel.quantum.squares import SumOfSquares
from exactsteer.kernel.quantum.words import Word
from exactsteer.programs.arrays import integer_matrix
from exactsteer.programs.moments.moment_matrix import Array, MomentProgram

BITS = 50
# How many iterates in a row may fail to improve the proof before the solver is stopped; they count
# only where the solver's errors are below SMALL_ERROR, since far from the optimum proofs do not
# improve steadily.
PATIENCE = 4
SMALL_ERROR = 1e-5
# The first multiple of 1, relative to the trace, that is tried for a failing Cholesky factor.
SHIFT = 1e-17


@dataclass
class Best:
    """Keeps the multiplier that proves most among all that are offered.

    `value` is what it proves of the dual value, in floating point.
    """

    program: MomentProgram
    homogeneous: bool
    value: float = float("inf")
    Z: Array | None = None
    shift: float = 0.0
    _failures: int = 0

    def __post_init__(self) -> None:
        A = self.program.A
        self._adjoint = A.conj().T.tocsr()
        self._squares = np.asarray(abs(A).power(2).sum(axis=0)).ravel()

    def offer(self, Z: Array, error: float) -> bool:
        """Look at an iterate and its errors; False when the last accurate ones brought nothing."""
        p = self.program
        Z = np.asarray((Z + Z.conj().T) / 2)
        missing = (p.b - (self._adjoint @ Z.reshape(-1)).real) / self._squares
        if self.homogeneous:
            # The first variable is the margin; its equality tr Z = 1 is only a scale.
            missing[0] = 0.0
        Z = Z + np.asarray(p.A @ missing).reshape(Z.shape)
        shift = max(0.0, -float(np.linalg.eigvalsh(Z)[0]))
        scale = float(np.trace(Z).real) if self.homogeneous else 1.0
        value = float(np.vdot(p.C, Z).real) + shift * p.words
        value = value / scale + p.constant
        if value < self.value:
            self.value, self.Z, self.shift, self._failures = value, Z, shift, 0
        elif error < SMALL_ERROR:
            self._failures += 1
        return self._failures < PATIENCE


def rounded_squares(
    Z: Array, shift: float, words: Sequence[Word], D: int, bits: int = BITS
) -> SumOfSquares | None:
    """L with L L^dagger close to Z + shift 1, its entries multiples of 2^-bits."""
    n = len(Z)
    extra = SHIFT * max(1.0, float(np.trace(Z).real))
    for _ in range(40):
        try:
            L = np.linalg.cholesky(Z + (shift + extra) * np.eye(n))
        except np.linalg.LinAlgError:
            extra *= 3
            continue
        return SumOfSquares(
            tuple(words),
            D,
            fmpz(2) ** bits,
            integer_matrix(np.rint(np.ldexp(L.real, bits))),
            integer_matrix(np.rint(np.ldexp(L.imag, bits)))
            if np.iscomplexobj(L) and np.any(L.imag)
            else None,
        )
    return None


def exact_column(vector: Mapping[Word, fmpq]) -> SumOfSquares:
    """One square, (sum_w c_w w)^dagger (sum_w c_w w), exactly."""
    vector = {word: c for word, c in vector.items() if c != 0}
    den = fmpz(1)
    for c in vector.values():
        den = den.lcm(c.q)
    column = fmpz_mat(len(vector), 1, [(c * den).p for c in vector.values()])
    return SumOfSquares(tuple(vector), 1, den, column, None)


def squares_value(squares: SumOfSquares, words: str | Sequence[str]) -> dict[str, object]:
    """The fields "words" and "factor" of a proof; rows end with their last entry not zero."""
    factor: dict[str, object] = {"den": str(squares.den), "re": _ragged(squares.re)}
    if squares.im is not None:
        factor["im"] = _ragged(squares.im)
    return {"words": words if isinstance(words, str) else list(words), "factor": factor}


def _ragged(m: fmpz_mat) -> list[list[str]]:
    rows = []
    for row in m.tolist():
        texts = [str(v) for v in row]
        while texts and texts[-1] == "0":
            texts.pop()
        rows.append(texts)
    return rows
