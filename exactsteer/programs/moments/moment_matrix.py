"""The moment matrix of a list of words, as an affine function of its free moments.

For a state rho and the words w of the Alices' letters put G(w) = tr_Alices[(w (x) 1) rho], a D x D
matrix with G(w^dagger) = G(w)^dagger. The moment matrix has the blocks Gamma(s, t) = G(t^dagger s);
then tr[Z Gamma] = sum_{s,t} tr[Z(s, t) G(s^dagger t)] >= 0 for every Z >= 0, so Gamma >= 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from exactsteer.kernel.quantum.words import Outcomes, Part, Word, adjoint, joined, one, reduced
from exactsteer.programs.arrays import hermitian_units, traceless_units
from exactsteer.programs.memory import refuse_beyond_memory
from exactsteer.programs.moments.blocks import Array, Block, BlockProgram, FloatArray
from exactsteer.programs.moments.word_arrays import Parts, moments


@dataclass(frozen=True)
class Places:
    """Where the blocks of one word stand: Gamma(s, t) = G(m) for the rows (s, t) of `direct`.

    `mirrored` are the places of G(m)^dagger, empty when m is its own adjoint.
    """

    direct: NDArray[np.int64]
    mirrored: NDArray[np.int64]


def places(outcomes: Outcomes, words: Sequence[Word]) -> dict[Word, Places]:
    """The classes of equal blocks, one word of each pair {m, m^dagger}; products 0 are left out."""
    every = moments(Parts(outcomes), words, _product)
    order = np.argsort(every.moment * 2 + every.turned, kind="stable")
    where = np.stack(np.divmod(every.place[order], every.size), axis=1)
    ends = np.cumsum(np.bincount(every.moment * 2 + every.turned, minlength=2 * len(every.code)))
    pieces = np.split(where, ends[:-1])
    return {
        word: Places(direct, mirrored)
        for word, direct, mirrored in zip(every.words(), pieces[::2], pieces[1::2], strict=True)
        # 1 may be no product of two of the words.
        if len(direct) + len(mirrored) > 0
    }


def _product(row: tuple[int, ...], u: Part, v: Part) -> dict[Part, float]:
    part = joined(row, u, v)
    return {} if part is None else {part: 1.0}


@dataclass(frozen=True)
class MomentProgram:
    """(P) max b.y + constant with Gamma(y) = C - sum_k y_k A_k >= 0
    (D) min tr[C Z] + constant with tr[A_k Z] = b_k, Z >= 0.

    `A` has one column for each variable, the flattened Hermitian A_k; the columns are orthogonal,
    because different moments stand at different places. `start` is an interior y if known.
    """

    size: int
    words: int
    C: Array
    A: sp.csc_matrix
    b: FloatArray
    constant: float
    start: FloatArray | None

    def in_one_block(self) -> BlockProgram:
        """The same, for the solvers."""
        return BlockProgram((Block(self.C, self.A),), self.b, self.constant, self.start)


@dataclass(frozen=True)
class Moment:
    """What is known of G(m): a constant part, and a basis of the part that is free."""

    fixed: Array | None
    basis: Sequence[Array]
    objective: Array | None
    """F_m of an objective sum_m tr[F_m G(m)], if any."""


@dataclass(frozen=True)
class Rows:
    """The rows of Gamma: D for each of the words; `real` where no entry has an imaginary part."""

    outcomes: Outcomes
    words: Sequence[Word]
    D: int
    real: bool

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.words) * self.D

    def numbers(self, values: Array) -> Array:
        """The values in the type of the entries."""
        return values.real if self.real else values


def build(gamma: Rows, moment: Callable[[Word], Moment], margin: bool) -> MomentProgram:
    """Assemble a program. With `margin` it has one more variable, the first, which is maximised:
    lambda in Gamma >= lambda 1. Raises InputError when the memory does not suffice.
    """
    D, size = gamma.D, gamma.size
    refuse_beyond_memory(bytes_to_build(len(gamma.words), D), "a moment matrix of this level")
    dtype = np.float64 if gamma.real else np.complex128
    C = np.zeros((size, size), dtype=dtype)
    rows: list[NDArray[np.int64]] = []
    values: list[Array] = []
    counts: list[int] = []
    b: list[float] = []
    start: list[float] = []
    constant = 0.0
    if margin:
        rows.append(np.arange(size) * (size + 1))
        values.append(np.ones(size))
        counts.append(size)
        b.append(1.0)
    for word, at in places(gamma.outcomes, gamma.words).items():
        m = moment(word)
        if m.fixed is not None:
            for s, t in at.direct:
                C[s * D : s * D + D, t * D : t * D + D] += gamma.numbers(m.fixed)
            for s, t in at.mirrored:
                C[s * D : s * D + D, t * D : t * D + D] += gamma.numbers(m.fixed.conj().T)
            if m.objective is not None:
                constant += float(np.vdot(m.objective.conj().T, m.fixed).real)
        trace = _free_trace(gamma.outcomes, word)
        for element in m.basis:
            where, what = _entries(element, at, D, size)
            rows.append(where)
            values.append(-gamma.numbers(what))
            counts.append(len(where))
            gain = (
                0.0 if m.objective is None else float(np.vdot(m.objective.conj().T, element).real)
            )
            b.append(gain)
            weight = float(np.vdot(element, element).real)
            start.append(trace * float(np.trace(element).real) / (D * weight))
    A = sp.csc_matrix(
        (
            np.concatenate(values) if values else np.zeros(0),
            np.concatenate(rows) if rows else np.zeros(0, dtype=int),
            np.concatenate([[0], np.cumsum(counts)]).astype(int),
        ),
        shape=(size * size, len(counts)),
    )
    A.sum_duplicates()
    A.sort_indices()
    return MomentProgram(
        size, len(gamma.words), C, A, np.array(b), constant, None if margin else np.array(start)
    )


def bytes_to_build(words: int, D: int) -> int:
    """Memory of the words' products, and of C and A."""
    return 170 * words**2 + 100 * (words * D) ** 2


