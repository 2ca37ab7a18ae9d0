"""Integers, matrices and tables as Coq text, laid out for people: one matrix a line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from flint import fmpz

from exactsteer.formal.literals import Matrix, Row, Table
from exactsteer.formal.witnesses import Witness
from exactsteer.kernel.scenario import Element, Scenario, label


def number(n: int) -> str:
    """Any integer; through flint, for Python refuses to write more than 4300 digits."""
    return str(fmpz(n))


def listed(items: Iterable[str]) -> str:
    """A list on one line."""
    return "[::" + ";".join(items) + "]"


def naturals(numbers: Iterable[int]) -> str:
    """A list of natural numbers."""
    return listed(f"{n}%N" for n in numbers)


def matrix(M: Matrix) -> str:
    """A list of rows of pairs (re, im)."""
    return listed(listed(f"({number(re)},{number(im)})" for re, im in row) for row in M)


def witness_text(w: Witness) -> str:
    """(c, w, L)."""
    return f"({number(w[0])},{listed(map(number, w[1]))},{matrix(w[2])})"


def rows(items: Sequence[Sequence[str]], labels: Sequence[Sequence[str]]) -> str:
    """A list of lists, one item a line, each headed by its label in a comment."""
    texts = (
        "[::" + ";\n ".join(f"(* {name} *) {item}" for name, item in zip(n, i, strict=True)) + "]"
        for n, i in zip(labels, items, strict=True)
    )
    return "[::\n" + ";\n".join(texts) + "]"


def labels_by_setting(elements: Iterable[Element]) -> list[list[str]]:
    """The labels of the elements, a list for each setting."""
    found: dict[tuple[int, ...], list[str]] = {}
    for a, x in elements:
        found.setdefault(x, []).append(label((a, x)))
    return list(found.values())


def effect_labels(scenario: Scenario, j: int) -> list[list[str]]:
    """The labels "a|x" of Alice j's own outcomes and settings."""
    return [[f"{a}|{x}" for a in range(o)] for x, o in enumerate(scenario.outcomes[j])]


def matrices(row: Row, labels: Sequence[Sequence[str]]) -> str:
    """Matrices [x][a]."""
    return rows([[matrix(m) for m in items] for items in row], labels)


def witness_rows(row: Sequence[Sequence[Witness]], labels: Sequence[Sequence[str]]) -> str:
    """Witnesses [x][a]."""
    return rows([[witness_text(w) for w in items] for items in row], labels)


def bobs_table(table: Table, scenario: Scenario) -> str:
    """Matrices [k][x][a]."""
    labels = labels_by_setting(scenario.elements())
    return listed(matrices(row, labels) for row in table)


def alices_table(table: Table, scenario: Scenario) -> str:
    """Matrices [j][x][b], b the outcomes of the Alices other than j."""
    return listed(
        matrices(row, labels_by_setting(scenario.marginals(j))) for j, row in enumerate(table)
    )


def comment(text: str) -> str:
    """The inside of a comment, wrapped; nothing in it ends the comment or opens a string."""
    safe = text.replace("(*", "( *").replace("*)", "* )").replace('"', "'")
    return "\n    ".join(textwrap.wrap(safe, 90))
