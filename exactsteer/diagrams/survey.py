"""The points of a diagram: the cases of a sweep, each with what its proof files prove."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from flint import fmpq

from exactsteer.against import check_against
from exactsteer.errors import ExactsteerError, InputError, Malformed, Rejected
from exactsteer.kernel.check import Theorem, check
from exactsteer.kernel.statements import Enclosure
from exactsteer.model.printed import Printed
from exactsteer.regular_file import read_bytes
from exactsteer.sweeping.families import FAMILIES, Grid
from exactsteer.sweeping.plan import Plan, read_plan
from exactsteer.sweeping.proofs import encloses, standing_of
from exactsteer.sweeping.rows import COLUMNS, FAILED
from exactsteer.sweeping.store import CSV, PROOFS
from exactsteer.telling import tell

NAME = "name"
"""What an axis shows when the cases have no parameters, as those of a folder."""
NOT_ASKED = "NO PROOF ASKED FOR"
"""A case that was only screened in floating point."""


@dataclass(frozen=True)
class Point:
    """One case: where it stands or, of a sweep that encloses a number, between what this lies."""

    name: str
    parameters: Mapping[str, str]
    standing: str = ""
    quantity: str = ""
    enclosure: tuple[Fraction, Fraction] | None = None
    """None when no enclosure was proved."""
    one_alice: bool = True


@dataclass(frozen=True)
class Survey:
    """A sweep, read from its folder, its proofs checked."""

    title: str
    """The family, or what else the cases were made from."""
    quantity: str
    """What was enclosed; empty for a sweep of verdicts."""
    points: tuple[Point, ...]
    left_out: int = 0
    """Cases that failed."""
    proofs: int = 0
    """Proof files that the kernel accepted."""
    abouts: Mapping[str, str] = field(default_factory=dict)
    """What the parameters mean."""
    defaults: Mapping[str, str] = field(default_factory=dict)
    """The values of parameters that the sweep does not mention."""


def survey(
    folder: Path,
    *,
    without_failed: bool = False,
    family: str | None = None,
) -> Survey:
    """Read the folder of a finished sweep and check its proofs.

    Of a sweep of a function of one's own, "module:function", the cases are made again by that
    function; it is called only if it is the `family` named here too. Raises InputError when it is
    no such folder, is not finished, or has failed cases and `without_failed` is not set; Rejected
    for a proof file that does not prove what its row needs.
    """
    plan = read_plan(folder, family)
    table, total = _table(folder, plan), len(plan.source)
    missing = sum(index not in table for index in range(total))
    if missing:
        raise InputError(
            f"{folder}: the sweep is not finished, {missing} of {total} cases are missing; go on "
            f"with: {plan.command(folder)}"
        )
    failed = [row for row in table.values() if row["verdict"] == FAILED]
    if failed and not without_failed:
        raise InputError(
            f"{folder}: {len(failed)} of {total} cases failed, the first, "
            f"{failed[0]['name']}, because {failed[0]['reason']!r}; draw the others with "
            "--without-failed, or sweep other cases"
        )
    points, proofs = [], 0
    for index in range(total):
        row = table[index]
        tell(f"checking the proofs of case {index + 1} of {total}")
        if row["verdict"] != FAILED:
            theorems = _theorems(folder, plan, index, row)
            points.append(_point(plan, index, row, theorems))
            proofs += len(theorems)
    known = FAMILIES.get(plan.source.family) if isinstance(plan.source, Grid) else None
    parameters = {} if known is None else known.parameters
    given = plan.source.label(0).parameters
    return Survey(
        title=_title(plan),
        quantity=plan.options.quantity,
        points=tuple(points),
        left_out=len(failed),
        proofs=proofs,
        abouts={name: parameter.about for name, parameter in parameters.items()},
        defaults={
            name: parameter.default
            for name, parameter in parameters.items()
            if parameter.default is not None and name not in given
        },
    )


def _title(plan: Plan) -> str:
    described = plan.source.describe()
    return str(next(described[key] for key in ("family", "folder", "batch") if key in described))


def _table(folder: Path, plan: Plan) -> dict[int, dict[str, str]]:
    path = folder / CSV
    if not path.is_file():
        raise InputError(
            f"{folder}: there is no table {CSV} in it; go on with the sweep, which writes it: "
            f"{plan.command(folder)}"
        )
    try:
        with open(path, encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream, restval="")
            lacking = {"index", NAME, *COLUMNS} - set(reader.fieldnames or ())
            if not lacking:
                return {int(row["index"]): row for row in reader}
    except (ValueError, csv.Error) as error:
        raise InputError(f"{path}: not the table of a sweep ({error})") from None
    raise InputError(
        f"{path}: expected the columns of a sweep, and {sorted(lacking)[0]!r} is missing; "
        f"the sweep writes the table again: {plan.command(folder)}"
    )


def _theorems(folder: Path, plan: Plan, index: int, row: Mapping[str, str]) -> list[Theorem]:
    """What the proof files of a row prove about its assemblage; raise Rejected, Malformed."""
    names = [row[column] for column in ("proof", "classical_proof") if row[column]]
    given: Printed | None = None
    theorems = []
    for name in names:
        path = folder / PROOFS / name
        if path.name != name:
            raise InputError(f"{folder / CSV}: expected the name of a proof file, got {name!r}")
        if not path.is_file():
            raise InputError(
                f"{path}: the proof file is not there; the sweep makes it again: "
                f"{plan.command(folder)}"
            )
        try:
            theorem = check(read_bytes(path))
            given = given or _given(plan, index)
            check_against(theorem, given)
        except (Malformed, Rejected) as error:
            raise Rejected(
                "proof", str(path), f"a proof about the case {row[NAME]}", f"one where {error}"
            ) from None
        theorems.append(theorem)
    return theorems


def _given(plan: Plan, index: int) -> Printed:
    """The assemblage of a case, made again; raise InputError."""
    try:
        return plan.source.case(index).printed()
    except ExactsteerError as error:
        what = str(error)
    # A function of the user's own may raise anything.
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
    name = plan.source.label(index).name
    raise InputError(f"the assemblage of the case {name} cannot be made again: {what}")


def _point(plan: Plan, index: int, row: Mapping[str, str], theorems: list[Theorem]) -> Point:
    parameters = plan.source.label(index).parameters or {NAME: row[NAME]}
    one_alice = all(theorem.statement.scenario.n == 1 for theorem in theorems)
    quantity = plan.options.quantity
    if quantity:
        enclosure = None
        for theorem in theorems:
            statement = _of_quantity(quantity, theorem, row[NAME])
            enclosure = _fraction(statement.lower), _fraction(statement.upper)
        return Point(row[NAME], parameters, "", quantity, enclosure, one_alice)
    if not theorems and not row["verdict"]:
        return Point(row[NAME], parameters, NOT_ASKED)
    return Point(row[NAME], parameters, standing_of(theorems))


def _of_quantity(quantity: str, theorem: Theorem, name: str) -> Enclosure:
    """The theorem's statement if it encloses this quantity; raise Rejected otherwise."""
    statement = theorem.statement
    if encloses(quantity, theorem) and isinstance(statement, Enclosure):
        return statement
    raise Rejected("proof", name, f"an enclosure of {quantity}", theorem.sentence())


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))
