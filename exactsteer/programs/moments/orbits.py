"""The moment program of a symmetric functional, in invariant moments and blocks.

An average over the symmetries changes neither the functional nor that Gamma >= 0, so invariant
moments suffice. The multiplier is turned back into one for the words of the kernel, where nothing
of this is to be trusted: its class sums are corrected, and the kernel checks it, as any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from exactsteer.kernel.quantum.functional import Functional
from exactsteer.kernel.quantum.words import Word
from exactsteer.programs.moments.actions import Actions, components
from exactsteer.programs.moments.adapted_basis import Isotypic, adapted_basis
from exactsteer.programs.moments.blocks import Array, Block, BlockProgram
from exactsteer.programs.moments.centred_letters import in_kernel_letters, product
from exactsteer.programs.moments.moments_with_bobs import (
    invariant_moments,
    moment_matrices,
    objective_blocks,
)
from exactsteer.programs.moments.symmetry import Symmetry, symmetry_of
from exactsteer.programs.moments.word_arrays import Moments, Parts, joined, moments

FloatArray = NDArray[np.float64]

TINY = 1e-11
# More entries of a projector on the invariant moments take too long.
MAX_ENTRIES = 20_000_000


@dataclass(frozen=True)
class SymmetricProgram:
    """The reduced program, and how its multipliers become one for the words of the kernel."""

    symmetry: Symmetry
    program: BlockProgram
    isotypic: tuple[Isotypic, ...]
    actions: Actions
    letters: sp.csr_matrix
    """A row for each word (with Bobs, D) in centred letters: what it is in the kernel's."""
    real: bool = True
    """Whether the whole program is; the blocks may be complex all the same."""

    def lifted(self, Z: Sequence[Array]) -> Array:
        """The invariant multiplier of the whole program."""
        n = self.letters.shape[0]
        whole = np.zeros((n, n), dtype=np.result_type(*Z))
        for kind, z in zip(self.isotypic, Z, strict=True):
            for Q in kind.copies:
                whole += Q @ (Q @ z.conj().T).conj().T / len(kind.copies) ** 0.5
        whole = self.actions.average((whole + whole.conj().T) / 2)
        turned = self.letters.T @ (self.letters.T @ whole).T
        return np.asarray(turned.real if self.real else turned).T

    def note(self) -> str:
        """What was used."""
        sizes = [block.size for block in self.program.blocks]
        return (
            f"{self.symmetry.order} symmetries, {self.program.variables} invariant moments, "
            f"{len(sizes)} blocks of at most {max(sizes)} rows"
        )


def symmetric_program(functional: Functional, words: Sequence[Word]) -> SymmetricProgram | None:
    """The program of a functional; None where there is no symmetry to use."""
    symmetry = symmetry_of(functional, words)
    if symmetry.order == 1:
        return None
    outcomes = functional.scenario.outcomes
    parts = Parts(outcomes)
    every = moments(parts, words, product)
    letters = _letters(parts, words)
    if letters is None:
        return None
    if functional.scenario.joint_dimension > 1:
        return _with_bobs(
            functional, symmetry, every, Actions(symmetry, list(words), every), letters
        )
    if len(every.code) * min(symmetry.order, len(every.code)) > MAX_ENTRIES:
        return None
    actions = Actions(symmetry, list(words), every)
    invariant = _invariant(actions)
    if invariant.shape[1] == 0:
        return None
    objective = _objective(functional, every)
    scaled = sp.diags(1 / actions.scale) @ invariant
    kinds = tuple(adapted_basis(actions))
    blocks = _blocks(every, scaled.tocsc(), kinds)
    b = np.asarray(scaled.T @ objective).ravel()
    program = BlockProgram(blocks, b, float(objective[0]), np.zeros(len(b)))
    return SymmetricProgram(symmetry, program, kinds, actions, letters)


def _with_bobs(
    functional: Functional,
    symmetry: Symmetry,
    every: Moments,
    actions: Actions,
    letters: sp.csr_matrix,
) -> SymmetricProgram | None:
    D = functional.scenario.joint_dimension
    weights = objective_blocks(functional, every)
    invariant = invariant_moments(symmetry, actions, every)
    if invariant is None or invariant.shape[0] == 0:
        return None
    kinds = tuple(adapted_basis(actions))
    gamma = moment_matrices(every, invariant)
    blocks = []
    for kind in kinds:
        Q, m = kind.copies[0], kind.size
        weight = len(kind.copies) ** 0.5
        parts = [weight * (Q.conj().T @ (Q.conj().T @ g.conj().T).conj().T) for g in gamma]
        A = sp.csc_matrix(np.stack([-part.reshape(-1) for part in parts], axis=1))
        A.data[abs(A.data) < TINY] = 0
        A.eliminate_zeros()
        A.sort_indices()
        blocks.append(Block(weight / D * np.eye(m, dtype=A.dtype), A, weight))
    b = np.einsum("kmpq,mqp->k", invariant, weights).real
    constant = float(np.trace(weights[0]).real) / D
    program = BlockProgram(tuple(blocks), b, constant, np.zeros(len(b)))
    real = not np.any(weights.imag)
    whole = sp.kron(letters, sp.identity(D), format="csr")
    return SymmetricProgram(symmetry, program, kinds, actions, whole, real)


