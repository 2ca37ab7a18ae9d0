"""Linear maps on matrices that preserve Hermiticity, given by their Choi matrix.

The Choi matrix of Lambda from d x d to d' x d' matrices is C = sum_{ij} |i><j| (x) Lambda[|i><j|],
Hermitian of size d d', the input's index first. Lambda[rho] = tr_1[(rho^T (x) 1) C].
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq, fmpz, fmpz_mat

from exactsteer.errors import InputError
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.scenario import MAX_JOINT_DIMENSION


@dataclass(frozen=True)
class LinearMap:
    """A linear map from `d_in` x `d_in` to `d_out` x `d_out` matrices with the given Choi matrix.

    Raises InputError when the size of the Choi matrix is not d_in d_out.
    """

    d_in: int
    d_out: int
    choi: Hermitian

    def __post_init__(self) -> None:
        if self.d_in < 1 or self.d_out < 1 or self.choi.n != self.d_in * self.d_out:
            raise InputError(
                f"Choi matrix: expected the size {self.d_in} * {self.d_out}, got {self.choi.n}"
            )

    @classmethod
    def from_kraus(cls, operators: Sequence[Rectangular]) -> LinearMap:
        """The map rho -> sum_i K_i rho K_i^dagger, K_i of shape (d_out, d_in); raise InputError."""
        if not operators:
            raise InputError("Kraus operators: expected at least one, got none")
        d_out, d_in = operators[0].shape
        if max(d_in, d_out) > MAX_JOINT_DIMENSION:
            raise InputError(f"Kraus operators: expected at most {MAX_JOINT_DIMENSION} rows")
        total = Hermitian.zero(d_in * d_out)
        for i, k in enumerate(operators):
            if k.shape != (d_out, d_in):
                raise InputError(
                    f"Kraus operator {i}: expected the shape {(d_out, d_in)} of the first, got "
                    f"{k.shape}"
                )
            den, re, im = k.integers()
            # |K>> = sum_i |i> (x) K|i>, a column
            order = [(r, c) for c in range(d_in) for r in range(d_out)]
            column = Rectangular(
                den,
                fmpz_mat(len(order), 1, [re[r][c] for r, c in order]),
                fmpz_mat(len(order), 1, [im[r][c] for r, c in order]),
            )
            total = total + Hermitian.from_rectangular(column @ column.conjugate().transpose())
        return cls(d_in, d_out, total)

    def __call__(self, rho: Hermitian) -> Hermitian:
        """Lambda[rho]."""
        return self.apply(rho, (rho.n,), 0)

    def apply(self, rho: Hermitian, dimensions: Sequence[int], k: int) -> Hermitian:
        """(1 (x) .. (x) Lambda (x) .. (x) 1)[rho] with Lambda on factor k; raise InputError."""
        if math.prod(dimensions) != rho.n or dimensions[k] != self.d_in:
            raise InputError(
                f"map: expected matrices of dimension {self.d_in} at place {k}, got "
                f"{tuple(dimensions)} of a matrix of size {rho.n}"
            )
        left, right = math.prod(dimensions[:k]), math.prod(dimensions[k + 1 :])
        d, e = self.d_in, self.d_out
        outside = [
            (u, r, v, s)
            for u in range(left)
            for r in range(right)
            for v in range(left)
            for s in range(right)
        ]
        den, re, im = rho.integers()
        columns = [
            [part[(u * d + i) * right + r][(v * d + j) * right + s] for u, r, v, s in outside]
            for part in (re, im)
            for i in range(d)
            for j in range(d)
        ]
        half = d * d
        x = Rectangular(
            den,
            fmpz_mat(half, len(outside), [q for row in columns[:half] for q in row]),
            fmpz_mat(half, len(outside), [q for row in columns[half:] for q in row]),
        )
        den, re, im = (self._superoperator() @ x).integers()
        size = left * e * right
        out_re, out_im = fmpz_mat(size, size), fmpz_mat(size, size)
        for p in range(e):
            for q in range(e):
                for column, (u, r, v, s) in enumerate(outside):
                    row, other = (u * e + p) * right + r, (v * e + q) * right + s
                    out_re[row, other] = re[p * e + q][column]
                    out_im[row, other] = im[p * e + q][column]
        return Hermitian(den, out_re, out_im)

    def _superoperator(self) -> Rectangular:
        """The matrix T with Lambda[rho]_{pq} = sum_{ij} T_{(pq),(ij)} rho_{ij}."""
        d, e = self.d_in, self.d_out
        den, re, im = self.choi.integers()

        def reshuffled(part: list[list[fmpz]]) -> fmpz_mat:
            pairs = range(d)
            return fmpz_mat(
                e * e,
                d * d,
                [
                    part[i * e + p][j * e + q]
                    for p in range(e)
                    for q in range(e)
                    for i in pairs
                    for j in pairs
                ],
            )

        return Rectangular(den, reshuffled(re), reshuffled(im))

    def after(self, first: LinearMap) -> LinearMap:
        """The composition rho -> self[first[rho]]; raise InputError when the sizes do not fit."""
        return LinearMap(
            first.d_in, self.d_out, self.apply(first.choi, (first.d_in, first.d_out), 1)
        )

    def adjoint(self) -> LinearMap:
        """The map Lambda^dagger with tr[A Lambda[B]] = tr[Lambda^dagger[A] B]."""
        d, e = self.d_in, self.d_out
        den, re, im = self.choi.integers()
        order = [i * e + p for p in range(e) for i in range(d)]
        n = range(d * e)
        # the factors change places, and the matrix is transposed
        return LinearMap(
            e,
            d,
            Hermitian(
                den,
                fmpz_mat(d * e, d * e, [re[order[c]][order[r]] for r in n for c in n]),
                fmpz_mat(d * e, d * e, [im[order[c]][order[r]] for r in n for c in n]),
            ),
        )

    def scaled(self, factor: fmpq) -> LinearMap:
        """The map times a rational number."""
        return LinearMap(self.d_in, self.d_out, self.choi.scaled(factor))

    def __add__(self, other: LinearMap) -> LinearMap:
        if (self.d_in, self.d_out) != (other.d_in, other.d_out):
            raise InputError("maps of different dimensions cannot be added")
        return LinearMap(self.d_in, self.d_out, self.choi + other.choi)

    def preserves_trace(self) -> bool:
        """Whether tr Lambda[rho] = tr rho for every rho, that is tr_2 C = 1."""
        return self.choi.partial_trace((self.d_in, self.d_out), 0) == Hermitian.identity(self.d_in)


def partial_transpose(m: Hermitian, first: int, second: int) -> Hermitian:
    """The transpose of the second factor of the tensor product of dimensions first, second."""
    if m.n != first * second:
        raise InputError(f"matrix: expected the size {first} * {second}, got {m.n}")
    den, re, im = m.integers()
    n = range(m.n)

    def moved(part: list[list[fmpz]]) -> fmpz_mat:
        return fmpz_mat(
            m.n,
            m.n,
            [part[r - r % second + c % second][c - c % second + r % second] for r in n for c in n],
        )

    return Hermitian(den, moved(re), moved(im))
