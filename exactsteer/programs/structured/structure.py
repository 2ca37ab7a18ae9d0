"""What the interior-point method needs to know of a scenario."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.memory import refuse_beyond_memory
from exactsteer.programs.multipliers import FreeMultiplier, coefficients
from exactsteer.programs.structured.cost import bytes_needed, free_families
from exactsteer.programs.structured.one_body import LocalOperators, OneBody
from exactsteer.programs.structured.real_form import to_real

LocalArrays = Sequence[Mapping[Element, ComplexArray]]
"""The sigma^(k)_{a|x} of an assemblage in floating point, one family for each Bob."""


@dataclass
class Structure:
    """What depends on the scenario alone: one-body basis, free multipliers, coefficients c.

    Raises InputError when solving would need more memory than allowed (programs/memory.py).
    """

    scenario: Scenario
    elements: list[Element] = field(init=False)
    free: list[FreeMultiplier] = field(init=False)
    c: RealArray = field(init=False)
    local: LocalOperators = field(init=False)

    def __post_init__(self) -> None:
        s = self.scenario
        refuse_beyond_memory(bytes_needed(s), "the structured solver")
        self.elements = list(s.elements())
        self.local, self.free = self.variables()
        self.c = coefficients(s)[:, : len(self.free)]

    def variables(self) -> tuple[LocalOperators, list[FreeMultiplier]]:
        """What the W_i are made of, and the free multipliers."""
        return OneBody(self.scenario.dimensions), free_families(self.scenario)

    @property
    def size(self) -> int:
        """D."""
        return self.scenario.joint_dimension

    @property
    def sites(self) -> list[tuple[slice, RealArray, float]]:
        """Each Bob's places in the one-body basis, his operators, their scale."""
        return self.local.sites

    @cached_property
    def one_body(self) -> RealArray:
        """The one-body basis as rows, shape (operators, D*D); large, for small D only."""
        return self.local.matrix()

    @cached_property
    def fixed(self) -> NDArray[np.intp]:
        """The entries of V that vanish, as many as there are one-body operators."""
        size, dims, out = self.size, self.scenario.dimensions, {0}
        for k, d in enumerate(dims):
            right = math.prod(dims[k + 1 :])
            out |= {i * right * size + j * right for i in range(d) for j in range(d)}
        return np.array(sorted(out))

    @cached_property
    def inverse(self) -> RealArray:
        """The pseudo-inverse of c, shape (free, elements)."""
        return np.asarray(np.linalg.pinv(self.c)) if self.free else self.c.T

    def lifted(self, sigma: LocalArrays) -> RealArray:
        """The sigma_i in units of the one-body basis, shape (elements, operators)."""
        families = (np.array([to_real(family[e]) for e in self.elements]) for family in sigma)
        return self.local.of_traces(list(families))

    def projected(self, m: RealArray) -> RealArray:
        """Orthogonal projection of a stack (elements, D*D) on the space of the M_i."""
        stack = m.reshape(-1, self.size, self.size)
        coefficients = self.local.coefficients(stack)
        if not self.free:
            low = self.local.add(coefficients, np.zeros_like(stack))
            return low.reshape(m.shape)
        high = self.local.add(-coefficients, stack.copy()).reshape(m.shape)
        rest = high - self.c @ (self.inverse @ high)
        return np.asarray(m - rest)
