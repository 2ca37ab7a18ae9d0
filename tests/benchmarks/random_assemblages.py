"""Random exact assemblages by Definition 3, positive maps on them, and lines of mixtures.

States and effects are Gaussian integers over integers, small enough for doubles to be exact.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from random import Random

import numpy as np
from closed_forms import POSTQUANTUM, QUANTUM, Instance, beside
from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.assemblage_text import printed
from exactsteer.model.noise import mixture, white_noise
from exactsteer.proving.enclose import enclose

LARGEST = 2.0**52
LINE_POINTS = 8
LINE_WIDTH = fmpq(1, 10**15)
LINE_EXPONENTS = (1.0, 13.0)


def quantum(random: Random, alices: int = 1) -> Assemblage:
    """A random scenario, state and measurements; half of the states are pure."""
    dimensions = random.choice([(2, 2), (2, 2), (3, 2), (2, 3), (2, 2, 2), (1, 3), (3, 3)])
    if alices == 2:
        dimensions = random.choice([(2, 2), (2, 3)])
    outcomes = tuple(
        tuple(
            random.choice((2, 2, 3))
            for _ in range(random.choice((2, 2, 3) if alices == 1 else (2,)))
        )
        for _ in range(alices)
    )
    return realised(random, Scenario(outcomes, dimensions), pure=random.random() < 0.5)


def realised(random: Random, scenario: Scenario, *, pure: bool, maps: str = "") -> Assemblage:
    """A random state and random measurements; `maps` names what is done to the last Bob.

    "transpose", "reduction" (tr rho 1 - rho)/(d - 1), both positive and trace preserving.
    """
    systems = [random.choice((2, 2, 3, 4) if scenario.n == 1 else (2,)) for _ in scenario.outcomes]
    shape = (*systems, *scenario.dimensions, 1 if pure else random.choice((2, 3, 6)))
    psi = _integers(random, shape)
    if not psi.any():
        psi.flat[0] = 1
    effects = [
        [_effects(random, m, o, random.choice((1, 1, 2))) for o in row]
        for m, row in zip(systems, scenario.outcomes, strict=True)
    ]
    families = []
    for k, d in enumerate(scenario.dimensions):
        split = np.moveaxis(psi, scenario.n + k, scenario.n).reshape(math.prod(systems), d, -1)
        reduced = np.einsum("air,bjr->abij", split, split.conj())
        mapped = maps if k == scenario.N - 1 else ""
        families.append(
            {(a, x): _steered(reduced, effects, a, x, mapped) for a, x in scenario.elements()}
        )
    return Assemblage(scenario, families)


def shared(random: Random, scenario: Scenario) -> Assemblage:
    """Every Bob's system is maximally entangled with Alice's alone, or that and then transposed.

    sigma^(k)_{a|x} = V_k M_{a|x} V_k^dagger/m with effects M on C^m, m = min d_k, and isometries
    V_k. Entanglement is monogamous, so that without much noise this is postquantum.
    """
    m = min(scenario.dimensions)
    (row,) = scenario.outcomes
    effects = [_effects(random, m, o, 1) for o in row]
    families = []
    for d in scenario.dimensions:
        v = np.zeros((d, m), complex)
        for i, place in enumerate(random.sample(range(d), m)):
            v[place, i] = random.choice((1, -1, 1j, -1j))
        turned = random.random() < 0.5
        family = {}
        for (a,), (x,) in scenario.elements():
            effect = effects[x][a].T if turned else effects[x][a]
            den = m * round(sum(effects[x])[0, 0].real)
            family[(a,), (x,)] = _exact(v @ effect @ v.conj().T, den)
        families.append(family)
    return Assemblage(scenario, families)


def line(random: Random) -> tuple[list[Instance], bytes]:
    """Points on the line from an assemblage to noise, on both sides of the proved robustness.

    The assemblage is `shared`, or has a positive map on its last Bob; the noise is white or a
    quantum assemblage. Also the proof of the robustness's enclosure. Raises Undecided.
    """
    scenario = Scenario(
        (random.choice([(2, 2), (2, 2), (2, 2, 2), (2, 3)]),),
        random.choice([(2, 2), (2, 2), (2, 2), (2, 3), (3, 2)]),
    )
    if random.random() < 0.7:
        sigma = shared(random, scenario)
    else:
        maps = "reduction" if scenario.dimensions[-1] == 3 else "transpose"
        sigma = realised(random, scenario, pure=True, maps=maps)
    noise = white_noise(scenario)
    if random.random() < 0.5:
        noise = mixture(realised(random, scenario, pure=False), noise, weight=Fraction(1, 4))
    certificate = enclose(printed(sigma), noise, LINE_WIDTH)
    statement = certificate.theorem.statement
    lower, upper = Fraction(str(statement.lower)), Fraction(str(statement.upper))
    out = []
    for _ in range(LINE_POINTS):
        r = Fraction(random.randint(0, 999), 1000) if upper == 0 else Fraction(-1)
        while upper > 0 and not (0 <= r < lower or upper < r < 1):
            r = beside(random, lower, LINE_EXPONENTS)
        truth = POSTQUANTUM if r < lower else QUANTUM
        margin = None if upper == 0 else float(min(abs(r - lower), abs(r - upper)))
        mixed = sigma if r == 0 else mixture(sigma, noise, weight=r)
        out.append(Instance(mixed, truth, margin, weight=r))
    return out, certificate.data


def correlated_boxes(random: Random, exponents: tuple[float, float]) -> Instance:
    """A noisy Popescu-Rohrlich box, the Bobs apart: postquantum beyond 1/sqrt(2) (Tsirelson)."""
    root = Fraction(math.isqrt(10**180 // 2), 10**90)
    v = beside(random, root, exponents)
    scenario = Scenario(((2, 2), (2, 2)), (2, 2))
    flips = [random.randrange(2) for _ in range(3)]
    states = [_state(random) for _ in range(2)]
    families = []
    for state in states:
        family = {}
        for a, x in scenario.elements():
            parity = sum(a) + (x[0] ^ flips[0]) * (x[1] ^ flips[1]) + flips[2]
            family[a, x] = state.scaled(_fmpq((1 + (-1) ** parity * v) / 4))
        families.append(family)
    truth = POSTQUANTUM if 2 * v * v > 1 else QUANTUM
    return Instance(Assemblage(scenario, families), truth, float(abs(v - root)))


def _state(random: Random) -> Hermitian:
    x, y, z = (random.randint(-4, 4) for _ in range(3))
    return Hermitian.of(16, [[8 + z, x], [x, 8 - z]], [[0, -y], [y, 0]])


def _fmpq(q: Fraction) -> fmpq:
    return fmpq(q.numerator, q.denominator)


def _integers(random: Random, shape: tuple[int, ...]) -> np.ndarray:
    size = math.prod(shape)
    numbers = [complex(random.randint(-2, 2), random.randint(-2, 2)) for _ in range(size)]
    return np.array(numbers).reshape(shape)


def _effects(random: Random, m: int, outcomes: int, rank: int) -> list[np.ndarray]:
    """Effects times a common integer, all but one of them of that rank.

    Two outcomes and rank one make a projective measurement.
    """
    factors = [_integers(random, (rank, m)) for _ in range(outcomes - 1)]
    some = [f.conj().T @ f for f in factors]
    total = max(1, round(sum(np.trace(e).real for e in some)))
    effects = [*some, total * np.eye(m) - sum(some, np.zeros((m, m)))]
    random.shuffle(effects)
    return effects


def _steered(
    reduced: np.ndarray,
    effects: Sequence[Sequence[Sequence[np.ndarray]]],
    a: tuple[int, ...],
    x: tuple[int, ...],
    maps: str,
) -> Hermitian:
    """tr_A[(M (x) 1) rho], exact; `reduced` is rho on the Alices and one Bob, not normalised."""
    m = reduce(np.kron, [of[s][o] for of, s, o in zip(effects, x, a, strict=True)])
    whole = reduce(np.kron, [sum(of[s]) for of, s in zip(effects, x, strict=True)])
    den = whole[0, 0].real * np.einsum("aaii->", reduced).real
    sigma = np.einsum("ba,abij->ij", m, reduced)
    if maps == "transpose":
        sigma = sigma.T
    elif maps == "reduction":
        den *= len(sigma) - 1
        sigma = np.trace(sigma) * np.eye(len(sigma)) - sigma
    return _exact(sigma, den)


def _exact(integers: np.ndarray, den: float) -> Hermitian:
    if max(den, np.abs(integers).max()) >= LARGEST:
        raise OverflowError("these integers are not exact as doubles")
    rows = [[[int(v) for v in row] for row in part] for part in (integers.real, integers.imag)]
    return Hermitian.of(int(den), *rows)


__all__ = ["correlated_boxes", "line", "quantum", "realised"]
