"""Floating multipliers Z of a moment program as sums of squares with dyadic factors.

Z is first made to satisfy its equalities: the average over a class of equal moments is corrected,
which is an orthogonal projection. Then a multiple of 1 restores positivity: it costs at most that
multiple of the number of words, because every word has norm at most 1. Last, L of Z = L L^dagger is
rounded, to as many bits as fit into a proof file; what that leaves in the class sums is bounded by
the kernel in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from flint import fmpq, fmpz, fmpz_mat

from exactsteer.errors import InputError, Undecided
from exactsteer.kernel.file.strict_json import MAX_BYTES
from exactsteer.kernel.quantum.squares import SumOfSquares
from exactsteer.kernel.quantum.words import Word
from exactsteer.model.gaussian import over_one_denominator
from exactsteer.programs.arrays import integer_matrix
from exactsteer.programs.moments.blocks import Array
from exactsteer.programs.moments.moment_matrix import MomentProgram
from exactsteer.telling import tell

BITS = 50
# A proof file may have so many bytes; what is not the factor gets a sixteenth of them.
ROOM = MAX_BYTES * 15 // 16
# Characters of an entry of the factor with the fewest bits that are worth a try, about 30 below an
# entry of size 1 (most are a thousand times smaller): digits, quotes, a comma, a sign or none.
FEWEST_CHARACTERS = 9.5
FEWEST_BITS = 16
# How many iterates in a row may fail to improve the proof before the solver is stopped; they count
# only where the solver's errors are below SMALL_ERROR, since far from the optimum proofs do not
# improve steadily; nor do those count that are that many times less accurate than the best.
PATIENCE = 4
SMALL_ERROR = 1e-5
LESS_ACCURATE = 10
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
    _error: float = float("inf")
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
        tell(f"the multipliers prove {value:.9g}, the solver's error is {error:.2g}")
        if value < self.value:
            self.value, self.Z, self.shift = value, Z, shift
            self._error, self._failures = error, 0
        elif error < min(SMALL_ERROR, LESS_ACCURATE * self._error):
            self._failures += 1
            if self._failures == PATIENCE:
                # Another solver, which begins from nothing, is waited for as long.
                self._failures = 0
                return False
        return True


def refuse_beyond_a_file(program: MomentProgram) -> None:
    """Raise InputError when the factor of a multiplier, as dense as it may be, fits in no file."""
    rows, parts = program.size, 2 if np.iscomplexobj(program.C) else 1
    needed = FEWEST_CHARACTERS * parts * rows * (rows + 1) / 2
    if needed > ROOM:
        raise InputError(
            f"a proof with {program.words} words, a matrix of {rows} rows, needs about "
            f"{needed / 2**20:.0f} MiB and a proof file may have {MAX_BYTES // 2**20}; choose a "
            "lower level"
        )


def rounded_squares(Z: Array, shift: float, words: Sequence[Word], D: int) -> SumOfSquares | None:
    """L with L L^dagger close to Z + shift 1, its entries multiples of 2^-bits.

    Raises Undecided when it fits in no proof file.
    """
    n = len(Z)
    extra = SHIFT * max(1.0, float(np.trace(Z).real))
    for _ in range(40):
        try:
            L = np.linalg.cholesky(Z + (shift + extra) * np.eye(n))
        except np.linalg.LinAlgError:
            extra *= 3
            continue
        bits = _bits_that_fit(L)
        tell(f"squares of {bits} bits")
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


def _bits_that_fit(L: Array) -> int:
    parts = [L.real, L.imag] if np.iscomplexobj(L) and np.any(L.imag) else [L.real]
    entries = np.concatenate([part[np.tril_indices(len(L))] for part in parts])
    for bits in range(BITS, FEWEST_BITS - 1, -1):
        whole = np.abs(np.rint(np.ldexp(entries, bits)))
        digits = np.floor(np.log10(np.maximum(whole, 1.0))) + 1
        if float(np.sum(digits + 3)) + np.count_nonzero(entries < 0) < ROOM:
            return bits
    raise Undecided(
        f"the proof, a factor of {len(L)} rows, fits in no proof file of {MAX_BYTES // 2**20} MiB",
        "try a lower level",
    )


def exact_column(vector: Mapping[Word, fmpq]) -> SumOfSquares:
    """One square, (sum_w c_w w)^dagger (sum_w c_w w), exactly."""
    vector = {word: c for word, c in vector.items() if c != 0}
    den, numerators = over_one_denominator(list(vector.values()))
    return SumOfSquares(tuple(vector), 1, den, fmpz_mat(len(vector), 1, numerators), None)


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
