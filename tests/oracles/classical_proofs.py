"""Proofs about hidden states, and the same with one entry changed."""

import copy
import json
from fractions import Fraction
from functools import cache

from attacks import read, write
from classical_objects import given_as
from flint import fmpq
from hypothesis import strategies as st

from exactsteer.model.classical_examples import (
    joined,
    proposition_16_joint_states,
    steered_qubit,
)
from exactsteer.model.named import monogamy, monogamy_two_alices
from exactsteer.model.noise import TWO_QUBITS, mixture, white_noise
from exactsteer.proving.enclose import Quantity, enclose
from exactsteer.proving.hidden_states.decided import certify_lhs, certify_no_lhs
from exactsteer.proving.product_states.decided_product import (
    certify_no_product_lhs,
    certify_product_lhs,
)


@cache
def proof(name):
    if name == "model":
        centre = mixture(
            monogamy("ZX"), white_noise(monogamy("ZX").scenario), weight=Fraction(1, 2)
        )
        return json.loads(certify_lhs(given_as(centre)).data)
    if name == "inequality":
        return json.loads(certify_no_lhs(given_as(monogamy("ZX"))).data)
    if name == "inequality of two Alices":
        return json.loads(certify_no_lhs(given_as(monogamy_two_alices())).data)
    perfect = steered_qubit("ZX")
    quantity, width = Quantity.CLASSICAL_WHITE_NOISE, fmpq(1, 10**6)
    return json.loads(enclose(given_as(perfect), quantity, width).data)


def matrices(value, path=()):
    """The paths of all matrices inside."""
    if isinstance(value, dict):
        if "den" in value:
            yield path
        else:
            for key, item in value.items():
                yield from matrices(item, (*path, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from matrices(item, (*path, i))


@st.composite
def mutated(draw, name):
    """One entry of one matrix of the evidence changed, Hermitian as before."""
    out = copy.deepcopy(proof(name))
    path = draw(st.sampled_from(list(matrices(out["evidence"]))))
    parent = out["evidence"]
    for key in path[:-1]:
        parent = parent[key]
    value = parent[path[-1]]
    rows = read(value)
    i = draw(st.integers(0, len(rows) - 1))
    j = draw(st.integers(0, len(rows) - 1))
    size = max(1, *(abs(int(v)) for row in value["re"] for v in row))
    step = Fraction(draw(st.sampled_from([-1, 1])) * draw(st.sampled_from([1, size])))
    step /= int(value["den"])
    imaginary = i != j and draw(st.booleans())
    for r, c, sign in ((i, j, 1), (j, i, -1)) if i != j else ((i, i, 1),):
        a, b = rows[r][c]
        rows[r][c] = (a, b + sign * step) if imaginary else (a + step, b)
    parent[path[-1]] = write(rows)
    return out


PSI = joined(TWO_QUBITS, proposition_16_joint_states())
JOINT = PSI.scenario


def noisy(r):
    return mixture(PSI, white_noise(JOINT), weight=r)


@cache
def proved_witness():
    return json.loads(certify_no_product_lhs(given_as(noisy(Fraction(1, 4))), (2, 2)).data)


@cache
def proved_model():
    return json.loads(certify_product_lhs(given_as(noisy(Fraction(3, 4))), (2, 2)).data)
