"""The scenario T and the addresses of its elements."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactsteer.kernel.errors import Malformed
from exactsteer.kernel.scenario import Scenario, label, parse_label, without
from exactsteer.testing import scenarios

TWO_ALICES = Scenario(((2, 3), (2,)), (2, 3))


@given(scenarios())
def test_elements_are_counted_and_distinct(t):
    elements = list(t.elements())
    assert len(set(elements)) == len(elements) == math.prod(sum(row) for row in t.outcomes)
    for a, x in elements:
        assert all(0 <= o < t.outcomes[j][s] for j, (o, s) in enumerate(zip(a, x, strict=True)))
    assert [x for x in t.settings() for _ in t.answers(x)] == [x for _, x in elements]


@given(st.data())
def test_leaving_out_an_outcome_gives_the_index_of_v(data):
    t = data.draw(scenarios())
    j = data.draw(st.integers(0, t.n - 1))
    indices = list(t.marginals(j))
    assert len(set(indices)) == len(indices)
    assert {without(e, j) for e in t.elements()} == set(indices)
    assert all(a[j] == -1 for a, _ in indices)


@given(st.data())
def test_labels_round_trip(data):
    t = data.draw(scenarios())
    j = data.draw(st.integers(0, t.n - 1))
    for e in [*t.elements(), *t.marginals(j)]:
        assert parse_label(label(e), "here") == e


def test_labels_are_written_as_the_format_says():
    assert label(((0,), (1,))) == "0|1"
    assert label(((0, 1), (1, 0))) == "0,1|1,0"
    assert label(((0, -1), (1, 0))) == "0,*|1,0"


@pytest.mark.parametrize(
    "text",
    ["", "0", "|", "0|", "|0", "00|0", "0|01", "0||1", "0|*", "-1|0", "0 |1", "0|1\n", "\u0661|0"],
)
def test_what_is_no_label_is_refused(text):
    with pytest.raises(Malformed, match="an element such as"):
        parse_label(text, "here")


def test_numbers_of_a_scenario():
    t = TWO_ALICES
    assert (t.n, t.N, t.joint_dimension) == (2, 2, 6)
    assert t.sentence() == (
        "Alice 1 with 2 settings of outcome numbers 2, 3; Alice 2 with 1 setting of 2 outcomes; "
        "2 Bobs of dimensions 2, 3"
    )
    assert (
        Scenario(((1,),), (2,)).sentence()
        == "Alice with 1 setting of 1 outcome; Bob of dimension 2"
    )


@pytest.mark.parametrize(
    ("outcomes", "dimensions", "where"),
    [
        ((), (2,), "outcomes"),
        (((),), (2,), "outcomes[0]"),
        (((2,),), (), "dimensions"),
        (((2, 0),), (2,), "outcomes[0][1]"),
        (((2,), (-1,)), (2,), "outcomes[1][0]"),
        (((2,),), (2, 0), "dimensions[1]"),
        (((True,),), (2,), "outcomes[0][0]"),
        (((2,),), (2.0,), "dimensions[0]"),
        (((2,),), ("2",), "dimensions[0]"),
        (((2,),), (2, 129), "dimensions"),
        (((65537,),), (1,), "outcomes"),
        (((257,), (256,)), (1,), "outcomes"),
        (((257,),), (256,), "outcomes"),
    ],
)
def test_numbers_that_make_no_scenario_are_refused(outcomes, dimensions, where):
    with pytest.raises(Malformed, match=f"^{re.escape(where)}: expected"):
        Scenario(outcomes, dimensions)


@pytest.mark.parametrize(
    ("outcomes", "dimensions"),
    [(((2,),), (2, 128)), (((256,), (256,)), (1,)), (((256,),), (256,)), (((1,),), (1,))],
)
def test_the_limits_themselves_are_allowed(outcomes, dimensions):
    assert Scenario(outcomes, dimensions).outcomes == outcomes
