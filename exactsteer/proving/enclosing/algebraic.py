"""Rational and algebraic numbers that fit a value of many digits: guesses, which prove nothing."""

from __future__ import annotations

from collections.abc import Sequence

from flint import arb, ctx, fmpq, fmpz, fmpz_mat

from exactsteer.kernel.file.numbers import rational_text
from exactsteer.proving.parent_states.on_boundary import simplest

MAX_DEGREE = 4


def what_was_tried(value: fmpq, digits: int) -> str:
    """Why no exact value was proved near one that is known to so many digits."""
    rational = simplest(value, digits)
    if rational is not None:
        return (
            f"the value seems to be {rational_text(rational)} (a guess, which proves nothing), but "
            "no optimal matrices with rational entries were found"
        )
    tried = f"no exact value was found: {_decimal(value)} is not near a short rational number"
    if guess := algebraic_guess(value, digits):
        return f"{tried}; a guess, which proves nothing: {guess}"
    return f"{tried}, nor a root of a short polynomial of degree up to {MAX_DEGREE}"


def algebraic_guess(value: fmpq, digits: int) -> str:
    """A polynomial of degree 2 to MAX_DEGREE with a root near the value; "" if none fits."""
    for degree in range(2, MAX_DEGREE + 1):
        if (found := _relation(value, degree, digits)) is not None:
            return f"the root of {_in_words(found)} near it"
    return ""


def _relation(value: fmpq, degree: int, digits: int) -> list[int] | None:
    """The coefficients of the smallest polynomial, if chance can be excluded."""
    scale = fmpz(10) ** digits
    lattice, power = fmpz_mat(degree + 1, degree + 2), fmpq(1)
    for i in range(degree + 1):
        lattice[i, i] = 1
        scaled = power * scale
        lattice[i, degree + 1] = (2 * scaled.p + scaled.q) // (2 * scaled.q)
        power = power * value
    shortest = lattice.lll()
    row = [shortest[0, i] for i in range(degree + 1)]
    largest = max(abs(c) for c in row)
    # A relation by chance has coefficients of about digits/(degree + 1) digits.
    if row[degree] == 0 or largest ** (degree + 1) * 10 ** (digits // 2) > scale:
        return None
    sign = 1 if row[degree] > 0 else -1
    return [sign * int(c) for c in row]


def _in_words(coefficients: Sequence[int]) -> str:
    terms = list[str]()
    for power, c in reversed(list(enumerate(coefficients))):
        x = "" if power == 0 else "x" if power == 1 else f"x^{power}"
        if c != 0:
            size = str(abs(c)) if abs(c) != 1 or not x else ""
            sign = ("-" if c < 0 else "") if not terms else (" - " if c < 0 else " + ")
            terms.append(f"{sign}{size}{x}")
    return "".join(terms)


def _decimal(value: fmpq) -> str:
    with ctx.workprec(256):
        return str(arb(value).str(12, radius=False))