def _entries(element: Array, at: Places, D: int, size: int) -> tuple[NDArray[np.int64], Array]:
    where, what = [], []
    for blocks, matrix in ((at.direct, element), (at.mirrored, element.conj().T)):
        if len(blocks) == 0:
            continue
        corners = blocks[:, 0] * (D * size) + blocks[:, 1] * D
        p, q = np.nonzero(matrix)
        where.append((corners[:, None] + (p * size + q)[None, :]).ravel())
        what.append(np.tile(matrix[p, q], len(blocks)))
    return np.concatenate(where), np.concatenate(what)


def _free_trace(outcomes: Outcomes, word: Word) -> float:
    """The trace of a word where all settings are free of each other: an interior moment matrix."""
    value = 1.0
    for row, part in zip(outcomes, word, strict=True):
        value *= _free_trace_of(row, part)
    return value


@cache
def _free_trace_of(row: tuple[int, ...], part: Part) -> float:
    # An alternating product of letters minus their traces has trace 0.
    if not part:
        return 1.0
    means = [0.0 if row[x] == 2 else 1.0 / row[x] for x, _ in part]
    total = 0.0
    for chosen in range(2 ** len(part) - 1):
        factor, rest = 1.0, []
        for i, letter in enumerate(part):
            if chosen >> i & 1:
                rest.append(letter)
            else:
                factor *= -means[i]
        if factor != 0.0:
            shorter = reduced(row, tuple(rest))
            if shorter is not None:
                total -= factor * _free_trace_of(row, shorter)
    return total


def matrix_units(D: int, real: bool) -> list[Array]:
    """A basis, over the reals, of all D x D matrices (real: of all real ones)."""
    out: list[Array] = []
    for p in range(D):
        for q in range(D):
            for c in (1,) if real else (1, 1j):
                e = np.zeros((D, D), dtype=complex)
                e[p, q] = c
                out.append(e)
    return out


def many_body_basis(dimensions: Sequence[int]) -> list[Array]:
    """An orthogonal basis of the operators on C^D that act on at least two Bobs."""
    elements: list[tuple[Array, int]] = [(np.eye(1), 0)]
    for d in dimensions:
        local = [(np.eye(d), 0), *((e, 1) for e in traceless_units(d))]
        elements = [(np.kron(m, e), c + weight) for m, c in elements for e, weight in local]
    return [m for m, count in elements if count >= 2]


def bound_program(
    outcomes: Outcomes, words: Sequence[Word], D: int, objective: Mapping[Word, Array]
) -> MomentProgram:
    """(P) max sum_m tr[F_m G(m)] over moment matrices with tr G(1) = 1."""
    real = not any(np.any(f.imag) for f in objective.values())
    unit = one(outcomes)
    bases = {
        "unit": traceless_units(D, real=real),
        "own": hermitian_units(D, real=real),
        "free": matrix_units(D, real),
    }

    def moment(word: Word) -> Moment:
        f = objective.get(word)
        if word == unit:
            return Moment(np.eye(D) / D, bases["unit"], f)
        return Moment(None, bases["own" if word == adjoint(word) else "free"], f)

    return build(Rows(outcomes, words, D, real), moment, margin=False)


def exclusion_program(
    outcomes: Outcomes,
    words: Sequence[Word],
    D: int,
    known: Mapping[Word, Array],
    joint: Sequence[Array],
) -> MomentProgram:
    """(P) max lambda with Gamma >= lambda 1, where G(m) of the words in `known` is given up to the
    span of `joint` (the operators that act on at least two Bobs).
    """
    real = not any(np.any(g.imag) for g in known.values())
    if real:
        joint = [e.real for e in joint if not np.any(e.imag)]
    own, free = hermitian_units(D, real=real), matrix_units(D, real)

    def moment(word: Word) -> Moment:
        if word in known:
            return Moment(known[word], joint, None)
        return Moment(None, own if word == adjoint(word) else free, None)

    return build(Rows(outcomes, words, D, real), moment, margin=True)
