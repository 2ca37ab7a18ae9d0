"""Program (D) for parent states by an interior-point method that knows its structure.

Under TRACE, as follows (trace.py); box.py has BOX, whose moduli are numbers beside the matrices.

(P)  maximise lambda:  X_i = S_i - lambda 1 >= 0, where i = (a, x) runs over the elements and the S
     have the marginals of Sigma and do not signal;
(D)  minimise I = sum_i tr[M_i Sigma_i]:  M_i = W_i + sum_f c_{if} V_f >= 0, sum_i tr M_i = 1, where
     W_i is a sum of one-body operators, f runs over the free multipliers V^j_{b|x} with x_j > 0 and
     c_{if} is 1, -1 or 0 (-1 where x_j = 0 and V^j_{b|x} = -sum of the others). Sigma_i is the sum
     of one-body operators with the marginals sigma^(k)_{a|x}.

Both have strictly feasible starts (M a multiple of 1, X = Sigma - lambda 1 with lambda very
negative), and every iterate stays feasible: each is a valid inequality and a lower and an upper
bound of the optimum, so the loop may stop at any time.

Method. Mehrotra's predictor-corrector with Nesterov-Todd scaling, P_i = r_i r_i^dagger (step.py). A
step solves P_i dM_i P_i = R_i modulo the orthogonal complement of the M's space. The one-body part
of each i is eliminated by a Cholesky factor of its own small matrix; what remains couples the V_f:

    H_{fg} = sum_i c_{if} c_{ig} (K_i - T_i^T T_i),     K_i = P_i (x) P_i,

a D^2 x D^2 block for each pair f, g. Hermitian matrices are handled as real ones, R = Re + Im, an
isometry. The gauge is fixed by V_f = 0 at the D-independent set J of entries that the one-body
operators reach.

Or no H at all: conjugate gradients apply it by products of D x D matrices (conjugate_gradients.py).
They go first where that is quicker, from D of about 25 on, and alone where H needs more memory than
there is (systems.py). For small D, where H has no digits left, a QR factorisation goes on
(least_squares.py).

The structure carries over to several Alices through c alone; H then has as many blocks as there are
free multipliers.
"""

from __future__ import annotations

from exactsteer.programs.structured.box import solve_box
from exactsteer.programs.structured.interior_point import (
    SignDecided,
    nearly_optimal,
    never,
    sign_decided,
)
from exactsteer.programs.structured.programme import Iterate
from exactsteer.programs.structured.structure import LocalArrays, Structure
from exactsteer.programs.structured.trace import (
    dual_solution,
    iterates,
    solve_arrays,
    solve_structured,
)

__all__ = [
    "Iterate",
    "LocalArrays",
    "SignDecided",
    "Structure",
    "dual_solution",
    "iterates",
    "nearly_optimal",
    "never",
    "sign_decided",
    "solve_arrays",
    "solve_box",
    "solve_structured",
]
