"""A semidefinite program in blocks.

(P) max b.y with Gamma_i = C_i - sum_k y_k A_ik >= 0 for all i
(D) min sum_i tr[C_i Z_i] with sum_i tr[A_ik Z_i] = b_k, Z_i >= 0
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Array = NDArray[Any]
"""Real or complex."""
FloatArray = NDArray[np.float64]
Blocks = list[Array]
"""A matrix for each block."""


@dataclass(frozen=True)
class Block:
    """C and A of a block; `A` has the flattened Hermitian A_k as its columns.

    `unit` is the multiple of 1 that stands for the unit matrix of the whole program.
    """

    C: Array
    A: sp.csc_matrix
    unit: float = 1.0

    @property
    def size(self) -> int:
        """The number of rows."""
        return len(self.C)


@dataclass(frozen=True)
class BlockProgram:
    """`start` is a y with Gamma > 0, if known; `constant` is added to the values of (P) and (D)."""

    blocks: tuple[Block, ...]
    b: FloatArray
    constant: float
    start: FloatArray | None

    @property
    def variables(self) -> int:
        """The number of y_k."""
        return len(self.b)

    @property
    def size(self) -> int:
        """The rows of all blocks together."""
        return sum(block.size for block in self.blocks)
