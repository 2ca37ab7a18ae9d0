"""What the interior-point method needs to know of a scenario."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exactsteer.kernel.scenario import Element, Scenario, without
from exactsteer.programs.arrays import ComplexArray, RealArray
from exactsteer.programs.memory import refuse_beyond_memory
from exactsteer.programs.multipliers import free_multipliers

LocalArrays = Sequence[Mapping[Element, ComplexArray]]
"""The sigma^(k)_{a|x} of an assemblage in floating point, one family for each Bob."""


def to_real(a: ComplexArray) -> RealArray:
    """Re + Im, an isometry from Hermitian to real matrices."""
    return np.asarray(a.real + a.imag)


def from_real(r: RealArray) -> ComplexArray:
    """The Hermitian matrix with Re + Im = r."""
    t = np.swapaxes(r, -1, -2)
    return np.asarray((r + t) * 0.5 + 0.5j * (r - t))


def dagger(a: NDArray[np.complexfloating[Any, Any]]) -> ComplexArray:
    """The conjugate transpose of a stack of matrices."""
    return np.asarray(np.swapaxes(a.conj(), -1, -2), dtype=np.complex128)


@dataclass
class Structure:
    """What depends on the scenario alone: one-body basis, free multipliers, coefficients c.

    Raises InputError when solving would need more memory than allowed (programs/memory.py).
    """

    scenario: Scenario
    elements: list[Element] = field(init=False)
    free: list[tuple[int, Element]] = field(init=False)
    c: RealArray = field(init=False)
    one_body: RealArray = field(init=False)
    sites: list[tuple[slice, RealArray, float]] = field(init=False)
    fixed: NDArray[np.intp] = field(init=False)

    def __post_init__(self) -> None:
        s = self.scenario
        refuse_beyond_memory(bytes_needed(s), "the structured solver")
        self.elements = list(s.elements())
        self._one_body_basis()
        self.free = _free(s)
        self.c = np.zeros((len(self.elements), len(self.free)))
        for f, (j, (b, x)) in enumerate(self.free):
            zero = (b, (*x[:j], 0, *x[j + 1 :]))
            for i, e in enumerate(self.elements):
                key = without(e, j)
                self.c[i, f] = float(key == (b, x)) - float(key == zero)

    @property
    def size(self) -> int:
        """D."""
        return self.scenario.joint_dimension

    def _one_body_basis(self) -> None:
        size, dims = self.size, self.scenario.dimensions
        rows: list[RealArray] = [np.eye(size) / math.sqrt(size)]
        fixed, self.sites, position = {0}, [], 1
        for k, d in enumerate(dims):
            left, right = math.prod(dims[:k]), math.prod(dims[k + 1 :])
            scale = 1 / math.sqrt(left * right)
            local = np.array(_real_traceless_basis(d)).reshape(-1, d, d)
            self.sites.append((slice(position, position + len(local)), local, scale))
            position += len(local)
            rows += [np.kron(np.kron(np.eye(left), b), np.eye(right)) * scale for b in local]
            fixed |= {i * right * size + j * right for i in range(d) for j in range(d)}
        self.one_body = np.array(rows).reshape(len(rows), size * size)
        self.fixed = np.array(sorted(fixed))

    def one_body_images(self, p: ComplexArray) -> RealArray:
        """P B P for every one-body operator B, shape (operators, D*D).

        Bob k's E_ij goes to G_ij = sum_r P[:, (i r)] P[(j r), :], r the indices of the others; the
        Hermitian matrix whose Re + Im is E_ij goes to the one whose Re + Im is Re G - (Im G)^T.
        """
        size, dims = self.size, self.scenario.dimensions
        out = np.empty((len(self.one_body), size * size))
        out[0] = to_real(p @ p).ravel() / math.sqrt(size)
        for k, (at, basis, scale) in enumerate(self.sites):
            d, left = dims[k], math.prod(dims[:k])
            columns = p.reshape(size, left, d, -1).transpose(2, 0, 1, 3).reshape(d * size, -1)
            rows = p.reshape(left, d, -1, size).transpose(0, 2, 1, 3).reshape(-1, d * size)
            g = (columns @ rows).reshape(d, size, d, size).transpose(0, 2, 1, 3)
            units = g.real - g.imag.swapaxes(2, 3)
            np.matmul(basis.reshape(-1, d * d) * scale, units.reshape(d * d, -1), out=out[at])
        return out

    def lifted(self, sigma: LocalArrays) -> RealArray:
        """Coefficients of Sigma_i in the one-body basis, shape (elements, operators)."""
        out = np.zeros((len(self.elements), len(self.one_body)))
        for i, e in enumerate(self.elements):
            locals_ = [to_real(family[e]) for family in sigma]
            out[i, 0] = np.trace(locals_[0]) / math.sqrt(self.size)
            for (at, basis, scale), local in zip(self.sites, locals_, strict=True):
                out[i, at] = basis.reshape(len(basis), local.size) @ local.ravel() * scale
        return out

    def projected(self, m: RealArray) -> RealArray:
        """Orthogonal projection of a stack (elements, D*D) on the space of the M_i."""
        low = m @ self.one_body.T @ self.one_body
        if not self.free:
            return low
        high = m - low
        return np.asarray(low + self.c @ (np.linalg.pinv(self.c) @ high))


def _real_traceless_basis(d: int) -> list[RealArray]:
    out: list[RealArray] = []
    for i in range(d):
        for j in range(d):
            if i != j:
                e = np.zeros((d, d))
                e[i, j] = 1
                out.append(e)
    for r in range(1, d):
        v = np.zeros(d)
        v[:r], v[r] = 1, -r
        out.append(np.diag(v / math.sqrt(r * (r + 1))))
    return out


def _free(scenario: Scenario) -> list[tuple[int, Element]]:
    """The (j, (b, x)) of the free multipliers; without operators on two Bobs the V vanish."""
    if number_of_one_body_operators(scenario) == scenario.joint_dimension**2:
        return []
    return [(j, e) for j in range(scenario.n) for e in free_multipliers(scenario, j)]


def number_of_one_body_operators(scenario: Scenario) -> int:
    """The unit matrix and the traceless operators of each Bob."""
    return 1 + sum(d * d - 1 for d in scenario.dimensions)


def bytes_needed(scenario: Scenario) -> int:
    """Memory of the largest arrays that live at the same time (newton.py), in doubles of 8 bytes.

    H, one block of it, and for each element its P, its one-body factor and its coupling, twice.
    """
    squared, low = scenario.joint_dimension**2, number_of_one_body_operators(scenario)
    elements, count = sum(1 for _ in scenario.elements()), len(_free(scenario))
    h = (count * squared) ** 2 + (squared**2 if count > 1 else 0)
    one_body = low * squared * 6
    return 8 * (h + one_body + elements * (low * low + 2 * low * squared + 40 * squared))
