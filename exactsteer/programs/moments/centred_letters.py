"""Letters in which permutations of outcomes are orthogonal matrices.

For a setting of d outcomes f_0, ..., f_{d-2} are real functions of the outcome, orthonormal to each
other and to 1: (1/d) sum_a f_k(a) f_l(a) = [k = l]. The letter (x, k) stands for
sum_a f_k(a) E_{a|x}; for two outcomes this is the observable E_0 - E_1. Reduced words in these
letters have the same names as those in the kernel's, and span the same space where the set of words
holds every word with letters left out.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from exactsteer.kernel.quantum.words import Letter, Part, reduced

FloatArray = NDArray[np.float64]
TINY = 1e-13


@cache
def functions(d: int) -> FloatArray:
    """f_k(a), one row for each k."""
    f = np.zeros((d - 1, d))
    for k in range(d - 1):
        f[k, : k + 1], f[k, k + 1] = 1, -(k + 1)
        f[k] *= np.sqrt(d / (f[k] @ f[k]))
    return f


@cache
def _products(d: int) -> FloatArray:
    """c_ijk of f_i f_j = [i = j] + sum_k c_ijk f_k."""
    f = functions(d)
    return np.asarray(np.einsum("ia,ja,ka->ijk", f, f, f) / d)


@cache
def product(row: tuple[int, ...], u: Part, v: Part) -> dict[Part, float]:
    """u^dagger v as a combination of reduced parts; letters meet at the beginnings."""
    if not u or not v or u[0][0] != v[0][0]:
        return {u[::-1] + v: 1.0}
    (x, i), (_, j) = u[0], v[0]
    total = dict(product(row, u[1:], v[1:])) if i == j else {}
    for k, c in enumerate(_products(row[x])[i, j]):
        if abs(c) > TINY:
            part = (*u[:0:-1], (x, k), *v[1:])
            total[part] = total.get(part, 0.0) + c
    return total


def in_kernel_letters(row: tuple[int, ...], part: Part) -> dict[Part, float]:
    """A part in the projectors that are letters of the kernel (observables for two outcomes)."""
    total: dict[Part, float] = {(): 1.0}
    for x, k in part:
        longer: dict[Part, float] = {}
        for before, c in total.items():
            for after, f in _letter(row[x], x, k):
                word = reduced(row, before + after)
                if word is not None:
                    longer[word] = longer.get(word, 0.0) + c * f
        total = longer
    return total


def _letter(d: int, x: int, k: int) -> list[tuple[Part, float]]:
    if d == 2:
        return [(((x, 0),), 1.0)]
    f = functions(d)[k]
    return [((), f[-1]), *((((x, a),), f[a] - f[-1]) for a in range(d - 1))]


def projector(d: int, x: int, a: int) -> list[tuple[Part, float]]:
    """E_{a|x} in these letters."""
    return [((), 1 / d), *((((x, k),), f[a] / d) for k, f in enumerate(functions(d)))]


Images = dict[Letter, list[tuple[Letter, float]]]
"""Letters as combinations of letters."""


def letter_images(image: dict[int, tuple[int, tuple[int, ...]]]) -> Images:
    """The letters after settings are renamed and their outcomes permuted.

    `image[x]` is the new setting and the new outcome of each outcome.
    """
    found: Images = {}
    for x, (y, outcomes) in image.items():
        d = len(outcomes)
        f = functions(d)
        turned = f @ f[:, list(outcomes)].T / d
        for k in range(d - 1):
            found[x, k] = [((y, m), t) for m, t in enumerate(turned[k].tolist()) if abs(t) > TINY]
    return found


def relabelled(part: Part, images: Images) -> dict[Part, float]:
    """A part with its letters replaced; neighbours of different settings stay such."""
    total: dict[Part, float] = {(): 1.0}
    for letter in part:
        total = {
            (*before, after): c * t for before, c in total.items() for after, t in images[letter]
        }
    return total
