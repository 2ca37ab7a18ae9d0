"""The named assemblages, exact, each with its source."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq

from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.gaussian import (
    Amplitude,
    Number,
    diagonal,
    ket_bra,
    rational,
    superposition,
    tensor,
)
from exactsteer.model.maps.named_maps import breuer_hall, identity_map, transpose_map
from exactsteer.model.measurements import PAULI_PROJECTORS as PAULI_PROJECTORS
from exactsteer.model.measurements import Z_AND_X, qubit_measurement
from exactsteer.model.noise import mixture, white_noise
from exactsteer.model.states import mapped_assemblage, operator_assemblage, quantum_assemblage

_HALF = Fraction(1, 2)
_KET: dict[str, Sequence[Amplitude]] = {
    "0": [1, 0],
    "1": [0, 1],
    "+": [1, 1],
    "-": [1, -1],
    "R": [1, (0, 1)],
    "L": [1, (0, -1)],
}
"""Vectors of a qubit, not normalised; R and L are those of Y."""


def monogamy(axes: str) -> Assemblage:
    """Both qubit Bobs perfectly correlated with Alice: sigma^(k)_{a|x} = |x_a><x_a|/2.

    `axes` names her measurements, such as "ZX" or "ZXY". Impossible because entanglement is
    monogamous. Raises InputError for other letters, and for none.
    """
    if not isinstance(axes, str) or not axes or not set(axes) <= set(PAULI_PROJECTORS):
        raise InputError(f"axes: expected some of the letters X, Y, Z, such as 'ZX', got {axes!r}")
    scenario = Scenario(((2,) * len(axes),), (2, 2))
    family = {
        (a, x): PAULI_PROJECTORS[axes[x[0]]][a[0]].scaled(rational(_HALF))
        for a, x in scenario.elements()
    }
    return Assemblage(scenario, [family, family])


def monogamy_two_alices() -> Assemblage:
    """Two Alices who share the monogamy correlations {Z, X} between them.

    sigma^(k)_{a|x} = |x_c><x_c|/4 with x = x_1 and the sum c = a_1 + a_2 mod 2: both Bobs are
    perfectly correlated with what the Alices know together; either Alice alone knows nothing. The
    second Alice has two settings as well, which change nothing.
    """
    scenario = Scenario(((2, 2), (2, 2)), (2, 2))
    family = {
        (a, x): PAULI_PROJECTORS["ZX"[x[0]]][(a[0] + a[1]) % 2].scaled(rational(Fraction(1, 4)))
        for a, x in scenario.elements()
    }
    return Assemblage(scenario, [family, family])


def ghz_two_alices() -> Assemblage:
    """Both Alices measure X and Y on the GHZ state of three qubits, with a tenth of white noise.

    Quantum by construction; there is no local-hidden-state model.
    """
    x_and_y = [PAULI_PROJECTORS["X"], PAULI_PROJECTORS["Y"]]
    pure = quantum_assemblage([1, 0, 0, 0, 0, 0, 0, 1], [x_and_y, x_and_y], [2])
    return mixture(pure, white_noise(pure.scenario), weight=Fraction(1, 10))


def parity() -> Assemblage:
    """Alice's setting decides whether the Bobs' bits agree or differ; all matrices diagonal.

    sigma^(1)_{a|x} = |a><a|/2, sigma^(2)_{a|x} = |a+x><a+x|/2.
    """
    scenario = Scenario(((2, 2),), (2, 2))
    bit = [diagonal([_HALF, 0]), diagonal([0, _HALF])]
    first = {(a, x): bit[a[0]] for a, x in scenario.elements()}
    second = {(a, x): bit[(a[0] + x[0]) % 2] for a, x in scenario.elements()}
    return Assemblage(scenario, [first, second])


def pr_box() -> Assemblage:
    """Example 5: p(a|x) a Popescu-Rohrlich box of two Alices, every Bob's state 1/2.

    Postquantum because p(a|x) is; its parent states exist.
    """
    scenario = Scenario(((2, 2), (2, 2)), (2, 2))
    state = diagonal([Fraction(1, 4), Fraction(1, 4)])
    family = {
        (a, x): state if (a[0] + a[1]) % 2 == x[0] * x[1] else Hermitian.zero(2)
        for a, x in scenario.elements()
    }
    return Assemblage(scenario, [family, family])


def w_type_state(
    alices: int, dimension: int, weights: tuple[int, int, int] = (2, 1, 1)
) -> list[tuple[fmpq, fmpq]]:
    """Amplitudes of a |R..R>|0>|0> + b |L..L>|1>|0> + c |L..L>|0>|1>, not normalised.

    n Alices and two Bobs: Bob 1 has a qubit, Bob 2 a system of the given dimension; R and L are the
    eigenvectors of Y.
    """

    def ket(index: int) -> list[int]:
        return [int(i == index) for i in range(dimension)]

    a, b, c = weights
    right, left = tensor(*[_KET["R"]] * alices), tensor(*[_KET["L"]] * alices)
    return superposition(
        [
            (a, tensor(right, _KET["0"], ket(0))),
            (b, tensor(left, _KET["1"], ket(0))),
            (c, tensor(left, _KET["0"], ket(1))),
        ]
    )


def transpose() -> Assemblage:
    """Proposition 8 with the transpose on the second Bob's qubit, Alice measuring Z and X.

    sigma^(1)_{a|x} = [[5, 2u], [2u*, 1]]/12 and sigma^(2)_{a|x} its transpose, u = (-1)^a for
    x = 0 and i(-1)^a for x = 1.
    """
    maps = [identity_map(2), transpose_map(2)]
    return mapped_assemblage(w_type_state(1, 2), [Z_AND_X], maps)


def breuer_hall_steering() -> Assemblage:
    """Example 10's construction with a state of small integers: Eq. (19) on the second Bob, d = 4.

    Alice measures Z and X. All entries lie in Z[i]/12 and Z[i]/24.
    """
    return mapped_assemblage(w_type_state(1, 4), [Z_AND_X], [identity_map(2), breuer_hall()])


def breuer_hall_two_alices() -> Assemblage:
    """Example 11's construction with a state of small integers: two Alices, Eq. (19) on Bob 2.

    The first Alice measures Z and X, the second the rational directions (4 Z + 3 X)/5 and
    (4 Z - 3 X)/5 instead of Z + X and Z - X. Either Alice alone knows nothing.
    """
    x, z = Fraction(3, 5), Fraction(4, 5)
    second = [qubit_measurement(x, 0, z), qubit_measurement(-x, 0, z)]
    return mapped_assemblage(
        w_type_state(2, 4), [Z_AND_X, second], [identity_map(2), breuer_hall()]
    )


def upb_witness(epsilon: Number) -> Hermitian:
    """O_W = (Pi - epsilon 1)/(4 - 8 epsilon) of Eq. (15), a Witworld state for epsilon <= 0.0814.

    Pi is the projector on |000>, |1-+>, |+1->, |-+1>, an unextendible product basis of three
    qubits.
    """
    e = rational(epsilon)
    total = Hermitian.identity(8).scaled(-e)
    for kets in ("000", "1-+", "+1-", "-+1"):
        v = tensor(*(_KET[c] for c in kets))
        norm = sum((a * a + b * b for a, b in v), rational(0))
        total = total + ket_bra(v, norm**-1)
    return total.scaled((4 - 8 * e) ** -1)


def upb_steering(epsilon: Number) -> Assemblage:
    """Example 7: Alice measures Z and X on O_W. Quantum, though the Bell correlations are not."""
    return operator_assemblage(upb_witness(epsilon), [Z_AND_X], [2, 2])
