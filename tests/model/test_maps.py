"""Positive maps: proofs are accepted, what is not positive is refused, formulas agree."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer.errors import InputError
from exactsteer.kernel.exact.hermitian import Hermitian, kron
from exactsteer.kernel.exact.positivity import is_positive
from exactsteer.kernel.exact.rectangular import Rectangular
from exactsteer.model.gaussian import diagonal, hermitian, ket_bra, rectangular
from exactsteer.model.maps import (
    BreuerHall,
    Decomposition,
    LinearMap,
    breuer_hall,
    depolarising_map,
    identity_map,
    kraus_map,
    positive_map,
    transpose_map,
    unitary_map,
    weighted_sum,
)
from exactsteer.model.maps.linear_map import partial_transpose
from exactsteer.programs.arrays import to_array
from exactsteer.testing import hermitians, integer_matrices, states, unitaries

XY = np.kron([[0, 1], [1, 0]], [[0, -1j], [1j, 0]])


def dense(m: Rectangular):
    rows, columns = m.shape
    return np.array(
        [
            [complex(*(int(q.p) / int(q.q) for q in m.entry(i, j))) for j in range(columns)]
            for i in range(rows)
        ]
    )


def noise(d: int) -> LinearMap:
    """rho -> tr[rho] 1."""
    return LinearMap(d, d, Hermitian.identity(d * d))


def choi_map() -> LinearMap:
    """Choi's map on 3 x 3 matrices, positive and not decomposable."""
    rows = [[0] * 9 for _ in range(9)]
    for i in range(3):
        rows[4 * i][4 * i] += 1
        other = 3 * i + (i + 1) % 3
        rows[other][other] += 1
        for j in range(3):
            if i != j:
                rows[4 * i][4 * j] -= 1
    return LinearMap(3, 3, hermitian(rows))


@given(st.data())
def test_application_agrees_with_numpy_on_every_factor(data):
    d, e = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3))
    linear = LinearMap(d, e, data.draw(hermitians(d * e, max_denominator=3)))
    dims = [data.draw(st.integers(1, 2)), d, data.draw(st.integers(1, 2))]
    rho = data.draw(hermitians(dims[0] * d * dims[2]))
    choi = to_array(linear.choi).reshape(d, e, d, e)
    tensor = to_array(rho).reshape(*dims, *dims)
    expected = np.einsum("aibcjd,ipjq->apbcqd", tensor, choi)
    size = dims[0] * e * dims[2]
    assert np.allclose(to_array(linear.apply(rho, dims, 1)), expected.reshape(size, size))
    if dims[0] == dims[2] == 1:
        assert linear(rho) == linear.apply(rho, dims, 1)


@given(st.data())
def test_adjoint_and_composition(data):
    d, e = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3))
    first = LinearMap(d, e, data.draw(hermitians(d * e)))
    second = LinearMap(e, d, data.draw(hermitians(d * e)))
    a, b = data.draw(hermitians(e)), data.draw(hermitians(d))
    assert a.inner(first(b)) == first.adjoint()(a).inner(b)
    assert second.after(first)(b) == second(first(b))
    assert (first + second.adjoint())(b) == first(b) + second.adjoint()(b)
    assert first.scaled(fmpq(2, 3))(b) == first(b).scaled(fmpq(2, 3))


@given(st.data())
def test_partial_transpose(data):
    a, b = data.draw(hermitians(2)), data.draw(hermitians(3))
    flipped = partial_transpose(kron(a, b), 2, 3)
    assert flipped == kron(a, transpose_map(3)(b))
    assert partial_transpose(flipped, 2, 3) == kron(a, b)


@given(st.data())
def test_kraus_maps(data):
    d, e = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 3))
    operators = [data.draw(integer_matrices(e, d)) for _ in range(data.draw(st.integers(1, 3)))]
    channel = kraus_map(operators)
    rho = data.draw(hermitians(d))
    expected = sum(dense(k) @ to_array(rho) @ dense(k).conj().T for k in operators)
    assert np.allclose(to_array(channel(rho)), expected)
    assert channel.map.choi == channel.proof.P
    gram = sum(dense(k).conj().T @ dense(k) for k in operators)
    assert channel.map.preserves_trace() == np.allclose(gram, np.eye(d))


@given(st.data())
def test_named_maps(data):
    d = data.draw(st.integers(1, 3))
    rho = data.draw(hermitians(d))
    assert identity_map(d)(rho) == rho
    assert np.allclose(to_array(transpose_map(d)(rho)), to_array(rho).T)
    u = data.draw(unitaries(d))
    assert np.allclose(to_array(unitary_map(u)(rho)), dense(u) @ to_array(rho) @ dense(u).conj().T)
    half = depolarising_map(d, Fraction(1, 2))(rho)
    assert half == (rho + Hermitian.identity(d).scaled(rho.trace() * fmpq(1, d))).scaled(fmpq(1, 2))
    for m in (identity_map(d), transpose_map(d), unitary_map(u), depolarising_map(d, 1)):
        assert m.map.preserves_trace()


@given(st.data())
def test_eq_19_agrees_with_the_formula(data):
    rho = data.draw(hermitians(4))
    r = to_array(rho)
    expected = (np.trace(r) * np.eye(4) - r - XY @ r.T @ XY.conj().T) / 2
    assert np.allclose(to_array(breuer_hall()(rho)), expected)
    assert breuer_hall().map.preserves_trace()


