"""What a Coq proof file states, read by a tokeniser that shares nothing with the generator."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

TOKEN = re.compile(r"\s*(?:(\[::|\]|\(|\)|;|,)|(-?[0-9]+)(?:%N)?)")
Z = tuple[Fraction, Fraction]


def without_comments(text: str) -> str:
    """The text without its (possibly nested) comments."""
    out, depth, i = [], 0, 0
    while i < len(text):
        two = text[i : i + 2]
        if two == "(*":
            depth, i = depth + 1, i + 2
        elif two == "*)":
            assert depth
            depth, i = depth - 1, i + 2
        else:
            out.append(text[i] if not depth else "")
            i += 1
    assert depth == 0
    return "".join(out)


def definition(text: str, name: str) -> str:
    """What stands after := in the one definition of a name."""
    bodies = re.findall(
        rf"^Definition {name}\b[^=]*?:=(.*?)\.\s*$",
        without_comments(text),
        re.DOTALL | re.MULTILINE,
    )
    assert len(bodies) == 1, name
    return bodies[0]


def value(body: str) -> Any:
    """Nested lists, tuples and integers."""
    tokens: list[str | int] = []
    at, body = 0, body.strip()
    while at < len(body):
        match = TOKEN.match(body, at)
        assert match, body[at : at + 40]
        tokens.append(match.group(1) or int(match.group(2)))
        at = match.end()
    found, end = _parse(tokens, 0)
    assert end == len(tokens)
    return found


def _parse(tokens: list[str | int], at: int) -> tuple[Any, int]:
    head = tokens[at]
    if isinstance(head, int):
        return head, at + 1
    close, separator, make = {"[::": ("]", ";", list), "(": (")", ",", tuple)}[head]
    items = []
    at += 1
    while tokens[at] != close:
        if items:
            assert tokens[at] == separator
            at += 1
        item, at = _parse(tokens, at)
        items.append(item)
    return make(items), at + 1


def read(text: str, name: str) -> Any:
    """The value of a definition by literals."""
    return value(definition(text, name))


def numbers(m: list[list[tuple[int, int]]], den: int) -> list[list[Z]]:
    """A matrix of integers over a denominator, exactly."""
    return [[(Fraction(re, den), Fraction(im, den)) for re, im in row] for row in m]


def file_matrix(m: dict[str, Any]) -> list[list[Z]]:
    """A matrix of a proof file (certificates/FORMAT.md, section 2.4)."""
    den, re_ = int(m["den"]), m["re"]
    im = m.get("im") or [["0"] * len(row) for row in re_]
    return [
        [(Fraction(int(u), den), Fraction(int(v), den)) for u, v in zip(p, q, strict=True)]
        for p, q in zip(re_, im, strict=True)
    ]
