"""From coefficients of words to local multipliers W^(k)_{a|x} of a small box norm.

A moment program yields, for every word m of at most one letter for each Alice, the part of its
class sum that acts on at most one Bob, h^(k)_m. Many W^(k)_{a|x} have sum E_{a|x} (x) W_{a|x} equal
to sum m (x) h_m, because the projectors of a setting sum to 1, and a multiple of 1 may be moved
from Bob to Bob, or to the constant of the inequality. The least sum of |W|_box makes the largest
radius; it is found by linear programming.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np
import scipy.optimize as so
from flint import fmpq, fmpz

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.quantum.squares import SumOfSquares, remainder
from exactsteer.kernel.quantum.words import Word, letters
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import from_whole, partial_trace, to_float
from exactsteer.programs.moments.blocks import Array, FloatArray
from exactsteer.proving.decimals import ceil_to
from exactsteer.proving.quantum.bounds import lowest_shift
from exactsteer.proving.quantum.word_text import in_words

Families = list[dict[Element, Hermitian]]
FloatFamilies = list[dict[Element, Array]]

CONSTANT_DIGITS = 12


def single_words(scenario: Scenario) -> Iterator[Word]:
    """The words with at most one letter of each Alice."""
    yield from product(*(((), *((c,) for c in letters(row))) for row in scenario.outcomes))


def transfer(scenario: Scenario, words: Sequence[Word]) -> FloatArray:
    """The coefficients of the words (rows) in the projectors E_{a|x} (columns)."""
    at = {word: i for i, word in enumerate(words)}
    elements = list(scenario.elements())
    T = np.zeros((len(words), len(elements)))
    for column, element in enumerate(elements):
        for word, c in in_words(scenario.outcomes, element).items():
            T[at[word], column] = to_float(c)
    return T


def known_moments(
    scenario: Scenario, sigma: Sequence[Mapping[Element, Array]]
) -> dict[Word, Array]:
    """The part of G(m) that the local states determine, for all single words.

    It is sum_k sigma^(k)_m (x) 1 d_k/D - (N - 1) p_m 1/D.
    """
    D, dimensions = scenario.joint_dimension, scenario.dimensions
    known = {}
    for word in single_words(scenario):
        total = np.zeros((D, D), dtype=complex)
        for k, (d, family) in enumerate(zip(dimensions, sigma, strict=True)):
            local = np.zeros((d, d), dtype=complex)
            for e in scenario.elements():
                local = local + _weight(scenario, word, e) * family[e]
            total += _lifted(local, dimensions, k) * (d / D)
            if k > 0:
                total -= np.trace(local) * np.eye(D) / D
        known[word] = total
    return known


def _weight(scenario: Scenario, word: Word, element: Element) -> float:
    """How often E_{a|x} occurs in a word, averaged over the settings of the Alices not in it."""
    weight = 1.0
    for row, part, a, x in zip(scenario.outcomes, word, *element, strict=True):
        if not part:
            weight /= len(row)
        elif part[0][0] != x:
            return 0.0
        elif row[x] == 2:
            weight *= 1 - 2 * a
        elif part[0][1] != a:
            return 0.0
    return weight


def _lifted(m: Array, dimensions: Sequence[int], k: int) -> Array:
    left, right = int(np.prod(dimensions[:k])), int(np.prod(dimensions[k + 1 :]))
    return np.asarray(np.kron(np.kron(np.eye(left), m), np.eye(right)))


def local_families(scenario: Scenario, coefficients: Mapping[Word, Array]) -> FloatFamilies:
    """W of the least box norm for class sums z_m, up to a constant; words without one have 0."""
    words = list(single_words(scenario))
    T = transfer(scenario, words)
    D, dimensions = scenario.joint_dimension, scenario.dimensions
    zero = np.zeros((D, D), dtype=complex)
    sums = [coefficients.get(word, zero) for word in words]
    h = [
        np.array([partial_trace(z, dimensions, k) for z in sums]) * (d / D)
        for k, d in enumerate(dimensions)
    ]
    W = [np.zeros((T.shape[1], d, d), dtype=complex) for d in dimensions]
    inverse = np.linalg.pinv(T)
    for k, d in enumerate(dimensions):
        for i, j in product(range(d), repeat=2):
            if i < j:
                entry = (h[k][:, i, j] + h[k][:, j, i].conj()) / 2
                w = _least(T, entry.real, inverse) + 1j * _least(T, entry.imag, inverse)
                W[k][:, i, j], W[k][:, j, i] = w, w.conj()
    diagonals = _least_diagonals(T, h, dimensions)
    for k, d in enumerate(dimensions):
        W[k][:, range(d), range(d)] = diagonals[k]
    elements = list(scenario.elements())
    return [dict(zip(elements, w, strict=True)) for w in W]


def _least(T: FloatArray, h: FloatArray, inverse: Array) -> FloatArray:
    """The w of least sum of moduli with T w = h."""
    if not np.any(h):
        return np.zeros(T.shape[1])
    n = T.shape[1]
    found = so.linprog(np.ones(2 * n), A_eq=np.hstack([T, -T]), b_eq=h)
    w = np.zeros(n) if found.x is None else found.x[:n] - found.x[n:]
    return np.asarray(w + inverse @ (h - T @ w))


def _least_diagonals(
    T: FloatArray, h: Sequence[Array], dimensions: Sequence[int]
) -> list[FloatArray]:
    """The diagonals of all Bobs together: only the sum of their traces is given.

    Variables: for each Bob and place the entries of all elements. Equations, word by word: the
    diagonal of h^(k)_m up to a multiple c_k of 1, and sum_k c_k but for the word 1.
    """
    n, total = T.shape[1], sum(dimensions)
    blocks, right = [], []
    first = 0
    for k, d in enumerate(dimensions):
        diagonal = h[k][:, range(d), range(d)].real
        centred = diagonal - diagonal.mean(axis=1, keepdims=True)
        for i in range(d):
            block = np.zeros((T.shape[0], n * total))
            for j in range(d):
                share = (1.0 if i == j else 0.0) - 1 / d
                at = (first + j) * n
                block[:, at : at + n] = share * T
            blocks.append(block)
            right.append(centred[:, i])
        first += d
    # Every h^(k) has the trace part of the whole, so that one of them gives it. The word 1 comes
    # first; its trace part is the constant.
    block = np.hstack([T / d for d in dimensions for _ in range(d)])
    blocks.append(block[1:])
    right.append(h[0][1:, range(dimensions[0]), range(dimensions[0])].real.mean(axis=1))
    A, b = np.vstack(blocks), np.concatenate(right)
    w = _least(A, b, np.linalg.pinv(A))
    out, first = [], 0
    for d in dimensions:
        out.append(w[first * n : (first + d) * n].reshape(d, n).T)
        first += d
    return out


def rounded(families: FloatFamilies, scale: float, denominator: fmpz) -> Families:
    """Scale, round to integers and divide by the denominator."""
    return [
        {
            e: from_whole(np.rint(w.real * scale), np.rint(w.imag * scale), denominator)
            for e, w in family.items()
        }
        for family in families
    ]


def least_constant(scenario: Scenario, families: Families, squares: SumOfSquares) -> fmpq:
    """The constant, rounded up, with which the squares prove the inequality."""
    left = remainder(scenario, lifted(scenario, families), squares)
    return ceil_to(lowest_shift(left), CONSTANT_DIGITS)


def lifted(scenario: Scenario, families: Families) -> list[tuple[Element, Hermitian]]:
    """The coefficients H_{a|x}, Bob by Bob."""
    return [
        (e, w.lifted(scenario.dimensions, k))
        for k, family in enumerate(families)
        for e, w in family.items()
    ]
