"""The same program in the free entries of Z, where these are fewer than the moments.

The equalities tr[A_k Z] = b_k leave Z = Z0 + sum_i t_i N_i free. So

(P') max -sum_i t_i tr[C N_i] - tr[C Z0] with Z0 + sum_i t_i N_i >= 0

has the values of (D) with the other sign, and the multiplier of its constraint is Gamma.
At level 1 these are about n variables instead of n(n - 1)/2.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from exactsteer.programs.moments.blocks import Array, Block, BlockProgram, FloatArray

# Below so many moments nothing is gained.
FEWEST = 300


def in_free_entries(program: BlockProgram) -> BlockProgram | None:
    """(P'), for real programs whose A_k share no entries; None where it is not smaller."""
    entries = sum(block.size * (block.size + 1) // 2 for block in program.blocks)
    if program.variables < FEWEST or entries - program.variables >= program.variables:
        return None
    if any(np.iscomplexobj(block.C) for block in program.blocks):
        return None
    owner, value = _owners(program)
    if owner is None:
        return None
    return _mirrored(program, owner, value)


def _owners(program: BlockProgram) -> tuple[NDArray[np.int64] | None, FloatArray]:
    """For each entry on or above the diagonals: which A_k has it, -1 for none, and its value.

    Entries off the diagonal count twice in a trace. None where an entry belongs to several.
    """
    owners, values = [], []
    for block in program.blocks:
        n = block.size
        rows = block.A.tocsr()
        counts = np.diff(rows.indptr)
        if np.any(counts > 1):
            return None, np.zeros(0)
        owner = np.full(n * n, -1)
        value = np.zeros(n * n)
        owner[counts == 1] = rows.indices
        value[counts == 1] = rows.data
        i, j = np.triu_indices(n)
        owners.append(owner[i * n + j])
        values.append(value[i * n + j] * np.where(i == j, 1.0, 2.0))
    return np.concatenate(owners), np.concatenate(values)


def _mirrored(program: BlockProgram, owner: NDArray[np.int64], value: FloatArray) -> BlockProgram:
    order = np.argsort(owner, kind="stable")
    sorted_owner = owner[order]
    first = np.append(True, sorted_owner[1:] != sorted_owner[:-1])
    leads = order[first & (sorted_owner >= 0)]
    # Each other entry of A_k is free; the first one balances it.
    others = order[~first | (sorted_owner < 0)]
    lead_of = np.zeros(program.variables, dtype=int)
    lead_of[owner[leads]] = leads
    t = np.arange(len(others))
    owned = owner[others] >= 0
    balance = lead_of[owner[others[owned]]]
    rows = np.concatenate([others, balance])
    columns = np.concatenate([t, t[owned]])
    data = np.concatenate([np.ones(len(t)), -value[others[owned]] / value[balance]])
    N = sp.csr_matrix((data, (rows, columns)), shape=(len(owner), len(t)))
    Z0 = np.zeros(len(owner))
    squares = np.bincount(owner[owner >= 0], value[owner >= 0] ** 2, program.variables)
    mine = owner >= 0
    Z0[mine] = program.b[owner[mine]] * value[mine] / squares[owner[mine]]
    blocks, at = [], 0
    objective, constant = np.zeros(len(t)), program.constant
    for block in program.blocks:
        n = block.size
        i, j = np.triu_indices(n)
        count = len(i)
        part = N[at : at + count].tocoo()
        start = _filled(Z0[at : at + count], n)
        off = part.row[i[part.row] != j[part.row]]
        chosen = i[part.row] != j[part.row]
        A = sp.csc_matrix(
            (
                -np.concatenate([part.data, part.data[chosen]]),
                (
                    np.concatenate([i[part.row] * n + j[part.row], j[off] * n + i[off]]),
                    np.concatenate([part.col, part.col[chosen]]),
                ),
            ),
            shape=(n * n, len(t)),
        )
        A.sort_indices()
        blocks.append(Block(start, A))
        objective += A.T @ block.C.reshape(-1)
        constant += float(np.vdot(block.C, start))
        at += count
    return BlockProgram(tuple(blocks), objective, -constant, None)


def _filled(upper: FloatArray, n: int) -> Array:
    whole = np.zeros((n, n))
    i, j = np.triu_indices(n)
    whole[i, j] = upper
    whole[j, i] = upper
    return whole
