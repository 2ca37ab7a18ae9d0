"""exactsteer: exact, re-checkable proofs about quantum steering.

    import exactsteer as es

    proof = es.certify("ABB_1")
    print(proof)
    proof.save("abb_1.json")
    theorem = es.check("abb_1.json")

The public names are loaded when they are first used, so that ``import exactsteer`` and the checker
stay light. What is not among them may change from version to version.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exactsteer.errors import ExactsteerError as ExactsteerError
    from exactsteer.errors import GivesUp as GivesUp
    from exactsteer.errors import InputError as InputError
    from exactsteer.errors import Malformed as Malformed
    from exactsteer.errors import NotAnAssemblage as NotAnAssemblage
    from exactsteer.errors import Rejected as Rejected
    from exactsteer.errors import SolverFailed as SolverFailed
    from exactsteer.errors import Undecided as Undecided
    from exactsteer.formats.symbolic import from_entries as from_entries
    from exactsteer.kernel.assemblage import Assemblage as Assemblage
    from exactsteer.kernel.budget import Budget as Budget
    from exactsteer.kernel.check import Theorem as Theorem
    from exactsteer.kernel.exact.hermitian import Hermitian as Hermitian
    from exactsteer.kernel.properties.parent_states import SteeringInequality as SteeringInequality
    from exactsteer.kernel.quantum.realisation import Realisation as Realisation
    from exactsteer.kernel.scenario import Scenario as Scenario
    from exactsteer.proving.enclose import TooWide as TooWide
    from exactsteer.proving.quantum.bounds import NotExact as NotExact
    from exactsteer.verbs import examples as examples
    from exactsteer.verbs.checking import check as check
    from exactsteer.verbs.checking import check_against as check_against
    from exactsteer.verbs.checking import evidence as evidence
    from exactsteer.verbs.given import array as array
    from exactsteer.verbs.given import arrays as arrays
    from exactsteer.verbs.given import assemblage as assemblage
    from exactsteer.verbs.given import mixture as mixture
    from exactsteer.verbs.given import read as read
    from exactsteer.verbs.given import white_noise as white_noise
    from exactsteer.verbs.given import write as write
    from exactsteer.verbs.proving import bound as bound
    from exactsteer.verbs.proving import certify as certify
    from exactsteer.verbs.proving import classify as classify
    from exactsteer.verbs.proving import enclose as enclose
    from exactsteer.verbs.proving import repair as repair
    from exactsteer.verbs.sweeping import Grid as Grid
    from exactsteer.verbs.sweeping import search as search
    from exactsteer.verbs.sweeping import survey as survey
    from exactsteer.verbs.sweeping import sweep as sweep

__version__ = "0.1.0"

_HOME = {
    "Assemblage": "exactsteer.kernel.assemblage",
    "Budget": "exactsteer.kernel.budget",
    "ExactsteerError": "exactsteer.errors",
    "GivesUp": "exactsteer.errors",
    "Grid": "exactsteer.verbs.sweeping",
    "Hermitian": "exactsteer.kernel.exact.hermitian",
    "InputError": "exactsteer.errors",
    "Malformed": "exactsteer.errors",
    "NotAnAssemblage": "exactsteer.errors",
    "Realisation": "exactsteer.kernel.quantum.realisation",
    "Rejected": "exactsteer.errors",
    "Scenario": "exactsteer.kernel.scenario",
    "SolverFailed": "exactsteer.errors",
    "SteeringInequality": "exactsteer.kernel.properties.parent_states",
    "Theorem": "exactsteer.kernel.check",
    "NotExact": "exactsteer.proving.quantum.bounds",
    "TooWide": "exactsteer.proving.enclose",
    "Undecided": "exactsteer.errors",
    "array": "exactsteer.verbs.given",
    "arrays": "exactsteer.verbs.given",
    "assemblage": "exactsteer.verbs.given",
    "bound": "exactsteer.verbs.proving",
    "certify": "exactsteer.verbs.proving",
    "check": "exactsteer.verbs.checking",
    "check_against": "exactsteer.verbs.checking",
    "classify": "exactsteer.verbs.proving",
    "enclose": "exactsteer.verbs.proving",
    "examples": "exactsteer.verbs",
    "evidence": "exactsteer.verbs.checking",
    "from_entries": "exactsteer.formats.symbolic",
    "mixture": "exactsteer.verbs.given",
    "read": "exactsteer.verbs.given",
    "repair": "exactsteer.verbs.proving",
    "search": "exactsteer.verbs.sweeping",
    "survey": "exactsteer.verbs.sweeping",
    "sweep": "exactsteer.verbs.sweeping",
    "white_noise": "exactsteer.verbs.given",
    "write": "exactsteer.verbs.given",
}

__all__ = list(_HOME)


# Rooms with public names of their own.
_ROOMS = ("counts", "testing")


def _room(module: str) -> object:
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        from exactsteer.errors import not_installed

        if (said := not_installed(error)) is None:
            raise
        raise ModuleNotFoundError(said, name=error.name) from None


def __getattr__(name: str) -> object:
    if name in _ROOMS:
        return _room(f"exactsteer.{name}")
    if name in _HOME:
        return getattr(_room(_HOME[name]), name)
    raise AttributeError(f"module 'exactsteer' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME, *_ROOMS])


def _tell_notebooks() -> None:
    """Inside IPython, have assemblages, theorems and certificates shown as pages."""
    ipython = sys.modules.get("IPython")
    shell = None if ipython is None else ipython.get_ipython()
    if shell is not None:
        from exactsteer.report.notebooks import register

        register(shell)


_tell_notebooks()
