"""Named linear functionals of quantum behaviours, and files that hold them (data/functionals).

A file is JSON with "format", "scenario" and at least one of

    "coefficients": {"0,0|0,0": "1", "0,*|1,0": "-1/2", ..}   of p(a|x), or matrices of the Bobs;
    "correlators":  {"A0 B0": "1", ..}                        of observables of two outcomes;
    "game": {"questions": {"0,0": "1/4", ..}, "wins": ["0,0|0,0", ..]}

which are added up; "title", "source", "note" and "radius" are optional. An outcome "*" is summed
over. The radius says how far the numbers of the file may be from the ones meant.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from flint import fmpq, fmpz

from exactsteer.errors import Malformed
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.file.numbers import parse_number, shorten
from exactsteer.kernel.file.statement import parse_scenario
from exactsteer.kernel.file.strict_json import Literal, parse, read_bytes, record, sequence
from exactsteer.kernel.quantum.functional import Functional, check_element
from exactsteer.kernel.quantum.words import parse_word
from exactsteer.kernel.scenario import Element, Scenario, label, parse_label
from exactsteer.model.gaussian import Number, hermitian, ket_bra, rational

FORMAT = "exactsteer functional 1"


@dataclass(frozen=True)
class NamedFunctional:
    """A functional with exact coefficients, each within `radius` of the one meant."""

    functional: Functional
    radius: fmpq
    title: str = ""
    source: str = ""
    note: str = ""


def read_functional_file(path: str | os.PathLike[str]) -> NamedFunctional:
    """Read a file of a functional; raise Malformed or OSError."""
    return parse_functional_file(read_bytes(path))


def parse_functional_file(data: bytes) -> NamedFunctional:
    """Read the bytes of a file of a functional; raise Malformed."""
    value = _without_literals(parse(data, "the file"), "the file")
    if not isinstance(value, dict):
        raise Malformed("the file", "an object", shorten(value))
    parts = [key for key in ("coefficients", "correlators", "game") if key in value]
    texts = [key for key in ("note", "source", "title") if key in value]
    optional = [*texts, *(["radius"] if "radius" in value else [])]
    fields = record(value, ("format", "scenario", *parts, *optional), "the file")
    if fields["format"] != FORMAT:
        raise Malformed("format", repr(FORMAT), shorten(fields["format"]))
    if not parts:
        raise Malformed("the file", '"coefficients", "correlators" or "game"', "none of them")
    for key in texts:
        if type(fields[key]) is not str:
            raise Malformed(key, "a string", shorten(fields[key]))
    scenario = parse_scenario(fields["scenario"], "scenario")
    total: dict[Element, Hermitian] = {}
    readers = {"coefficients": _coefficients, "correlators": _correlators, "game": _game}
    for key in parts:
        for element, h in readers[key](fields[key], scenario).items():
            total[element] = total[element] + h if element in total else h
    radius = parse_number(fields["radius"], "radius") if "radius" in fields else fmpq(0)
    if radius < 0:
        raise Malformed("radius", "a number that is not negative", shorten(fields["radius"]))
    return NamedFunctional(
        Functional(scenario, total), radius, **{key: str(fields[key]) for key in texts}
    )


def _without_literals(value: object, where: str) -> object:
    """JSON integers as strings; floats are refused, for their digits are not what they seem."""
    if isinstance(value, Literal):
        if any(c in value for c in ".eE"):
            raise Malformed(
                where, 'decimal numbers as strings, such as "0.25"', f"the float {shorten(value)}"
            )
        return str(value)
    if isinstance(value, dict):
        return {key: _without_literals(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, list):
        return [_without_literals(item, f"{where}[{i}]") for i, item in enumerate(value)]
    return value


def _coefficients(value: object, scenario: Scenario) -> dict[Element, Hermitian]:
    out = {}
    for key, item in _object(value, "coefficients").items():
        where = f'coefficients["{key}"]'
        element = parse_label(key, where)
        check_element(element, scenario, where)
        out[element] = _matrix(item, scenario.joint_dimension, where)
    return out


def _correlators(value: object, scenario: Scenario) -> dict[Element, Hermitian]:
    total: dict[Element, Hermitian] = {}
    for key, item in _object(value, "correlators").items():
        where = f'correlators["{key}"]'
        word = parse_word(scenario.outcomes, key, where)
        if any(len(part) > 1 for part in word):
            raise Malformed(where, "at most one observable of each Alice", repr(key))
        if any(scenario.outcomes[j][x] != 2 for j, part in enumerate(word) for x, _ in part):
            raise Malformed(where, "observables of settings with two outcomes", repr(key))
        h = _matrix(item, scenario.joint_dimension, where)
        x = tuple(part[0][0] if part else 0 for part in word)
        for a in product(*((0, 1) if part else (-1,) for part in word)):
            term = -h if sum(v for v in a if v > 0) % 2 else h
            total[a, x] = total[a, x] + term if (a, x) in total else term
    return total


def _game(value: object, scenario: Scenario) -> dict[Element, Hermitian]:
    fields = record(value, ("questions", "wins"), "game")
    if scenario.joint_dimension != 1:
        raise Malformed(
            "game", "a game of the Alices alone (dimensions [1])", "Bobs; use coefficients"
        )
    weights: dict[tuple[int, ...], Hermitian] = {}
    for key, item in _object(fields["questions"], "game.questions").items():
        where = f'game.questions["{key}"]'
        _, x = parse_label(",".join("*" * scenario.n) + "|" + key, where)
        check_element(((-1,) * scenario.n, x), scenario, where)
        weights[x] = _matrix(item, 1, where)
    out: dict[Element, Hermitian] = {}
    for i, text in enumerate(sequence(fields["wins"], "game.wins")):
        where = f"game.wins[{i}]"
        element = parse_label(text if isinstance(text, str) else "", where)
        check_element(element, scenario, where)
        if element in out:
            raise Malformed(where, "every win once", label(element))
        if element[1] not in weights:
            raise Malformed(where, "the settings of a question", label(element))
        out[element] = weights[element[1]]
    return out


def _object(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise Malformed(where, "an object", shorten(value))
    return value


def _matrix(value: object, D: int, where: str) -> Hermitian:
    """A number (D = 1), or rows of numbers and of pairs [re, im]."""
    if D == 1:
        return hermitian([[parse_number(value, where)]])
    rows = []
    for i, row in enumerate(sequence(value, where, D)):
        entries: list[tuple[Number, Number]] = []
        for j, entry in enumerate(sequence(row, f"{where}[{i}]", D)):
            place = f"{where}[{i}][{j}]"
            pair = sequence(entry, place, 2) if isinstance(entry, list) else [entry, "0"]
            entries.append((parse_number(pair[0], place), parse_number(pair[1], place)))
        rows.append(entries)
    try:
        return hermitian(rows)
    except ValueError:
        raise Malformed(where, "a Hermitian matrix", "another") from None


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
