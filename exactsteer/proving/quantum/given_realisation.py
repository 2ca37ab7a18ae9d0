"""A realisation that is given: read from a file, and held against the scenario."""

from __future__ import annotations

import os

from exactsteer.errors import InputError, Malformed, Rejected
from exactsteer.kernel.file.quantum_evidence import parse_realisation
from exactsteer.kernel.file.strict_json import parse
from exactsteer.kernel.quantum.realisation import (
    Realisation,
    check_realisation,
)
from exactsteer.kernel.scenario import Scenario
from exactsteer.regular_file import read_bytes


def read_realisation(path: str | os.PathLike[str], scenario: Scenario) -> Realisation:
    """Read a file with the evidence of the claim "quantum realisation" (certificates/FORMAT.md).

    A proof file of that claim or of "quantum mixture" will do; the realisation is taken out of it.
    Raises Malformed, Rejected or OSError.
    """
    value, where = parse(read_bytes(path), "the file"), "the file"
    if isinstance(value, dict) and "statement" in value:
        value, where = value.get("evidence"), "evidence"
        if isinstance(value, dict) and "realisation" in value:
            value, where = value["realisation"], "evidence.realisation"
        if not isinstance(value, dict) or "M" not in value:
            raise Malformed(where, "a state and measurements", "the evidence of another claim")
    return parse_realisation(value, scenario, where)


def refuse_unfit(realisation: Realisation, scenario: Scenario) -> None:
    """Raise InputError for a realisation of another scenario, or one that breaks a rule."""
    if realisation.scenario != scenario:
        raise InputError(
            f"realisation: expected one of the scenario {scenario.sentence()}, got one of "
            f"{realisation.scenario.sentence()}"
        )
    try:
        check_realisation(realisation)
    except Rejected as error:
        where = error.where.removeprefix("evidence.")
        raise InputError(
            f"realisation, {where}: expected {error.expected}, got {error.got}"
        ) from None
