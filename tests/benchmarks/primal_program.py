"""Appendix B's lambda by the primal program, as it stands in the paper, with PICOS and CVXOPT.

(P)  maximise t over Hermitian S_{a|x} >= t 1 with tr_{Bobs other than k} S_{a|x} = sigma^(k)_{a|x}
     and, for every Alice j, sum_{a_j} S_{a|x} independent of x_j.

exactsteer solves the dual; nothing of its programs is used here. The S of a last outcome is what
no-signalling leaves of the sum, and the marginals are asked for in an orthonormal basis and where
they are not implied, so that the equalities are independent. One Alice.
"""

from __future__ import annotations

import math

import cvxopt
import numpy as np
import picos

from exactsteer.kernel.assemblage import Assemblage

TOLERANCE = 1e-9


def eigenvalue(sigma: Assemblage) -> float:
    """lambda, to about 1e-7. Raises whatever PICOS raises."""
    scenario = sigma.scenario
    (outcomes,), dimensions = scenario.outcomes, scenario.dimensions
    size = math.prod(dimensions)
    problem = picos.Problem()
    t = picos.RealVariable("t")
    total = picos.HermitianVariable("R", size)
    reduced = [
        sum(_array(sigma[k][(a,), (0,)]) for a in range(outcomes[0]))
        for k in range(len(dimensions))
    ]
    constraints = [(total, reduced)]
    unit = np.eye(size)
    for x, count in enumerate(outcomes):
        last = total
        for a in range(count - 1):
            s = picos.HermitianVariable(f"S{a}|{x}", size)
            problem.add_constraint(s - t * unit >> 0)
            own = [_array(sigma[k][(a,), (x,)]) for k in range(len(dimensions))]
            constraints.append((s, own))
            last = last - s
        problem.add_constraint(last - t * unit >> 0)
    for s, own in constraints:
        for k, d in enumerate(dimensions):
            left, right = math.prod(dimensions[:k]), math.prod(dimensions[k + 1 :])
            # The trace is that of Bob 1 for all.
            for g in _basis(d)[0 if k == 0 else 1 :]:
                lifted = np.kron(np.kron(np.eye(left), g), np.eye(right))
                value = float(np.trace(g @ own[k]).real)
                problem.add_constraint((_matrix(lifted) | s).real == value)
    problem.set_objective("max", t)
    problem.solve(
        solver="cvxopt",
        primals=None,
        duals=None,
        abs_prim_fsb_tol=TOLERANCE,
        rel_prim_fsb_tol=TOLERANCE,
        abs_dual_fsb_tol=TOLERANCE,
        rel_dual_fsb_tol=TOLERANCE,
        abs_ipm_opt_tol=TOLERANCE,
        rel_ipm_opt_tol=TOLERANCE,
    )
    return float(t.value)


def _array(m: object) -> np.ndarray:
    den, re, im = m.integers()
    return np.array(
        [
            [complex(int(u) / int(den), int(v) / int(den)) for u, v in zip(p, q, strict=True)]
            for p, q in zip(re, im, strict=True)
        ]
    )


def _matrix(m: np.ndarray) -> picos.expressions.Expression:
    return picos.Constant(cvxopt.matrix(m, tc="z"))


def _basis(d: int) -> list[np.ndarray]:
    """An orthonormal basis of Hermitian matrices, the unit first."""
    out = [np.eye(d, dtype=complex) / math.sqrt(d)]
    for i in range(1, d):
        diagonal = np.zeros((d, d), complex)
        for j in range(i):
            diagonal[j, j] = 1
        diagonal[i, i] = -i
        out.append(diagonal / math.sqrt(i * (i + 1)))
    for i in range(d):
        for j in range(i + 1, d):
            for z in (1, 1j):
                m = np.zeros((d, d), complex)
                m[i, j], m[j, i] = z, np.conj(z)
                out.append(m / math.sqrt(2))
    return out
