"""Forgeries of bounds prove something false to a checker with one mistake in the algebra of words.

Each mistake is made in the third evaluation (moment_oracle.py), which then finds nothing wrong with
the forgery that the corpus has for it, while the claim is false.
"""

from __future__ import annotations

import json

import moment_oracle
import numpy as np
import pytest
from explicit_behaviours import contradiction
from hierarchy_rules import failing_rules
from places import CORPUS

REJECT = CORPUS / "reject"
REDUCE, ELEMENT, SUMS = (
    moment_oracle.reduce_letters,
    moment_oracle.element_words,
    moment_oracle.class_sums,
)


def commuting(letters):
    """All letters commute, those of one Alice too."""
    return REDUCE(tuple(sorted(letters)))


def orthogonal(letters):
    """Projectors of one Alice are orthogonal, those of different settings too."""
    word = REDUCE(letters)
    # All letters here are projectors of one Alice.
    return word if word is None or len(word) < 2 else None


def idempotent(letters):
    """The square of an observable is the observable."""
    word = [letters[i] for i in range(len(letters)) if i == 0 or letters[i] != letters[i - 1]]
    return tuple(word) if word != list(letters) else REDUCE(letters)


def without_unit(outcomes, label):
    """The last of three outcomes is minus the others."""
    words = dict(ELEMENT(outcomes, label))
    if outcomes == [[3, 3]] and label.startswith("2"):
        del words[()]
    return words


def without_sign(outcomes, label):
    """The second of two outcomes is the first."""
    a, _, x = label.partition("|")
    return ELEMENT(outcomes, f"{a.replace('1', '0')}|{x}")


def star_is_zero(outcomes, label):
    """An outcome that is left out is the outcome 0."""
    constant = set(label.partition("|")[0]) <= {"*", ","}
    return ELEMENT(outcomes, label if constant else label.replace("*", "0"))


def one_of_two(words, factor, D):
    """A word and its adjoint count as one class of the sum that one of them has."""
    sums = SUMS(words, factor, D)
    return {m: block for m, block in sums.items() if m <= m[::-1]}


MISTAKES = [
    ("reduce_letters", commuting, "bound-by-letters-of-an-alice-that-commute"),
    ("reduce_letters", commuting, "correlations-of-letters-that-commute"),
    ("reduce_letters", orthogonal, "bound-by-projectors-of-two-settings"),
    ("reduce_letters", idempotent, "bound-by-an-observable-taken-for-a-projector"),
    ("element_words", without_unit, "bound-of-a-last-outcome-taken-for-zero"),
    ("element_words", without_sign, "bound-of-outcomes-that-are-not-told-apart"),
    ("element_words", star_is_zero, "bound-of-a-marginal-taken-for-an-element"),
    ("class_sums", one_of_two, "bound-with-a-class-and-not-its-adjoint"),
]


@pytest.mark.parametrize(("name", "mistake", "forgery"), MISTAKES)
def test_a_mistake_would_prove_what_is_false(monkeypatch, name, mistake, forgery):
    data = (REJECT / f"squares--{forgery}.json").read_bytes()
    assert failing_rules(data) == {"squares"}
    monkeypatch.setattr(moment_oracle, name, mistake)
    assert failing_rules(data) == set()
    assert contradiction(json.loads(data), np.random.default_rng(3)) is not None
