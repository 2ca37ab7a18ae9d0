"""How a symmetry acts on words and on moments, as sparse orthogonal matrices."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from exactsteer.kernel.quantum.words import Word
from exactsteer.programs.moments.blocks import Array
from exactsteer.programs.moments.centred_letters import letter_images, relabelled
from exactsteer.programs.moments.symmetry import Symmetry
from exactsteer.programs.moments.word_arrays import Combinations, Moments, Numbers, found, joined
from exactsteer.programs.relabellings import Permutation


class Actions:
    """rho(u) on words, alpha_u(w_j) = sum_i w_i rho(u)_ij, and the same on moments.

    With Bobs rho(u) (x) U(u) stands for rho(u). Moments of a word and its adjoint are equal; they
    are one coordinate, times sqrt 2 where the two words differ. `levels` are those of the symmetry.
    """

    def __init__(self, symmetry: Symmetry, words: list[Word], moments: Moments) -> None:
        self._symmetry, self._parts = symmetry, moments.parts
        numbers = self._parts.numbers(words)
        code, _ = self._parts.codes(numbers)
        order = np.argsort(code)

        def matrix_on_words(u: Permutation) -> sp.csr_matrix:
            terms = self.image(u, numbers)
            new, _ = self._parts.codes(terms.part)
            at = found(code[order], new)
            if np.any(at < 0):
                raise ValueError("the words are not closed under the symmetry")
            n = len(words)
            return sp.csr_matrix((terms.weight, (order[at], terms.which)), shape=(n, n))

        def matrix_on_rows(u: Permutation, U: Array) -> sp.csr_matrix:
            return sp.kron(matrix_on_words(u), U, format="csr")

        def matrix_on_moments(u: Permutation) -> sp.csr_matrix:
            terms = self.image(u, moments.part)
            at = moments.find(terms.part)
            if np.any(at < 0):
                raise ValueError("the moments are not closed under the symmetry")
            scale = np.where(moments.own, 1.0, np.sqrt(2))
            # L(alpha(m)) = sum M[m', m] L(m'), in coordinates that are multiplied by the scale.
            weight = terms.weight * scale[terms.which] / scale[at]
            K = len(moments.code)
            return sp.csr_matrix((weight, (at, terms.which)), shape=(K, K))

        if symmetry.unitaries:
            pairs = zip(symmetry.levels, symmetry.unitaries, strict=True)
            self.on_words = [list(map(matrix_on_rows, *pair)) for pair in pairs]
        else:
            self.on_words = [[matrix_on_words(u) for u in level] for level in symmetry.levels]
        self.on_moments = [[matrix_on_moments(u) for u in level] for level in symmetry.levels]
        self.scale = np.where(moments.own, 1.0, np.sqrt(2))

    def image(self, u: Permutation, numbers: Numbers) -> Combinations:
        """alpha_u of words, given by the numbers of their parts."""
        points = self._symmetry.points
        number = {point: i for i, point in enumerate(points)}
        tables, rows = [], []
        for j, row in enumerate(self._parts.outcomes):
            image: dict[int, tuple[int, tuple[int, ...]]] = {}
            target = j
            for x, d in enumerate(row):
                moved = [points[u[number[j, x, a]]] for a in range(d)]
                target = moved[0][0]
                image[x] = (moved[0][1], tuple(b for _, _, b in moved))
            used, where = np.unique(numbers[:, j], return_inverse=True)
            parts = self._parts.of(j, used.tolist())
            images = letter_images(image)
            tables.append(self._parts.table(target, [relabelled(p, images) for p in parts]))
            rows.append(where)
        return joined(tables, rows)

    def average(self, X: Array) -> Array:
        """The mean of rho(g) X rho(g)^dagger over the group."""
        for level in reversed(self.on_words):
            X = np.asarray(sum(rho @ (rho @ X.conj().T).conj().T for rho in level)) / len(level)
        return X

    def moment_projector(self) -> sp.csr_matrix:
        """The orthogonal projector on the invariant moments."""
        K = len(self.scale)
        total: sp.csr_matrix = sp.identity(K, format="csr")
        for level in self.on_moments:
            total = (total @ (sum(level) / len(level))).tocsr()
        return total


def components(pattern: sp.csr_matrix) -> list[NDArray[np.int64]]:
    """The index sets that a sparse matrix does not link."""
    number, label = sp.csgraph.connected_components(pattern, directed=False)
    order = np.argsort(label, kind="stable")
    return np.split(order, np.cumsum(np.bincount(label, minlength=number))[:-1])
