"""Program (D), normalised by trace, given to Clarabel directly: PICOS has no interface to it."""

from __future__ import annotations

import clarabel
import numpy as np
import scipy.sparse

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.programs.arrays import to_array
from exactsteer.programs.structured import Structure
from exactsteer.programs.structured.real_form import from_real


def solve(sigma: Assemblage) -> float:
    """The optimum. Variables: coefficients of M in an orthonormal basis of the operators."""
    structure = Structure(sigma.scenario)
    size, count = structure.size, len(structure.elements)
    low = structure.one_body
    high = np.linalg.qr(low.T, mode="complete")[0][:, len(low) :].T
    columns = [_vectors(low), _vectors(high)]
    blocks = []
    for i in range(count):
        own = [scipy.sparse.csc_matrix(columns[0].shape)] * count
        own[i] = columns[0]
        shared = [columns[1] * structure.c[i, f] for f in range(len(structure.free))]
        blocks.append(scipy.sparse.hstack([*own, *shared]))
    lifted = structure.lifted(
        [{e: to_array(m) for e, m in sigma[k].items()} for k in range(sigma.scenario.N)]
    )
    n = blocks[0].shape[1]
    objective = np.zeros(n)
    objective[: lifted.size] = lifted.ravel()
    trace = np.zeros((1, n))
    trace[0, : lifted.size : len(low)] = np.sqrt(size)
    a = scipy.sparse.vstack([scipy.sparse.csc_matrix(trace), *(-b for b in blocks)]).tocsc()
    b = np.zeros(a.shape[0])
    b[0] = 1
    cones = [clarabel.ZeroConeT(1), *[clarabel.PSDTriangleConeT(2 * size)] * count]
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    solver = clarabel.DefaultSolver(
        scipy.sparse.csc_matrix((n, n)), objective, a, b, cones, settings
    )
    return float(solver.solve().obj_val)


def _vectors(operators: np.ndarray) -> scipy.sparse.csc_matrix:
    """Operators, rows as real matrices, as scaled upper triangles of [[Re, -Im], [Im, Re]]."""
    size = int(np.sqrt(operators.shape[1]))
    columns = []
    for m in from_real(operators.reshape(-1, size, size)):
        real = np.block([[m.real, -m.imag], [m.imag, m.real]])
        scaled = np.sqrt(2) * np.triu(real, 1) + np.diag(np.diag(real))
        columns.append(scaled.T[np.tril_indices(2 * size)])
    return scipy.sparse.csc_matrix(np.array(columns).T)
