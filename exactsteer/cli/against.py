"""What `check --against` compares the theorems with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from exactsteer.cli.common import read
from exactsteer.cli.noise import named_noise
from exactsteer.errors import InputError, NotAnAssemblage, Rejected

if TYPE_CHECKING:
    from exactsteer.kernel.assemblage import Assemblage
    from exactsteer.kernel.check import Theorem
    from exactsteer.model.functionals import NamedFunctional
    from exactsteer.model.printed import Printed


@dataclass(frozen=True)
class Given:
    """The INPUT of --against and the NOISE of --noise; the name is that of INPUT."""

    name: str
    input: Printed | NamedFunctional
    noise: Assemblage | None = None


def read_given(name: str, noise: str | None, layout: str) -> Given:
    """Read what is given; exact numbers have to be an assemblage."""
    from exactsteer.formats.functional import is_functional, read_functional
    from exactsteer.model.printed import exact_assemblage

    if is_functional(name):
        if noise is not None:
            raise InputError("--noise: expected an assemblage to go with, got a functional")
        return Given(name, read_functional(name))
    printed = read(name, layout)
    if printed.exact:
        try:
            exact_assemblage(printed)
        except NotAnAssemblage:
            from exactsteer.proving.repair import repair

            # It says by how much, for which it has floats.
            repair(printed)
    if noise is None:
        return Given(name, printed)
    return Given(name, printed, named_noise(noise, printed.scenario, layout, "--noise"))


def compared(theorem: Theorem, given: Given) -> tuple[str, dict[str, object]]:
    """What was compared, in words and for --json; raise Rejected where it differs."""
    from exactsteer.against import check_against, check_covers
    from exactsteer.kernel.statements import QuantumBound
    from exactsteer.model.printed import Printed

    if isinstance(given.input, Printed):
        agreement = check_against(theorem, given.input, given.noise)
        return agreement.sentence(given.noise is not None), agreement.value()
    if not isinstance(theorem.statement, QuantumBound):
        raise Rejected("against", "statement", "a bound of the functional", f"{theorem.claim!r}")
    check_covers(theorem.statement, given.input.functional, given.input.radius)
    return "against the input", {}