@given(states(4, rank=1))
@settings(max_examples=30)
def test_eq_19_is_positive_on_pure_states(rho):
    assert is_positive(breuer_hall()(rho))


@given(st.data())
@settings(max_examples=20)
def test_eq_19_with_other_antisymmetric_matrices(data):
    """V (X (x) Y) V^T with V unitary is antisymmetric and unitary again."""
    v = data.draw(unitaries(4))
    u = v @ rectangular([[(int(z.real), int(z.imag)) for z in row] for row in XY]) @ v.transpose()
    m = breuer_hall(u)
    assert m.map.preserves_trace()
    rho = data.draw(states(4, rank=1))
    assert is_positive(m(rho))
    assert not is_positive(m.map.choi)
    # half of U is a contraction: positive, but the trace is not preserved
    smaller = breuer_hall(u @ Hermitian.identity(4).scaled(fmpq(1, 2)))
    assert not smaller.map.preserves_trace()
    assert is_positive(smaller(rho))


def test_eq_19_in_dimension_6():
    """A direct sum of three antisymmetric 2 x 2 blocks; normalised by 1/(d - 2)."""
    u = [[0] * 6 for _ in range(6)]
    for b in range(3):
        u[2 * b][2 * b + 1], u[2 * b + 1][2 * b] = 1, -1
    assert breuer_hall(u).map.preserves_trace()
    assert breuer_hall(u).proof.breuer_hall[0].weight == fmpq(1, 4)


@given(st.data())
@settings(max_examples=30)
def test_decompositions_that_are_given(data):
    d, e = data.draw(st.integers(1, 2)), data.draw(st.integers(1, 3))
    p, q = data.draw(states(d * e)), data.draw(states(d * e))
    linear = LinearMap(d, e, p + partial_transpose(q, d, e))
    proved = positive_map(linear, Decomposition(P=p, Q=q))
    assert is_positive(proved(data.draw(states(d))))
    assert proved.sentence().startswith("positive: the sum of parts")
    wrong = p + diagonal([1] * (d * e))
    with pytest.raises(InputError, match="do not add up"):
        positive_map(linear, Decomposition(P=wrong, Q=q))


def test_sums_of_positive_maps():
    third = fmpq(1, 3)
    m = weighted_sum([breuer_hall(), transpose_map(4), identity_map(4)], [third, third, third])
    assert m.map.preserves_trace()
    rho = ket_bra([1, (0, 2), 0, -1])
    assert m(rho) == (breuer_hall()(rho) + transpose_map(4)(rho) + identity_map(4)(rho)).scaled(
        third
    )
    assert "Eq. (19)" in m.sentence()


ANTISYMMETRIC = rectangular([[0, 1, 0], [-1, 0, 0], [0, 0, 0]])
BAD = {
    "Choi's size": (lambda: LinearMap(2, 2, Hermitian.identity(3)), r"size 2 \* 2, got 3"),
    "no Kraus operator": (lambda: kraus_map([]), "at least one"),
    "Kraus shapes": (lambda: kraus_map([[[1, 0]], [[1], [0]]]), "Kraus operator 1"),
    "U not antisymmetric": (
        lambda: breuer_hall(Hermitian.identity(4)),
        "antisymmetric",
    ),
    "U symmetric off the diagonal": (
        lambda: breuer_hall([[0, 1, 0], [1, 0, 0], [0, 0, 0]]),
        "antisymmetric",
    ),
    "U too large": (lambda: breuer_hall([[0, 2, 0], [-2, 0, 0], [0, 0, 0]]), "larger norm"),
    "U rectangular": (lambda: breuer_hall([[0, 1, 0]]), "square"),
    "U in dimension 2": (lambda: breuer_hall([[0, 1], [-1, 0]]), "dimension 3 or more"),
    "weight": (lambda: breuer_hall(ANTISYMMETRIC, -1), "none below 0"),
    "U of another size": (
        lambda: positive_map(
            noise(2), Decomposition(breuer_hall=(BreuerHall(fmpq(1), ANTISYMMETRIC),))
        ),
        "2 x 2 matrix",
    ),
    "P not positive": (
        lambda: positive_map(identity_map(1).map, Decomposition(P=diagonal([-1]), Q=diagonal([2]))),
        "P: expected a positive",
    ),
    "Q of another size": (
        lambda: positive_map(identity_map(2).map, Decomposition(Q=diagonal([1]))),
        "Q: expected a matrix of size 4",
    ),
    "neither": (lambda: positive_map(choi_map()), "neither completely positive"),
    "depolarising": (lambda: depolarising_map(2, 2), "between 0 and 1"),
    "weights": (lambda: weighted_sum([identity_map(2)], [-1]), "not negative"),
    "no maps": (lambda: weighted_sum([], []), "at least one map"),
    "dimensions": (lambda: identity_map(2).map + identity_map(3).map, "cannot be added"),
    "argument": (lambda: identity_map(2)(diagonal([1, 1, 1])), "dimension 2"),
    "factor": (lambda: partial_transpose(diagonal([1, 1, 1]), 2, 2), r"size 2 \* 2"),
}


@pytest.mark.parametrize("name", BAD)
def test_refusals(name):
    make, sentence = BAD[name]
    with pytest.raises(InputError, match=sentence):
        make()
