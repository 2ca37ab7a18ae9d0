"""Named linear functionals of quantum behaviours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from flint import fmpq, fmpz

from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.quantum.functional import Functional
from exactsteer.kernel.scenario import Scenario, parse_label
from exactsteer.model.gaussian import Number, hermitian, ket_bra, rational


@dataclass(frozen=True)
class NamedFunctional:
    """A functional with exact coefficients, each within `radius` of the one meant.

    The radius is that of the real and of the imaginary part of every entry.
    """

    functional: Functional
    radius: fmpq
    title: str = ""
    source: str = ""
    note: str = ""


def bell_functional(
    outcomes: tuple[tuple[int, ...], ...], coefficients: Mapping[str, Number]
) -> Functional:
    """A functional of correlations from coefficients by label, such as {"0,*|1,0": -1}."""
    scenario = Scenario(outcomes, (1,))
    terms = {parse_label(k, k): hermitian([[rational(c)]]) for k, c in coefficients.items()}
    return Functional(scenario, terms)


def chsh() -> Functional:
    """<A0 B0> + <A0 B1> + <A1 B0> - <A1 B1>; quantum maximum 2 sqrt 2 (Tsirelson)."""
    return tilted_chsh(0)


def tilted_chsh(alpha: Number) -> Functional:
    """CHSH + alpha <A0>; quantum maximum sqrt(8 + 2 alpha^2) (Acin, Massar and Pironio)."""
    coefficients: dict[str, Number] = {}
    for a, b, x, y in product((0, 1), repeat=4):
        coefficients[f"{a},{b}|{x},{y}"] = (-1) ** (a + b + x * y)
    if rational(alpha) != 0:
        coefficients |= {"0,*|0,0": alpha, "1,*|0,0": -rational(alpha)}
    return bell_functional(((2, 2), (2, 2)), coefficients)


def i3322() -> Functional:
    """Collins and Gisin's inequality I3322, at most 0 classically, 1/4 on two qubits."""
    joint = {
        f"0,0|{x},{y}": sign
        for x, row in enumerate(((1, 1, 1), (1, 1, -1), (1, -1, 0)))
        for y, sign in enumerate(row)
        if sign
    }
    single = {"0,*|0,0": -2, "0,*|1,0": -1, "*,0|0,0": -1}
    return bell_functional(((2, 2, 2), (2, 2, 2)), joint | single)


def guess_your_neighbours_input() -> Functional:
    """p(000|000) + p(110|011) + p(011|101) + p(101|110), at most 1 quantumly (Almeida et al.)."""
    events = ("0,0,0|0,0,0", "1,1,0|0,1,1", "0,1,1|1,0,1", "1,0,1|1,1,0")
    return bell_functional(((2, 2),) * 3, dict.fromkeys(events, 1))


def monogamy_game(bases: tuple[tuple[Hermitian, ...], ...]) -> Functional:
    """Both Alices guess the outcome of the Bob's measurement, which is announced to them.

    F = sum_x sum_a P_{a|x} (x) E_{a|x} (x) E_{a|x} over the number of bases, P_{a|x} the projectors
    of basis x (Tomamichel, Fehr, Kaniewski and Wehner).
    """
    row = tuple(len(basis) for basis in bases)
    scenario = Scenario((row, row), (bases[0][0].n,))
    weight = fmpq(1, len(bases))
    return Functional(
        scenario,
        {
            ((a, a), (x, x)): p.scaled(weight)
            for x, basis in enumerate(bases)
            for a, p in enumerate(basis)
        },
    )


def bb84_game() -> Functional:
    """The monogamy game of the bases Z and X of a qubit; quantum maximum cos^2(pi/8)."""
    half = fmpq(1, 2)
    z = (ket_bra([1, 0]), ket_bra([0, 1]))
    x = (ket_bra([1, 1], half), ket_bra([1, -1], half))
    return monogamy_game((z, x))


MUB_DIGITS = 30


def mub_game() -> tuple[Functional, fmpq]:
    """The monogamy game of the four mutually unbiased bases of a qutrit, and a radius.

    The entries lie in Q(sqrt -3); each part is within the radius of its exact value
    (Johnston, Mittal, Russo and Watrous, Section 5).
    """
    scale = fmpz(10) ** MUB_DIGITS
    root = fmpq((3 * scale * scale).isqrt(), 2 * scale)
    powers = ((fmpq(1), fmpq(0)), (fmpq(-1, 2), root), (fmpq(-1, 2), -root))
    third = fmpq(1, 3)
    bases = [tuple(ket_bra([int(i == a) for i in range(3)]) for a in range(3))]
    for k in range(3):
        basis = []
        for a in range(3):
            # |v> = 3^(-1/2) sum_m w^(a m + k m^2) |m>, w a third root of unity
            phase = [(a * m + k * m * m) % 3 for m in range(3)]
            entries = [[powers[(p - q) % 3] for q in phase] for p in phase]
            basis.append(hermitian(entries).scaled(third))
        bases.append(tuple(basis))
    return monogamy_game(tuple(bases)), fmpq(1, scale)
