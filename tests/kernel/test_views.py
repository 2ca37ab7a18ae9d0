"""What is seen of a block, and its adjoint; the same for all views of a property at once."""

from __future__ import annotations

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from exactsteer.kernel.errors import Rejected
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.hidden_states import HiddenStates, JointHiddenStates
from exactsteer.kernel.properties.parent_states import ParentStates
from exactsteer.kernel.properties.strategies import strategies
from exactsteer.kernel.properties.views import (
    WHOLE,
    Group,
    Kind,
    Member,
    Property,
    Seen,
    Sigma,
    by_trace,
)
from exactsteer.kernel.rules import check_margins, check_multipliers, check_views
from exactsteer.kernel.scenario import Scenario
from exactsteer.testing import hermitians

FACTORS = (2, 1, 3)
KINDS = {
    "whole": (WHOLE, 6),
    **{f"kept {k}": (Seen(Kind.KEPT, FACTORS, (k,)), d) for k, d in enumerate(FACTORS)},
    "trace": (by_trace(6), 1),
    **{
        f"transposed {places}": (Seen(Kind.TRANSPOSED, FACTORS, places), 6)
        for places in ((0,), (2,), (0, 1), (0, 1, 2))
    },
}
SCENARIOS = {
    "unequal outcome numbers": Scenario(((2, 3),), (2, 2)),
    "two Alices, three Bobs": Scenario(((2, 1), (2, 2)), (2, 1, 2)),
    "one Bob": Scenario(((2, 2),), (2,)),
}


def test_every_kind_is_tested():
    assert {seen.kind for seen, _ in KINDS.values()} == set(Kind)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20)
@given(st.data())
def test_the_two_readings_are_adjoint(kind, data):
    seen, size = KINDS[kind]
    x, y = data.draw(hermitians(6)), data.draw(hermitians(size))
    assert seen.reduce(x).n == size
    assert y.inner(seen.reduce(x)) == seen.extend(y).inner(x)


def test_what_is_seen_of_a_product():
    a, b = Hermitian.of(1, [[1, 2], [2, 5]], [[0, 3], [-3, 0]]), Hermitian.of(2, [[7]])
    c = Hermitian.of(3, [[1, 0, 4], [0, 0, 0], [4, 0, 1]], [[0, 1, 0], [-1, 0, 0], [0, 0, 0]])
    assert Seen(Kind.KEPT, (2,), (0,)).reduce(a) == a
    assert by_trace(2).reduce(a) == Hermitian.of(1, [[6]])
    flipped = Seen(Kind.TRANSPOSED, (2,), (0,)).reduce(a)
    assert flipped == Hermitian.of(1, [[1, 2], [2, 5]], [[0, -3], [3, 0]])
    assert Seen(Kind.KEPT, (1, 3), (1,)).extend(c) == c
    assert by_trace(2).extend(b) == Hermitian.identity(2).scaled(fmpq(7, 2))


def some_hidden_states(scenario):
    listed = {s: Hermitian.zero(1) for s in list(strategies(scenario))[1::2]}
    return HiddenStates(scenario, (listed,) * scenario.N, ())


def joint_hidden_states(scenario):
    """With two transposes of one strategy, and one of another, if there are two Bobs."""
    first, *_, last = strategies(scenario)
    flips = {first: ((0,), (0, 1)), last: ((1,),)} if scenario.N > 1 else {first: ((0,),)}
    return JointHiddenStates(scenario, scenario.dimensions, flips)


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
@pytest.mark.parametrize("made", [ParentStates, some_hidden_states, joint_hidden_states])
@settings(max_examples=10)
@given(st.data())
def test_equation_1(made, scenario, data):
    """sum tr[M X] = sum tr[Y view(X)], and the shared sums are those of the definition."""
    p = made(scenario)
    blocks = {b: data.draw(hermitians(n, bound=2, max_denominator=3)) for b, n in p.blocks()}
    views = p.reduced(blocks)
    multipliers = {v: data.draw(hermitians(x.n, bound=2)) for v, x in views.items()}
    m = dict(p.extended(multipliers))
    assert sum(m[b].inner(x) for b, x in blocks.items()) == sum(
        y.inner(views[v]) for v, y in multipliers.items()
    )
    assert views == Property.reduced(p, blocks)
    assert m == dict(Property.extended(p, multipliers))


class Pair(Property[int]):
    """Two 2 x 2 blocks whose sum is the one element of the scenario, with equal traces."""

    rules = ("trace", "model")
    sigma_rule = "model"
    scenario = Scenario(((1,),), (2,))

    def blocks(self):
        yield from ((0, 2), (1, 2))

    def seen(self, block):
        yield Sigma(0, ((0,), (0,))), WHOLE
        yield Member(Group("trace", "both"), block), by_trace(2)


HALF = Hermitian.identity(2).scaled(fmpq(1, 2))
ONE, ZERO = Hermitian.identity(2), Hermitian.zero(2)


def refused(check, *arguments):
    with pytest.raises(Rejected) as caught:
        check(*arguments)
    return caught.value.rule


def test_the_rules_on_two_blocks():
    p, sigma = Pair(), [{((0,), (0,)): ONE}]
    check_views(p, sigma, {0: HALF, 1: HALF})
    assert refused(check_views, p, sigma, {0: ONE, 1: ONE}) == "model"
    assert refused(check_views, p, sigma, {0: ONE, 1: ZERO}) == "trace"
    check_margins(p, {0: HALF, 1: ONE}, lambda b: fmpq(1 + b, 2))
    assert refused(check_margins, p, {0: HALF, 1: ONE}, lambda b: fmpq(1, 1 + b)) == "positive"


def test_the_rules_on_the_multipliers_of_two_blocks():
    p = Pair()
    w, group = Sigma(0, ((0,), (0,))), Group("trace", "both")
    up, down = Hermitian.of(1, [[1]]), Hermitian.of(1, [[-1]])
    balanced = {w: ONE, Member(group, 0): up, Member(group, 1): down}
    check_multipliers(p, balanced)
    assert refused(check_multipliers, p, balanced | {Member(group, 1): up}) == "balance"
    assert refused(check_multipliers, p, balanced | {w: HALF}) == "positive"
    assert refused(check_multipliers, p, {Member(group, 1): up, w: ONE}) == "balance"