def _letters(parts: Parts, words: Sequence[Word]) -> sp.csr_matrix | None:
    """The words in centred letters by those in the kernel's; None where these do not suffice."""
    numbers = parts.numbers(words)
    tables, rows = [], []
    for j, row in enumerate(parts.outcomes):
        used, where = np.unique(numbers[:, j], return_inverse=True)
        mine = parts.of(j, used.tolist())
        tables.append(parts.table(j, [in_kernel_letters(row, part) for part in mine]))
        rows.append(where)
    terms = joined(tables, rows)
    at = {word: i for i, word in enumerate(words)}
    columns = np.array([at.get(word, -1) for word in parts.words(terms.part)])
    if np.any(columns < 0):
        return None
    shape = (len(words), len(words))
    return sp.csr_matrix((terms.weight, (terms.which, columns)), shape=shape)


def _invariant(actions: Actions) -> sp.csc_matrix:
    """An orthonormal basis of the invariant moments without the empty word, sparse columns."""
    projector = actions.moment_projector()
    columns: list[FloatArray] = []
    rows: list[NDArray[np.int64]] = []
    for orbit in components(abs(projector)):
        if orbit[0] == 0:
            continue
        P = projector[orbit][:, orbit].toarray() if len(orbit) > 1 else None
        if P is None:
            own = float(projector[orbit[0], orbit[0]])
            found = np.ones((1, 1)) if own > 0.5 else np.zeros((1, 0))
        else:
            values, vectors = np.linalg.eigh((P + P.T) / 2)
            found = vectors[:, values > 0.5]
        for column in found.T:
            columns.append(column)
            rows.append(orbit)
    first = np.cumsum([0, *map(len, rows)])
    K = projector.shape[0]
    if not columns:
        return sp.csc_matrix((K, 0))
    basis = sp.csc_matrix(
        (np.concatenate(columns), np.concatenate(rows), first), shape=(K, len(columns))
    )
    basis.data[abs(basis.data) < TINY] = 0
    basis.eliminate_zeros()
    return basis


def _objective(functional: Functional, every: Moments) -> FloatArray:
    """The functional as coefficients of the classes of moments."""
    return np.asarray(objective_blocks(functional, every)[:, 0, 0].real)


def _blocks(
    every: Moments, invariant: sp.csc_matrix, kinds: Sequence[Isotypic]
) -> tuple[Block, ...]:
    n, K = every.size, len(every.code)
    where = sp.csr_matrix((every.weight, (every.place, every.moment)), shape=(n * n, K))
    gamma = (where @ invariant).tocoo()
    blocks = []
    for kind in kinds:
        Q, m = kind.copies[0], kind.size
        weight = len(kind.copies) ** 0.5
        half = _from_the_left(Q, gamma, n)
        whole = _from_the_left(Q, _turned(half, m, n), m)
        A = _turned(whole, m, m).tocsc()
        A.data *= -weight
        A.data[abs(A.data) < TINY] = 0
        A.eliminate_zeros()
        A.sort_indices()
        blocks.append(Block(weight * np.eye(m), A, weight))
    return tuple(blocks)


def _from_the_left(Q: sp.csr_matrix, X: sp.coo_matrix, columns: int) -> sp.coo_matrix:
    """Q^T X_k for matrices X_k of so many columns, the flattened columns of X."""
    row, column = np.divmod(X.row.astype(np.int64), columns)
    used, where = np.unique(column * X.shape[1] + X.col, return_inverse=True)
    side = sp.csr_matrix((X.data, (row, where)), shape=(Q.shape[0], len(used)))
    product = (Q.T @ side).tocoo()
    column, k = np.divmod(used[product.col], X.shape[1])
    shape = (Q.shape[1] * columns, X.shape[1])
    return sp.coo_matrix((product.data, (product.row * columns + column, k)), shape=shape)


def _turned(X: sp.coo_matrix, rows: int, columns: int) -> sp.coo_matrix:
    """The transposed matrices."""
    row, column = np.divmod(X.row.astype(np.int64), columns)
    return sp.coo_matrix((X.data, (column * rows + row, X.col)), shape=X.shape)
