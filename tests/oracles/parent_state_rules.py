"""The kernel's rules for parent states and their multipliers, as tests ask them."""

from __future__ import annotations

from collections.abc import Mapping

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage, Family
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.properties.parent_states import ParentStates, SteeringInequality
from exactsteer.kernel.rules import check_margins, check_multipliers, check_views
from exactsteer.kernel.scenario import Element


def check_equalities(sigma: Assemblage, joint: Family) -> None:
    """Raise Rejected unless (marginal) and (signalling) hold."""
    check_views(ParentStates(sigma.scenario), sigma, joint)


def check_parents(sigma: Assemblage, joint: Family, margin: fmpq) -> None:
    """Raise Rejected unless the S are parent states with S >= margin 1."""
    check_equalities(sigma, joint)
    check_margins(ParentStates(sigma.scenario), joint, lambda _: margin)


def check_inequality(inequality: SteeringInequality) -> None:
    """Raise Rejected unless I >= 0 is proved for all with parent states."""
    check_multipliers(ParentStates(inequality.scenario), inequality.multipliers())


def joint_matrices(inequality: SteeringInequality) -> Mapping[Element, Hermitian]:
    """The M_{a|x}."""
    return dict(inequality.joint_matrices())
