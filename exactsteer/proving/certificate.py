"""What every producer returns, and how long its stages took."""

from __future__ import annotations

import datetime
import functools
import os
import time
from dataclasses import dataclass, field
from importlib import metadata

from flint import fmpq

from exactsteer.errors import InputError
from exactsteer.kernel.check import Theorem
from exactsteer.kernel.statements import Enclosure
from exactsteer.programs.multipliers import SolverRun
from exactsteer.proved import Proved
from exactsteer.proving.repair import Repaired
from exactsteer.telling import tell


@dataclass
class Stages:
    """Measured wall time of each stage, in seconds, in order."""

    seconds: dict[str, float] = field(default_factory=dict)
    _started: float = 0.0
    _name: str = ""

    def enter(self, name: str) -> None:
        """Start a stage; the one before it ends."""
        self.leave()
        self._name, self._started = name, time.perf_counter()
        tell(name)

    def leave(self) -> None:
        """End the current stage."""
        if self._name:
            passed = time.perf_counter() - self._started
            self.seconds[self._name] = self.seconds.get(self._name, 0.0) + passed
            self._name = ""


@dataclass(frozen=True, repr=False)
class Certificate(Proved):
    """A proof file's bytes, and the theorem into which the kernel turned these very bytes."""

    data: bytes
    theorem: Theorem
    repaired: Repaired
    seconds: dict[str, float]
    lambda_float: float
    """The solver's optimum of the program's lambda or t, negative where the assemblage is outside
    the set; not part of the proof."""
    open: str = ""
    """What may be missing from what was asked, such as a larger radius; empty if nothing is."""

    def ends(self) -> tuple[fmpq, fmpq]:
        """The proved ends of an enclosure; TypeError for any other claim."""
        statement = self.theorem.statement
        if not isinstance(statement, Enclosure):
            raise TypeError(f"expected an enclosure, got {self.theorem.claim!r}")
        return statement.lower, statement.upper


def provenance(source: str, run: SolverRun, **more: str) -> dict[str, str]:
    """Where a proof file comes from; the checkers ignore it."""
    return origin(source, run.words(), **more)


def origin(source: str, solver: str, **more: str) -> dict[str, str]:
    """The same for a solver given in words."""
    return {
        "source": source,
        "made by": f"exactsteer {_version()}",
        "made at": _now().isoformat(timespec="seconds"),
        "solver": solver,
        **{key.replace("_", " "): text for key, text in more.items()},
    }


@functools.cache
def _version() -> str:
    """As it was installed; looking that up takes as long as a small proof's rounding."""
    return metadata.version("exactsteer")


def _now() -> datetime.datetime:
    """The time, or what SOURCE_DATE_EPOCH says, with which the same work gives the same bytes."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        return datetime.datetime.now(datetime.UTC)
    try:
        return datetime.datetime.fromtimestamp(int(given), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        raise InputError(
            f"SOURCE_DATE_EPOCH: expected seconds since 1970, such as 1767225600, got {given!r}; "
            "correct or unset it"
        ) from None
