"""Every integer of a proof is changed: the checkers agree, and what they accept is right.

"Right" is decided by third_checker.py, which shares no code with either. Mutants get the name of
their changed statement, so that the hash alone does not refuse them, and once keep the old one.
The default suite takes one place in a few, others for each change; the slow one takes them all.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from itertools import islice

import pytest
from attacks import canonical, named
from hypothesis import given, settings
from hypothesis import strategies as st
from places import CORPUS, ROOT
from third_checker import failing_rules
from two_checkers import MALFORMED, VERIFIED, kernel_verdict, recheck_verdict

from exactsteer.model.printed import read_assemblage_file
from exactsteer.proving.parent_states.excluded import certify_no_parent_states
from exactsteer.proving.question import Question
from exactsteer.proving.rounding import Aim

ACCEPT = CORPUS / "accept"
EVERY = pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.slow)])

CHANGES = {
    "plus one": lambda n: n + 1,
    "minus one": lambda n: n - 1,
    "negated": lambda n: -n,
    "doubled": lambda n: 2 * n,
}


@pytest.fixture(scope="module")
def proof():
    """A proof with the smallest integers: there is hardly any room in it."""
    return example_9(Aim.INTEGERS)


@pytest.fixture(scope="module")
def roomy_proof():
    """A proof with large integers of which nothing but radius 0 is claimed."""
    proof = example_9(Aim.RADIUS)
    proof["statement"]["radius"] = "0"
    return named(proof)


def example_9(aim):
    printed = read_assemblage_file(ROOT / "data" / "ABB_1.json")
    return json.loads(certify_no_parent_states(Question(printed, aim=aim)).data)


def integers(value, path=()):
    """The places of all integers: (path of the string, index among the parts of "p/q")."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from integers(item, (*path, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from integers(item, (*path, i))
    elif all(part.lstrip("-").isdigit() for part in value.split("/")):
        for part in range(len(value.split("/"))):
            yield path, part


def places(proof):
    for key in ("statement", "evidence"):
        yield from integers(proof[key], (key,))


def change(proof, place, function):
    """Change one integer of the proof in place."""
    path, part = place
    holder = proof
    for step in path[:-1]:
        holder = holder[step]
    parts = holder[path[-1]].split("/")
    parts[part] = str(function(int(parts[part])))
    holder[path[-1]] = "/".join(parts)


def mirrored(place):
    """The place of the transposed entry of a matrix; the same place on the diagonal."""
    path, part = place
    return ((*path[:-2], path[-1], path[-2]), part) if is_entry(place) else place


def is_entry(place):
    return len(place[0]) > 3 and place[0][-3] in ("re", "im")


def assert_agreement(mutant):
    """Both checkers agree on accepting, and the third finds every accepted mutant right."""
    data = canonical(mutant).encode()
    verdicts = kernel_verdict(data), recheck_verdict(data)
    assert (verdicts[0] == VERIFIED) == (verdicts[1] == VERIFIED), verdicts
    if verdicts[0] == VERIFIED:
        assert failing_rules(data) == set()
    elif MALFORMED not in verdicts:
        # Both name a rule that does fail; among several they may choose differently.
        assert set(verdicts) <= failing_rules(data)
    return verdicts[0]


def test_the_third_checker_agrees_on_the_proof_itself(proof):
    assert assert_agreement(proof) == VERIFIED


def outcomes_of_single_changes(proof, name, every):
    outcomes = Counter()
    for place in islice(places(proof), list(CHANGES).index(name) % every, None, every):
        mutant = copy.deepcopy(proof)
        change(mutant, place, CHANGES[name])
        if mutant == proof:
            continue
        outcomes[assert_agreement(named(mutant))] += 1
        if place[0][0] == "statement":
            # The old name: refused even where the new statement would be true.
            assert kernel_verdict(canonical(mutant).encode()) != VERIFIED
            assert recheck_verdict(canonical(mutant).encode()) != VERIFIED
    return outcomes


@EVERY
@pytest.mark.parametrize("name", CHANGES)
def test_one_integer_changed(proof, name, every):
    outcomes = outcomes_of_single_changes(proof, name, every)
    assert sum(outcomes.values()) > 150 / every
    assert min(outcomes[rule] for rule in ("hermitian", "balance", "positive", "A2")) > 0


@EVERY
def test_one_integer_changed_where_there_is_room(roomy_proof, every):
    outcomes = Counter()
    for name in ("plus one", "minus one"):
        outcomes += outcomes_of_single_changes(roomy_proof, name, every)
    assert outcomes[VERIFIED] > 0


@pytest.mark.parametrize("name", ["plus one", "minus one", "negated"])
@pytest.mark.parametrize(
    ("which", "every"),
    [
        ("proof", 3),
        pytest.param("proof", 1, marks=pytest.mark.slow),
        pytest.param("roomy_proof", 1, marks=pytest.mark.slow),
    ],
)
def test_one_integer_and_its_mirror_image_changed(which, every, name, request):
    """Matrices stay Hermitian, so that the other rules decide."""
    proof = request.getfixturevalue(which)
    outcomes = Counter()
    upper = [p for p in places(proof) if is_entry(p) and p[0][-1] >= p[0][-2]]
    for place in upper[list(CHANGES).index(name) % every :: every]:
        path, _ = place
        mutant = copy.deepcopy(proof)
        change(mutant, place, CHANGES[name])
        if (mirror := mirrored(place)) != place:
            conjugate = path[-3] == "im" and name != "negated"
            other = {"plus one": "minus one", "minus one": "plus one"}[name] if conjugate else name
            change(mutant, mirror, CHANGES[other])
        if mutant != proof:
            outcomes[assert_agreement(named(mutant))] += 1
    assert outcomes["balance"] > 0
    assert outcomes["A2"] + outcomes["A3"] > 0
    if which == "roomy_proof" and name != "negated":
        assert outcomes[VERIFIED] > 0


SOURCES = {path.stem: json.loads(path.read_bytes()) for path in sorted(ACCEPT.glob("*.json"))}
SMALL = [
    name
    for name, source in SOURCES.items()
    if source["statement"]["claim"] == "no parent states" and "digits" not in name
]


@st.composite
def mutants(draw):
    """A proof of the corpus with up to three moves that keep its matrices Hermitian.

    A move adds a small number to an entry and its mirror image and, half of the time, takes it
    from the entry of another matrix of the same list: of V, so that balance holds, or of the
    centre, so that its sums or its traces stay.
    """
    mutant = copy.deepcopy(SOURCES[draw(st.sampled_from(SMALL))])
    for _ in range(draw(st.integers(1, 3))):
        entries = [place for place in places(mutant) if is_entry(place)]
        place = draw(st.sampled_from(entries))
        amount = draw(st.sampled_from([1, -1, 2, -2, 10]))
        _add(mutant, place, amount)
        others = [
            other
            for other in entries
            if other[0][:3] == place[0][:3]
            and other[0][3] != place[0][3]
            and other[0][-3:] == place[0][-3:]
        ]
        if others and draw(st.booleans()):
            _add(mutant, draw(st.sampled_from(others)), -amount)
    return named(mutant)


def _add(proof, place, amount):
    mirror = mirrored(place)
    antisymmetric = place[0][-3] == "im"
    change(proof, place, lambda n: n + amount)
    if mirror != place:
        change(proof, mirror, lambda n: n - amount if antisymmetric else n + amount)


@pytest.mark.slow
@settings(max_examples=300)
@given(mutants())
def test_several_integers_changed(mutant):
    assert_agreement(mutant)
