"""Exact assemblages of two Alices, valid by construction, and realisations of them."""

from fractions import Fraction

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.quantum.realisation import Realisation
from exactsteer.model.gaussian import ket_bra, rational
from exactsteer.model.measurements import PAULI_PROJECTORS, Z_AND_X
from exactsteer.model.noise import mixture, white_noise
from exactsteer.model.states import quantum_assemblage, quantum_realisation

GHZ = [1, 0, 0, 0, 0, 0, 0, 1]
"""Two Alices and one Bob."""
BITS = (0, 1)
PAIRS = [int(a == b and c == d) for a in BITS for c in BITS for b in BITS for d in BITS]
"""Each of two Alices is entangled with a Bob of her own."""
Z_AND_Y = (PAULI_PROJECTORS["Z"], PAULI_PROJECTORS["Y"])


def with_noise(sigma, r):
    return mixture(sigma, white_noise(sigma.scenario), weight=r)


def noisy_ghz(r):
    """GHZ correlations with white noise; not classical for small r."""
    return with_noise(quantum_assemblage(GHZ, [Z_AND_X, Z_AND_X], [2]), r)


def noisy_pairs(r):
    """Each Alice steers one of two Bobs; not classical for small r."""
    return with_noise(quantum_assemblage(PAIRS, [Z_AND_X, Z_AND_Y], [2, 2]), r)


def ghz_realisation() -> Realisation:
    """An exact realisation of `noisy_ghz(0)`."""
    return quantum_realisation(GHZ, [Z_AND_X, Z_AND_X], [2])


def pairs_realisation(r) -> Realisation:
    """An exact realisation of `noisy_pairs(r)`: the noise is that of the state."""
    noise = Hermitian.identity(16).scaled(rational(Fraction(r, 16)))
    pure = ket_bra(PAIRS, rational(Fraction(1, 4)))
    return quantum_realisation(
        pure.scaled(rational(1 - Fraction(r))) + noise, [Z_AND_X, Z_AND_Y], [2, 2]
    )
