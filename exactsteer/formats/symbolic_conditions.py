"""(A2), (A3) and Hermiticity of matrices of sympy expressions, decided exactly where possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sympy

from exactsteer.errors import InputError
from exactsteer.formats.enclosure import differs_from_zero, is_simple
from exactsteer.kernel.scenario import Element, Scenario, label, without

Matrix = list[list[Any]]
"""A square matrix of sympy expressions."""


def unproved_conditions(
    scenario: Scenario, matrices: Sequence[Mapping[Element, Matrix]]
) -> list[str]:
    """The conditions that could not be decided; raise InputError for one that fails."""
    return [
        condition
        for difference, condition in _conditions(scenario, matrices)
        if not _vanishes(difference, condition)
    ]


def _conditions(
    scenario: Scenario, matrices: Sequence[Mapping[Element, Matrix]]
) -> Iterator[tuple[Any, str]]:
    """Expressions that have to be 0, with the condition that each stands for."""
    for k, family in enumerate(matrices):
        for element, m in family.items():
            name = f"sigma^({k + 1})_{{{label(element)}}}"
            for i, row in enumerate(m):
                for j in range(i + 1):
                    yield (
                        row[j] - sympy.conjugate(m[j][i]),
                        f"{name} is Hermitian in entry ({i}, {j})",
                    )
    for element in scenario.elements():
        p = sympy.Add(*_diagonal(matrices[0][element]))
        for k, family in enumerate(matrices[1:], 2):
            yield (
                sympy.Add(*_diagonal(family[element])) - p,
                f"(A2) tr sigma^({k})_{{{label(element)}}} is that of Bob 1",
            )
    for x in scenario.settings():
        parts = [v for a in scenario.answers(x) for v in _diagonal(matrices[0][a, x])]
        yield (
            sympy.Add(*parts) - 1,
            f"(A2) the probabilities for settings {','.join(map(str, x))} sum to 1",
        )
    yield from _signalling(scenario, matrices)


def _diagonal(m: Matrix) -> list[Any]:
    return [row[i] for i, row in enumerate(m)]


def _signalling(
    scenario: Scenario, matrices: Sequence[Mapping[Element, Matrix]]
) -> Iterator[tuple[Any, str]]:
    for j in range(scenario.n):
        for k, family in enumerate(matrices):
            sums: dict[Element, list[Matrix]] = {}
            for element, m in family.items():
                sums.setdefault(without(element, j), []).append(m)
            for (b, x), parts in sums.items():
                first = sums[b, (*x[:j], 0, *x[j + 1 :])]
                if first is parts:
                    continue
                size = range(scenario.dimensions[k])
                for r in size:
                    for c in size:
                        total = [m[r][c] for m in parts] + [-m[r][c] for m in first]
                        yield (
                            sympy.Add(*total),
                            f"(A3) sigma^({k + 1}) summed over the outcomes of Alice {j + 1} is "
                            f"the same for her settings {x[j]} and 0 at {label((b, x))}",
                        )


def _vanishes(difference: Any, condition: str) -> bool:
    """Whether sympy proves that a number is 0; raise InputError when it is enclosed away from 0."""
    if difference == 0:
        return True
    if (amount := differs_from_zero(difference)) is not None:
        text = f"{int(amount.p) / int(amount.q):.3g}"
        raise InputError(f"expected that {condition}, but it fails by {text}; correct the entries")
    expanded = sympy.expand(difference)
    return expanded == 0 or (is_simple(expanded) and bool(expanded.equals(0)))
