"""Positive maps: linear maps together with an exact proof that they are positive.

The proof is a decomposition of the Choi matrix, C = P + Q^Gamma + sum_i c_i C(U_i), in which

- P >= 0: a completely positive map (Choi);
- Q >= 0, Gamma the transpose of the output: a completely copositive map;
- c_i >= 0 and C(U) the Choi matrix of rho -> tr[rho] 1 - rho - U rho^T U^dagger, Eq. (19) of the
  paper, which is positive when U^T = -U and U^dagger U <= 1: for a unit vector psi,
  U conj(psi) is orthogonal to psi because <psi| U conj(psi) is the value of an antisymmetric form
  at (conj psi, conj psi), and its norm is at most 1, so |psi><psi| + U (psi psi^dagger)^T U^dagger
  <= 1.

A sum of positive maps is positive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq

from exactsteer.errors import InputError
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.exact.positivity import is_positive, minor_text, negative_minor
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.kernel.file.numbers import short_text
from exactsteer.model.gaussian import Number, rational
from exactsteer.model.maps.linear_map import LinearMap, partial_transpose


@dataclass(frozen=True)
class BreuerHall:
    """The part c (tr[rho] 1 - rho - U rho^T U^dagger) of a positive map."""

    weight: fmpq
    U: Rectangular

    def choi(self) -> Hermitian:
        """The Choi matrix of this part."""
        return reduction_with(self.U).choi.scaled(self.weight)


@dataclass(frozen=True)
class Decomposition:
    """C = P + Q^Gamma + sum_i c_i C(U_i); what is None or empty is 0."""

    P: Hermitian | None = None
    Q: Hermitian | None = None
    breuer_hall: tuple[BreuerHall, ...] = ()


@dataclass(frozen=True)
class PositiveMap:
    """A linear map with a decomposition that proves its positivity, checked when it is made.

    Raises InputError, which names the part that fails.
    """

    map: LinearMap
    proof: Decomposition

    def __post_init__(self) -> None:
        total = Hermitian.zero(self.map.choi.n)
        for name, part in (("P", self.proof.P), ("Q", self.proof.Q)):
            if part is None:
                continue
            if part.n != total.n:
                raise InputError(f"{name}: expected a matrix of size {total.n}, got {part.n}")
            if (rows := negative_minor(part)) is not None:
                raise InputError(
                    f"{name}: expected a positive semidefinite matrix, got {minor_text(rows)}"
                )
            total = total + (
                part if name == "P" else partial_transpose(part, self.map.d_in, self.map.d_out)
            )
        for term in self.proof.breuer_hall:
            _check_breuer_hall(term, self.map)
            total = total + term.choi()
        if total != self.map.choi:
            raise InputError(
                "the parts of the decomposition do not add up to the Choi matrix of the map"
            )

    @property
    def d_in(self) -> int:
        """The dimension of the matrices that the map takes."""
        return self.map.d_in

    @property
    def d_out(self) -> int:
        """The dimension of the matrices that the map returns."""
        return self.map.d_out

    def __call__(self, rho: Hermitian) -> Hermitian:
        """Lambda[rho]."""
        return self.map(rho)

    def sentence(self) -> str:
        """What is known about the map, in words."""
        parts = []
        if self.proof.P is not None:
            parts.append("completely positive")
        if self.proof.Q is not None:
            parts.append("completely copositive")
        if self.proof.breuer_hall:
            parts.append("of the form of Eq. (19)")
        how = (
            "the sum of parts that are " + " and ".join(parts) if len(parts) > 1 else "".join(parts)
        )
        return f"positive: {how or 'zero'}"


def positive_map(linear: LinearMap, proof: Decomposition | None = None) -> PositiveMap:
    """The map with a proof of its positivity, by default that it is completely (co)positive.

    Raises InputError when the proof given fails, or when none is given and none of the two holds.
    """
    if proof is not None:
        return PositiveMap(linear, proof)
    if is_positive(linear.choi):
        return PositiveMap(linear, Decomposition(P=linear.choi))
    transposed = partial_transpose(linear.choi, linear.d_in, linear.d_out)
    if is_positive(transposed):
        return PositiveMap(linear, Decomposition(Q=transposed))
    raise InputError(
        "the map is neither completely positive (its Choi matrix has a negative eigenvalue) nor "
        "completely copositive (so has the partial transpose); give a decomposition that proves "
        "its positivity"
    )


def check_trace_preserving(linear: LinearMap, name: str) -> None:
    """Raise InputError unless tr Lambda[rho] = tr rho for every rho."""
    if not linear.preserves_trace():
        raise InputError(
            f"{name}: expected a trace-preserving map, but the output's partial trace of its Choi "
            "matrix is not the unit matrix"
        )


def reduction_with(U: Rectangular) -> LinearMap:
    """The map rho -> tr[rho] 1 - rho - U rho^T U^dagger."""
    d = U.shape[0]
    identity = LinearMap.from_kraus([Hermitian.identity(d)])
    conjugated = partial_transpose(LinearMap.from_kraus([U]).choi, d, d)
    # In rho -> U rho^T U^dagger the input is transposed: that of both factors after the output's.
    last = Hermitian.from_rectangular(conjugated.transpose())
    return LinearMap(d, d, Hermitian.identity(d * d) - identity.choi - last)


def _check_breuer_hall(part: BreuerHall, linear: LinearMap) -> None:
    d = linear.d_in
    if part.U.shape != (d, d) or linear.d_out != d:
        raise InputError(f"U: expected a {d} x {d} matrix, got the shape {part.U.shape}")
    if part.weight < 0:
        raise InputError(f"weight: expected none below 0, got {short_text(part.weight)}")
    for i in range(d):
        for j in range(i + 1):
            (a, b), (c, e) = part.U.entry(i, j), part.U.entry(j, i)
            if a + c != 0 or b + e != 0:
                raise InputError(
                    f"U: expected an antisymmetric matrix, got entries ({i}, {j}) and ({j}, {i}) "
                    "that are not opposite"
                )
    gram = Hermitian.from_rectangular(part.U.conjugate().transpose() @ part.U)
    if not is_positive(Hermitian.identity(d) - gram):
        raise InputError("U: expected U^dagger U <= 1, got a matrix of larger norm")


def weighted_sum(maps: Sequence[PositiveMap], weights: Sequence[Number]) -> PositiveMap:
    """The positive map sum_i w_i Lambda_i with the sum of the proofs; raise InputError."""
    factors = [rational(w) for w in weights]
    if not maps or len(maps) != len(factors) or any(w < 0 for w in factors):
        raise InputError("expected one weight, not negative, for each of at least one map")
    linear = maps[0].map.scaled(factors[0])
    for w, m in zip(factors[1:], maps[1:], strict=True):
        linear = linear + m.map.scaled(w)
    pairs = list(zip(factors, maps, strict=True))
    proof = Decomposition(
        _sum([m.proof.P.scaled(w) for w, m in pairs if m.proof.P is not None]),
        _sum([m.proof.Q.scaled(w) for w, m in pairs if m.proof.Q is not None]),
        tuple(BreuerHall(b.weight * w, b.U) for w, m in pairs for b in m.proof.breuer_hall),
    )
    return PositiveMap(linear, proof)


def _sum(parts: Sequence[Hermitian]) -> Hermitian | None:
    total = None
    for part in parts:
        total = part if total is None else total + part
    return total
