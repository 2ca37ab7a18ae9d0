"""Programs about the blocks of a property, as data, and their solution through PICOS.

(P)  find blocks X_b >= t w_b 1 whose views (kernel/properties/views.py) are the sigma^(k)_{a|x} or
     agree in their groups; maximise t.

(D)  minimise   I = sum_{k,a,x} tr[W^(k)_{a|x} sigma^(k)_{a|x}]
     over Hermitian multipliers Y_v of the views, W^(k)_{a|x} of those that are sigma^(k)_{a|x}, of
     sum zero in each group, such that M_b = sum_v extend(Y_v) >= 0 for every block and

       WEIGHTS   sum_b w_b tr M_b = 1: the optimum is t;
       AGAINST   I(noise) - I(Sigma) = 1: minus the optimum is the smallest r with which
                 r noise + (1 - r) Sigma has the property, if r is not bounded;
       BOX       sum_{k,a,x} |W^(k)_{a|x}|_box <= 1: minus the optimum is the largest radius in
                 which nothing has it.

(D) is solved, because the equalities of (P) are redundant and solvers stumble over that; the
X_b - t w_b 1 are the dual variables of M_b >= 0.

Gauge. The Y are not unique where they make the same M_b (and, under BOX, the same W). So many of
their real coordinates as that leaves free are no variables; afterwards the Y are the shortest that
make these M_b.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.properties.views import Group, Kind, Member, Property, Seen, Sigma, View
from exactsteer.kernel.scenario import Element, Scenario
from exactsteer.programs.arrays import ComplexArray, RealArray, hermitian_coordinates, to_array
from exactsteer.programs.memory import picos_bytes, refuse_beyond_memory
from exactsteer.programs.multipliers import SolverRun
from exactsteer.programs.solve import DEFAULT_SOLVER, dual_of, picos_name, solve
from exactsteer.programs.threads import library

B = TypeVar("B", bound=Hashable)
T = TypeVar("T")

# Squares of singular values of u -> M below this share of the largest count as zero.
NOTHING = 1e-10


@dataclass(frozen=True)
class Weights(Generic[B]):
    """WEIGHTS: the w_b of the blocks listed, and that of all others."""

    listed: Mapping[B, float]
    others: float = 0.0

    def __getitem__(self, block: B) -> float:
        return self.listed.get(block, self.others)


@dataclass(frozen=True)
class Against:
    """AGAINST."""

    noise: Assemblage


@dataclass(frozen=True)
class Box:
    """BOX."""


@dataclass(frozen=True)
class Program(Generic[B]):
    """(P) and (D) for one assemblage."""

    property: Property[B]
    sigma: Assemblage
    normalisation: Weights[B] | Against | Box


@dataclass(frozen=True)
class ProgramSolution(Generic[B]):
    """Floats: the Y of all views, the X of all blocks (None if not given), and I(Sigma)."""

    Y: Mapping[View, ComplexArray]
    X: Mapping[B, ComplexArray] | None
    value: float
    run: SolverRun


def solve_program(program: Program[B], solver: str = DEFAULT_SOLVER) -> ProgramSolution[B]:
    """Solve (D) by a solver of PICOS, in floating point.

    Raises SolverFailed when it returns nothing, InputError when the memory does not suffice.
    """
    unknowns = _Unknowns(program.property)
    blocks = len(unknowns.blocks)
    needed = picos_bytes(blocks, max(unknowns.blocks.values()), unknowns.count)
    refuse_beyond_memory(needed, f"the solver {picos_name(solver)}")
    maps = {b: unknowns.joint_matrix(b) for b in unknowns.blocks}
    norm = unknowns.box_norm() if isinstance(program.normalisation, Box) else None
    gauge = _Gauge(maps, norm)
    picos = library("picos")
    u, value = picos.RealVariable("u", len(gauge.free)), unknowns.value_at(program.sigma)
    problem = picos.Problem()
    positive = {
        b: problem.add_constraint(_matrix(a[:, gauge.free], u, unknowns.blocks[b]) >> 0)
        for b, a in maps.items()
    }
    problem.set_objective("min", _row(value[gauge.free]) * u)
    if norm is not None:
        at = np.flatnonzero(norm[gauge.free])
        weights = norm[gauge.free][at]
        weighted = library("cvxopt").spmatrix(weights, range(len(at)), at, (len(at), len(u)))
        problem.add_constraint(picos.Norm(weighted * u, 1) <= 1)
    else:
        equality = _equality(program, unknowns, maps)
        problem.add_constraint(_row(equality[gauge.free]) * u == 1)
    run = solve(problem, solver)
    found = gauge.shortest(np.array(u.value, dtype=float).reshape(-1))
    optimum = float(value @ found)
    X = {}
    for b, constraint in positive.items():
        if (x := dual_of(constraint)) is not None:
            n, own = unknowns.blocks[b], program.normalisation
            shift = optimum * own[b] if isinstance(own, Weights) else 0.0
            # The dual of a 1 x 1 block comes as a scalar.
            X[b] = x.reshape(n, n) + shift * np.eye(n)
    complete = X if len(X) == blocks else None
    return ProgramSolution(unknowns.multipliers(found), complete, optimum, run)


def _equality(
    program: Program[B], unknowns: _Unknowns[B], maps: Mapping[B, ComplexArray]
) -> RealArray:
    """What is to be 1 as a function of u."""
    own = program.normalisation
    if isinstance(own, Against):
        return unknowns.value_at(own.noise) - unknowns.value_at(program.sigma)
    out = np.zeros(unknowns.count)
    for b, a in maps.items():
        if isinstance(own, Weights) and own[b]:
            out += own[b] * (np.eye(unknowns.blocks[b]).reshape(-1) @ a.real)
    return out


class Coordinates(Generic[B]):
    """Real coordinates of the multipliers of a property's views, those of a group of sum zero.

    The coordinates of the Y of a sigma view, and of all but the first of each group; `places[view]`
    says where those of a view begin, each with the sign with which they enter. With `diagonal` all
    Y are diagonal.
    """

    def __init__(self, p: Property[B], *, diagonal: bool = False) -> None:
        self.blocks, self.seen, self.diagonal = dict(p.blocks()), p.seen, diagonal
        self.sizes: dict[View, int] = {}
        for block, n in self.blocks.items():
            for view, seen in p.seen(block):
                self.sizes[view] = _size_as_seen(seen, n)
        self.places: dict[View, list[tuple[int, int]]] = {view: [] for view in self.sizes}
        first: dict[Group, Member] = {}
        self.count = 0
        for view, d in self.sizes.items():
            if isinstance(view, Member):
                if first.setdefault(view.group, view) == view:
                    continue
                self.places[first[view.group]].append((self.count, -1))
            self.places[view].append((self.count, 1))
            self.count += d if diagonal else d * d


class _Unknowns(Coordinates[B]):
    """The same in floating point."""

    def joint_matrix(self, block: B) -> ComplexArray:
        """The map from u to M_b, its columns stacked: (n * n, count)."""
        out = np.zeros((self.blocks[block] ** 2, self.count), dtype=np.complex128)
        for view, seen in self.seen(block):
            d = self.sizes[view]
            stacked = extended(seen, hermitian_coordinates(d)).swapaxes(1, 2).reshape(d * d, -1).T
            for start, sign in self.places[view]:
                out[:, start : start + d * d] += sign * stacked
        return out

    def value_at(self, sigma: Assemblage) -> RealArray:
        """I(Sigma) as a function of u."""
        out = np.zeros(self.count)
        for view, d in self.sizes.items():
            if isinstance(view, Sigma):
                units = hermitian_coordinates(d)
                of_units = np.einsum("cij,ji->c", units, to_array(sigma[view.k][view.element]))
                ((start, _),) = self.places[view]
                out[start : start + d * d] = of_units.real
        return out

    def box_norm(self) -> RealArray:
        """The weights r with sum |W|_box = sum r |u|."""
        out = np.zeros(self.count)
        for view, d in self.sizes.items():
            if isinstance(view, Sigma):
                ((start, _),) = self.places[view]
                out[start : start + d * d] = np.abs(hermitian_coordinates(d)).sum(axis=(1, 2))
        return out

    def multipliers(self, u: RealArray) -> dict[View, ComplexArray]:
        """The Y."""
        out: dict[View, ComplexArray] = {}
        for view, d in self.sizes.items():
            y = np.zeros((d, d), dtype=np.complex128)
            for start, sign in self.places[view]:
                y += sign * np.tensordot(u[start : start + d * d], hermitian_coordinates(d), 1)
            out[view] = y
        return out


class _Gauge:
    """Which u make no difference: those with all M_b = 0, and without a norm if there is one."""

    def __init__(self, maps: Mapping[Any, ComplexArray], norm: RealArray | None) -> None:
        count = next(iter(maps.values())).shape[1]
        gram: RealArray = np.zeros((count, count)) if norm is None else np.diag(norm**2)
        for a in maps.values():
            gram = gram + (a.conj().T @ a).real
        values, vectors = np.linalg.eigh(gram)
        self.null = vectors[:, values < NOTHING * values[-1]]
        self.free = np.delete(np.arange(count), _pivots(self.null))

    def shortest(self, free: RealArray) -> RealArray:
        """Of all u that make the same as those with these free coordinates, the shortest."""
        u = np.zeros(len(self.null))
        u[self.free] = free
        return np.asarray(u - self.null @ (self.null.T @ u))


def _pivots(columns: RealArray) -> list[int]:
    """Rows of independent columns that are independent too, by elimination."""
    rest, out = columns.copy(), list[int]()
    for c in range(columns.shape[1]):
        row = int(np.argmax(np.abs(rest[:, c])))
        out.append(row)
        rest[:, c + 1 :] -= np.outer(rest[:, c], rest[row, c + 1 :] / rest[row, c])
    return out


def sigma_families(scenario: Scenario, Y: Mapping[View, T]) -> tuple[dict[Element, T], ...]:
    """W[k][a, x], the multipliers of the views that are sigma^(k)_{a|x}."""
    return tuple({e: Y[Sigma(k, e)] for e in scenario.elements()} for k in range(scenario.N))


def extended(seen: Seen, y: ComplexArray) -> ComplexArray:
    """`Seen.extend` for a stack of arrays, shape (count, n, n)."""
    if seen.kind is Kind.WHOLE:
        return y
    left, right = seen.factors[: seen.places[0]], seen.factors[seen.places[0] + 1 :]
    if seen.kind is Kind.KEPT:
        one, other = np.eye(math.prod(left)), np.eye(math.prod(right))
        return np.asarray(np.kron(np.kron(one[None], y), other[None]))
    axes = list(range(1 + 2 * len(seen.factors)))
    for k in seen.places:
        row, column = 1 + k, 1 + len(seen.factors) + k
        axes[row], axes[column] = axes[column], axes[row]
    shaped = y.reshape(len(y), *seen.factors, *seen.factors)
    return shaped.transpose(axes).reshape(y.shape)


def _size_as_seen(seen: Seen, n: int) -> int:
    return seen.factors[seen.places[0]] if seen.kind is Kind.KEPT else n


def _matrix(a: ComplexArray, u: Any, n: int) -> Any:
    """The matrix whose stacked columns are A u, as a PICOS expression."""
    rows, columns = np.nonzero(a)
    sparse = library("cvxopt").spmatrix(a[rows, columns], rows, columns, a.shape, "z")
    return (library("picos").Constant(sparse) * u).reshaped((n, n)).hermitianized


def _row(values: RealArray) -> Any:
    return library("picos").Constant(values.reshape(1, -1))
