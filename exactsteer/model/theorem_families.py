"""The families of docs/theorems.md, with exact rational directions.

All have one Alice with settings of two outcomes and qubit Bobs with the elements

    sigma^(k)_{a|x} = (1 + (-1)^a v_k n^k_x . sigma)/4,

a visibility 0 <= v_k <= 1 times a unit vector n^k_x. Rational directions are given by tangents: t
stands for the point ((1 - t^2)/(1 + t^2), 2t/(1 + t^2)) of the circle at the angle 2 arctan t.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction

from exactsteer.errors import InputError
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.gaussian import rational
from exactsteer.model.maps.named_maps import identity_map, transpose_map
from exactsteer.model.measurements import Z_AND_X, qubit_measurement
from exactsteer.model.named import w_type_state
from exactsteer.model.states import mapped_assemblage

Direction = tuple[Fraction | int, Fraction | int, Fraction | int]
"""A unit vector (x, y, z)."""


def circle_point(t: Fraction | int) -> tuple[Fraction, Fraction]:
    """(cos phi, sin phi) for t = tan(phi/2)."""
    square = Fraction(t) ** 2
    return (1 - square) / (1 + square), 2 * Fraction(t) / (1 + square)


def _half_angle(tangent: Fraction | int) -> tuple[Fraction, Fraction]:
    """(cos(phi/2), sin(phi/2)) for tan(phi/4) from 0 to 1, where phi lies between 0 and pi."""
    return circle_point(_between_0_and_1("tangent", tangent))


def _between_0_and_1(what: str, value: Fraction | int) -> Fraction | int:
    # Floats such as 0.1 are no short rational numbers, and not meant as they are.
    if not isinstance(value, (Fraction, int)) or not 0 <= value <= 1:
        raise InputError(
            f"{what}: expected an exact number from 0 to 1, such as Fraction(1, 3), got {value!r}"
        )
    return value


def unbiased_qubits(
    directions: Sequence[Sequence[Direction]], visibilities: Sequence[Fraction | int]
) -> Assemblage:
    """sigma^(k)_{a|x} = (1 + (-1)^a v_k n^k_x . sigma)/4 with n^k_x = directions[k][x].

    Raises InputError unless every Bob has the same number of directions, one visibility from 0 to
    1, and vectors (x, y, z) of norm at most 1.
    """
    settings = {len(bob) for bob in directions}
    if len(settings) != 1 or len(visibilities) != len(directions) or 0 in settings:
        raise InputError(
            "directions and visibilities: expected as many directions for every Bob, and one "
            f"visibility each, got {[len(bob) for bob in directions]} and {len(visibilities)}"
        )
    for v in visibilities:
        _between_0_and_1("visibility", v)
    for n in (n for bob in directions for n in bob):
        if len(n) != 3 or not all(isinstance(c, (Fraction, int)) for c in n):
            raise InputError(f"directions: expected three exact numbers for each, got {n!r}")
    scenario = Scenario(((2,) * settings.pop(),), (2,) * len(directions))
    half, families = rational(Fraction(1, 2)), []
    for bob, v in zip(directions, visibilities, strict=True):
        effects = [qubit_measurement(v * x, v * y, v * z) for x, y, z in bob]
        families.append({(a, x): effects[x[0]][a[0]].scaled(half) for a, x in scenario.elements()})
    return Assemblage(scenario, families)


def two_settings(
    tangents: Sequence[Fraction | int], visibilities: Sequence[Fraction | int]
) -> Assemblage:
    """Theorems A and D: Bob k's two directions at the angle phi_k, tangents[k] = tan(phi_k/4).

    They are (s_k, 0, c_k) and (-s_k, 0, c_k) with c_k = cos(phi_k/2), s_k = sin(phi_k/2). With one
    common visibility v the assemblage is quantum, and classical, if and only if
    v <= 1/(max_k c_k + max_k s_k). Raises InputError for tangents outside [0, 1].
    """
    points = [_half_angle(t) for t in tangents]
    return unbiased_qubits([[(s, 0, c), (-s, 0, c)] for c, s in points], visibilities)


def three_settings(tangent: Fraction | int, visibility: Fraction | int) -> Assemblage:
    """Theorem B: two Bobs alike, (s, 0, c), (-s, 0, c) and (0, 1, 0), tangent = tan(phi/4).

    Quantum if and only if v^2 <= 1/((1 + c^2)(1 + s^2)); classical if and only if
    v^2 <= 1/(1 + (c + s)^2). Raises InputError for tangents outside [0, 1].
    """
    c, s = _half_angle(tangent)
    bob: list[Direction] = [(s, 0, c), (-s, 0, c), (0, 1, 0)]
    return unbiased_qubits([bob, bob], [visibility] * 2)


def two_noises(a: Fraction | int, b: Fraction | int) -> Assemblage:
    """Theorem C: settings Z and X, visibility a for Bob 1, b for Bob 2.

    Quantum if and only if a^2 + b^2 <= 1, classical if and only if max(a, b)^2 <= 1/2.
    """
    bob: list[Direction] = [(0, 0, 1), (1, 0, 0)]
    return unbiased_qubits([bob, bob], [a, b])


def relative_flips(N: int, visibility: Fraction | int = 1) -> Assemblage:
    """All relative flips: sigma^(1)_{a|x} = |a><a|/2, sigma^(k)_{a|x} = |a + x_k><a + x_k|/2.

    The settings are x in {0, 1}^(N - 1), in lexicographic order; N = 2 is the parity assemblage.
    Quantum if and only if v <= C(N - 1, floor((N - 1)/2))/2^(N - 1) (the plurality bound). Raises
    InputError unless 2 <= N <= 6 (D = 64 and 32 settings).
    """
    if not isinstance(N, int) or not 2 <= N <= 6:
        raise InputError(f"N: expected from 2 to 6 Bobs, got {N!r}")
    flips = [(0, *x) for x in itertools.product((0, 1), repeat=N - 1)]
    directions: list[list[Direction]] = [[(0, 0, (-1) ** x[k]) for x in flips] for k in range(N)]
    return unbiased_qubits(directions, [visibility] * N)


def w_type_transposed(a: int, b: int, c: int) -> Assemblage:
    """Proposition 8 with a|R>|00> + b|L>|10> + c|L>|01> and the transpose on Bob 2; Alice Z, X.

    For (b^2 - c^2)^2 <= 2 a^2 b c the white-noise robustness is
    max(0, 1 - (a^2 + b^2 + c^2)/(a sqrt(a^2 + 2 (b + c)^2))). (2, 1, 1) is `transpose`. Raises
    InputError unless a > 0 and b, c >= 0.
    """
    exact = all(isinstance(v, (int, Fraction)) and not isinstance(v, bool) for v in (a, b, c))
    if not exact or not (a > 0 <= b and c >= 0):
        raise InputError(f"a, b, c: expected a > 0 and b, c >= 0, got {a!r}, {b!r}, {c!r}")
    maps = [identity_map(2), transpose_map(2)]
    return mapped_assemblage(w_type_state(1, 2, (a, b, c)), [Z_AND_X], maps)
