"""exactsteer: exact, re-checkable proofs about quantum steering.

The public names are loaded when they are first used, so that ``import exactsteer`` and the checker
stay light.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exactsteer.against import check_against as check_against
    from exactsteer.errors import ExactsteerError as ExactsteerError
    from exactsteer.errors import GivesUp as GivesUp
    from exactsteer.errors import InputError as InputError
    from exactsteer.errors import Malformed as Malformed
    from exactsteer.errors import NotAnAssemblage as NotAnAssemblage
    from exactsteer.errors import Rejected as Rejected
    from exactsteer.errors import SolverFailed as SolverFailed
    from exactsteer.errors import Undecided as Undecided
    from exactsteer.kernel.assemblage import Assemblage as Assemblage
    from exactsteer.kernel.budget import Budget as Budget
    from exactsteer.kernel.check import Theorem as Theorem
    from exactsteer.kernel.check import check as check
    from exactsteer.kernel.exact.hermitian import Hermitian as Hermitian
    from exactsteer.kernel.scenario import Scenario as Scenario

__version__ = "0.1.0"

_HOME = {
    "Assemblage": "exactsteer.kernel.assemblage",
    "Budget": "exactsteer.kernel.budget",
    "ExactsteerError": "exactsteer.errors",
    "GivesUp": "exactsteer.errors",
    "Hermitian": "exactsteer.kernel.exact.hermitian",
    "InputError": "exactsteer.errors",
    "Malformed": "exactsteer.errors",
    "NotAnAssemblage": "exactsteer.errors",
    "Rejected": "exactsteer.errors",
    "Scenario": "exactsteer.kernel.scenario",
    "SolverFailed": "exactsteer.errors",
    "Theorem": "exactsteer.kernel.check",
    "Undecided": "exactsteer.errors",
    "check": "exactsteer.kernel.check",
    "check_against": "exactsteer.against",
}

__all__ = list(_HOME)


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'exactsteer' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])


def _tell_notebooks() -> None:
    """Inside IPython, have assemblages, theorems and certificates shown as pages."""
    ipython = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    if shell is not None:
        from exactsteer.report.notebooks import register

        register(shell)


_tell_notebooks()
