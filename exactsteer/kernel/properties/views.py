# SPDX-License-Identifier: MIT
"""Positive blocks whose views agree: the one notion behind what an assemblage may have.

An assemblage has a *property* if there are positive matrices X_b, its *blocks*, of which certain
*views* are what they have to be. A view is a sum of blocks, each as it is seen there: whole, kept
on one factor (by its trace, if that has dimension 1), or transposed on some factors. Some views
have to be the elements sigma^(k)_{a|x} of the assemblage; the others come in groups, and all views
of a group agree.

Multipliers are the other side of it: a Hermitian Y_v for a view v, zero where there is none. They
make of each block's M_b = sum of extend(Y_v) over all views v in which the block is seen, where
extend is the adjoint of the way it is seen, tr[Y reduce(X)] = tr[extend(Y) X]. Hence

    sum_b tr[M_b X_b] = sum_v tr[Y_v (view v of the X)]                                        (1)

for all blocks X and all multipliers Y, whether or not anything is positive or agrees.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Generic, NamedTuple, Protocol, TypeVar

from flint import fmpq

from exactsteer.kernel.assemblage import Family
from exactsteer.kernel.budget import foresee, tick
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Element, Scenario, label

# The row sums of a Hermitian d x d matrix whose entries have real and imaginary parts of at most
# delta are at most delta (1 + (d - 1) sqrt 2); this is above sqrt 2.
SQRT_2_ABOVE = fmpq(14143, 10000)


class Families(Protocol):
    """Matrices sigma^(k)_{a|x}, addressed as ``families[k][a, x]``: an assemblage, or a list."""

    def __getitem__(self, k: int, /) -> Family: ...


class Kind(Enum):
    """The ways in which a view sees a block."""

    WHOLE = "whole"
    KEPT = "kept"
    TRANSPOSED = "transposed"


@dataclass(frozen=True)
class Seen:
    """How a block is seen: `factors` are its dimensions as a tensor product.

    KEPT: the factor places[0], all others traced out. TRANSPOSED: transposed on the `places`.
    """

    kind: Kind
    factors: tuple[int, ...] = ()
    places: tuple[int, ...] = ()

    def reduce(self, x: Hermitian) -> Hermitian:
        """What is seen of the block."""
        if self.kind is Kind.WHOLE:
            return x
        if self.kind is Kind.KEPT:
            return x.partial_trace(self.factors, self.places[0])
        return x.partial_transpose(self.factors, self.places)

    def extend(self, y: Hermitian) -> Hermitian:
        """The adjoint: tr[Y reduce(X)] = tr[extend(Y) X] for all Hermitian X and Y."""
        if self.kind is Kind.WHOLE:
            return y
        if self.kind is Kind.KEPT:
            return y.lifted(self.factors, self.places[0])
        return y.partial_transpose(self.factors, self.places)


WHOLE = Seen(Kind.WHOLE)


def by_trace(d: int) -> Seen:
    """A block of d rows by its trace, the state of a factor of dimension 1."""
    return Seen(Kind.KEPT, (d, 1), (1,))


class Sigma(NamedTuple):
    """The view that has to be sigma^(k)_{a|x}."""

    k: int
    element: Element

    def __str__(self) -> str:
        return f"sigma^({self.k + 1})_{{{label(self.element)}}}"


class Group(NamedTuple):
    """Views that agree: which ones, and the rule that says so."""

    rule: str
    place: Hashable

    def __str__(self) -> str:
        return str(self.place)


class Member(NamedTuple):
    """One view of a group."""

    group: Group
    name: Hashable


View = Sigma | Member

B = TypeVar("B", bound=Hashable)
"""What names a block, also in messages."""


class Property(ABC, Generic[B]):
    """Blocks and the views in which they are seen: all that is believed about a property.

    `rules` are the names of what holds for the views, in the order in which it is checked: of each
    group, and, `sigma_rule`, that the views Sigma(k, (a, x)) are sigma^(k)_{a|x}.

    `blocks` and `seen` are the definition. Where strategies are many, a property adds up the same
    sums in a shorter way, and then it is that code that is believed: `HiddenStates.reduced`, whose
    blocks are checked and never multiplied, and `JointHiddenStates.extended`, whose blocks are
    multiplied and never checked. tests/kernel/test_views.py holds both against the definition.
    """

    rules: ClassVar[tuple[str, ...]]
    sigma_rule: ClassVar[str]
    scenario: Scenario

    @abstractmethod
    def blocks(self) -> Iterator[tuple[B, int]]:
        """The blocks, each with its number of rows."""

    @abstractmethod
    def seen(self, block: B) -> Iterator[tuple[View, Seen]]:
        """The views in which a block is seen, and how."""

    def reduced(self, blocks: Mapping[B, Hermitian]) -> dict[View, Hermitian]:
        """The views of the blocks, those without a block (zero) left out."""
        views: dict[View, Hermitian] = {}
        for block, _ in self.blocks():
            tick()
            for view, seen in self.seen(block):
                part = seen.reduce(blocks[block])
                views[view] = views[view] + part if view in views else part
                foresee(len(views) * views[view].size(), "the views of the blocks")
        return views

    def extended(self, multipliers: Mapping[View, Hermitian]) -> Iterator[tuple[B, Hermitian]]:
        """The blocks and their M_b."""
        for block, n in self.blocks():
            tick()
            views = [(v, seen) for v, seen in self.seen(block) if v in multipliers]
            parts = [seen.extend(multipliers[view]) for view, seen in views]
            yield block, sum(parts[1:], parts[0]) if parts else Hermitian.zero(n)


@dataclass(frozen=True)
class Inequality:
    """I(Sigma) = sum_{k,a,x} tr[W^(k)_{a|x} sigma^(k)_{a|x}]; `W[k][a, x]` is d_k x d_k."""

    scenario: Scenario
    W: tuple[Family, ...]

    def value(self, sigma: Families) -> fmpq:
        """I(Sigma)."""
        terms = (w.inner(sigma[k][e]) for k, family in enumerate(self.W) for e, w in family.items())
        return sum(terms, fmpq(0))

    def box_norm(self) -> fmpq:
        """sum_{k,a,x} |W^(k)_{a|x}|_box: how much I moves when every entry moves by one."""
        return sum((w.box_norm() for family in self.W for w in family.values()), fmpq(0))

    def multipliers(self) -> dict[View, Hermitian]:
        """The W as multipliers of the views that are sigma^(k)_{a|x}."""
        return {Sigma(k, e): w for k, family in enumerate(self.W) for e, w in family.items()}
