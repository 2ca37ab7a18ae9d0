# SPDX-License-Identifier: MIT
"""How evidence about quantum behaviours is read: realisations, mixtures, sums of squares.

Raises Malformed beyond the limits or for another form, Rejected for a matrix that is not Hermitian.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from flint import fmpz_mat

from exactsteer.kernel.errors import Malformed, expect
from exactsteer.kernel.file.evidence import parse_hidden_states
from exactsteer.kernel.file.matrices import (
    parse_families,
    parse_family,
    parse_hermitian,
    parse_parts,
    parse_rectangular,
)
from exactsteer.kernel.file.numbers import (
    parse_integers,
    parse_rational,
    parse_small,
    short_text,
)
from exactsteer.kernel.file.strict_json import mapping, record, sequence
from exactsteer.kernel.quantum.functional import (
    BellInequality,
    HierarchyInequality,
    parse_functional,
)
from exactsteer.kernel.quantum.realisation import (
    MAX_ALICE_DIMENSION,
    MAX_WHOLE_DIMENSION,
    Flagged,
    Mixed,
    Pure,
    Realisation,
    Term,
)
from exactsteer.kernel.quantum.squares import SumOfSquares
from exactsteer.kernel.quantum.words import Word, limit_rows, parse_word, words_of_level
from exactsteer.kernel.scenario import Scenario
from exactsteer.kernel.statements import Ball, QuantumBound
from exactsteer.kernel.theorems import Mixture


def parse_realised(value: object, ball: Ball, where: str) -> Realisation:
    """Read a realisation of the centre."""
    return parse_realisation(value, ball.scenario, where)


def parse_mixture(value: object, ball: Ball, where: str) -> Mixture:
    """Read ``{"weight": t, "realisation": .., "hidden": ..}``."""
    fields = record(value, ("hidden", "realisation", "weight"), where)
    weight = parse_rational(fields["weight"], f"{where}.weight")
    if not 0 < weight <= 1:
        raise Malformed(f"{where}.weight", "a rational t with 0 < t <= 1", short_text(weight))
    return Mixture(
        weight,
        parse_realised(fields["realisation"], ball, f"{where}.realisation"),
        parse_hidden_states(fields["hidden"], ball, f"{where}.hidden"),
    )


def parse_squares(value: object, bound: QuantumBound, where: str) -> SumOfSquares:
    """Read ``{"words": .., "factor": ..}``."""
    return parse_sum_of_squares(record(value, ("factor", "words"), where), bound.scenario, where)


def parse_bell_inequality(value: object, ball: Ball, where: str) -> BellInequality:
    """Read ``{"F": .., "words": .., "factor": ..}``."""
    fields = record(value, ("F", "factor", "words"), where)
    correlations = Scenario(ball.scenario.outcomes, (1,))
    return BellInequality(
        parse_functional(fields["F"], correlations, f"{where}.F"),
        parse_sum_of_squares(fields, correlations, where),
    )


def parse_hierarchy_inequality(value: object, ball: Ball, where: str) -> HierarchyInequality:
    """Read ``{"W": .., "constant": .., "words": .., "factor": ..}``."""
    fields = record(value, ("W", "constant", "factor", "words"), where)
    scenario = ball.scenario
    W = parse_families(fields["W"], scenario, f"{where}.W")
    squares = parse_sum_of_squares(fields, scenario, where)
    constant = parse_rational(fields["constant"], f"{where}.constant")
    return HierarchyInequality(scenario, W, constant, squares)


def parse_realisation(value: object, scenario: Scenario, where: str) -> Realisation:
    """Read ``{"systems": [..], "state": [term, ..], "M": [family, ..]}``."""
    fields = record(value, ("M", "state", "systems"), where)
    systems = tuple(
        parse_small(d, f"{where}.systems[{j}]", 1, MAX_ALICE_DIMENSION)
        for j, d in enumerate(sequence(fields["systems"], f"{where}.systems", scenario.n))
    )
    whole = math.prod(systems) * scenario.joint_dimension
    small = f"a dimension of Alices and Bobs together of at most {MAX_WHOLE_DIMENSION}"
    expect(whole <= MAX_WHOLE_DIMENSION, f"{where}.systems", small, whole)
    terms = tuple(
        _parse_term(term, math.prod(systems), scenario.joint_dimension, f"{where}.state[{i}]")
        for i, term in enumerate(sequence(fields["state"], f"{where}.state"))
    )
    povms = []
    for j, family in enumerate(sequence(fields["M"], f"{where}.M", scenario.n)):
        single = [((a,), (x,)) for x, o in enumerate(scenario.outcomes[j]) for a in range(o)]
        effects = parse_family(family, single, systems[j], f"{where}.M[{j}]")
        povms.append({(a[0], x[0]): m for (a, x), m in effects.items()})
    return Realisation(scenario, systems, terms, tuple(povms))


def _parse_term(value: object, alices: int, bobs: int, where: str) -> Term:
    kind = mapping(value, where)
    if "psi" in kind:
        fields = record(value, ("psi",), where)
        return Pure(parse_rectangular(fields["psi"], alices, bobs, f"{where}.psi"))
    if "flag" in kind:
        fields = record(value, ("E", "flag"), where)
        index = parse_small(fields["flag"], f"{where}.flag", 0, alices - 1)
        return Flagged(index, parse_hermitian(fields["E"], bobs, f"{where}.E"))
    fields = record(value, ("R",), where)
    return Mixed(parse_hermitian(fields["R"], alices * bobs, f"{where}.R"))


def parse_sum_of_squares(
    fields: Mapping[str, object], scenario: Scenario, where: str
) -> SumOfSquares:
    """Read the fields "words" and "factor"; raise Malformed."""
    D = scenario.joint_dimension
    words = _parse_words(fields["words"], scenario, f"{where}.words")
    place = f"{where}.factor"
    parts, den = parse_parts(fields["factor"], place)
    rows = [
        _ragged(parts[key], len(words) * D, f"{place}.{key}")
        for key in ("re", "im")
        if key in parts
    ]
    width = max(len(row) for part in rows for row in part)
    expect(width > 0, place, "at least one column", "none")
    re, *im = (_filled(part, width) for part in rows)
    return SumOfSquares(tuple(words), D, den, re, im[0] if im else None)


def _parse_words(value: object, scenario: Scenario, where: str) -> list[Word]:
    outcomes, D = scenario.outcomes, scenario.joint_dimension
    if isinstance(value, str):
        return words_of_level(outcomes, value, D, where)
    texts = sequence(value, where)
    limit_rows(len(texts), D, where)
    words = [parse_word(outcomes, text, f"{where}[{i}]") for i, text in enumerate(texts)]
    expect(len(set(words)) == len(words), where, "every word once", "a word twice")
    return words


def _ragged(value: object, rows: int, where: str) -> list[list[int]]:
    """Rows of at most as many integers as there are rows; what is missing at the end is zero."""
    out = []
    for i, row in enumerate(sequence(value, where, rows)):
        entries = sequence(row, f"{where}[{i}]")
        expect(len(entries) <= rows, f"{where}[{i}]", f"at most {rows} entries", len(entries))
        out.append(parse_integers(entries, f"{where}[{i}]"))
    return out


def _filled(rows: Sequence[Sequence[int]], width: int) -> fmpz_mat:
    flat: list[int] = []
    for row in rows:
        flat.extend(row)
        flat.extend([0] * (width - len(row)))
    return fmpz_mat(len(rows), width, flat)
