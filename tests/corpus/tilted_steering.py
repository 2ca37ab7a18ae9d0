"""Steered qubits in tilted bases, and all about them that is exact.

For numbers c_0, c_1 and an Alice with two settings, Bob 1, with observables z and x, holds

    sigma_{a|0} = (1 + c_0 (-1)^a z)/4,     sigma_{a|1} = (1 + c_1 (-1)^a x)/4,

and Bob 2 the same with others. It has a local-hidden-state model just if c_0^2 + c_1^2 <= 1, then
with sigma_{a,b} = (1 + c_0 (-1)^a z + c_1 (-1)^b x)/8 for the strategy (a, b); and against one
there is

    F_{a|0} = 5/2 - 3 (-1)^a z,     F_{a|1} = 5/2 - 4 (-1)^a x,     I = 5 - 3 c_0 - 4 c_1,

for which the M_lambda are 5 +- 3 z +- 4 x, with the eigenvalues 0 and 10. All is complex.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attacks import Json
from exact_forms import Family, diagonal, plain, strategies, strategy_text, text, texts, unit
from tilted_parity import KEYS, TURN_1, TURN_2

ONE_ALICE = [[2, 2]]
Pair = tuple[Fraction | int, Fraction | int]
PLAIN_OBSERVABLES = (diagonal(1, -1), plain([[0, 1], [1, 0]]))
# z and x of each Bob.
OBSERVABLES = [[turn @ m @ turn.adjoint() for m in PLAIN_OBSERVABLES] for turn in (TURN_1, TURN_2)]
EVERY = [strategy_text(s) for s in strategies(ONE_ALICE)]
SPREAD = 1 + Fraction(14143, 10000)


def steered(c: Pair) -> list[Family]:
    """The assemblage."""
    return [
        {
            key: (unit(2) + z[int(key[2])].scaled(c[int(key[2])] * (-1) ** int(key[0]))).scaled(
                Fraction(1, 4)
            )
            for key in KEYS
        }
        for z in OBSERVABLES
    ]


def hidden(c: Pair, bases: Sequence[str] = ()) -> Json:
    """Its model."""
    return {
        "states": [
            {
                s: text(
                    (
                        unit(2)
                        + z.scaled(c[0] * (-1) ** int(s[0]))
                        + x.scaled(c[1] * (-1) ** int(s[2]))
                    ).scaled(Fraction(1, 8))
                )
                for s in EVERY
            }
            for z, x in OBSERVABLES
        ],
        "bases": list(bases),
    }


def along(length: Fraction | int) -> Pair:
    """c_0 and c_1 with the square root of the sum of squares given."""
    return Fraction(3, 5) * length, Fraction(4, 5) * length


def functionals(bobs: int = 1) -> list[Family]:
    """F for the first Bobs, 0 for the others; scaled to the same inequality for any number."""
    out = []
    for z in OBSERVABLES[:bobs]:
        terms = {
            key: unit(2, Fraction(5, 2 * bobs))
            - z[int(key[2])].scaled(Fraction((3, 4)[int(key[2])], bobs) * (-1) ** int(key[0]))
            for key in KEYS
        }
        out.append(terms)
    return [*out, *[dict.fromkeys(KEYS, unit(2, 0))] * (2 - bobs)]


def norm(families: Sequence[Family]) -> Fraction:
    """B."""
    return sum((m.box_norm() for family in families for m in family.values()), Fraction(0))


B = norm(functionals())


def restate(proof: Json, centre: Sequence[Family]) -> None:
    """Another centre."""
    proof["statement"]["centre"] = [texts(family) for family in centre]
