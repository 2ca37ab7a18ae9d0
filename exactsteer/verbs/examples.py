"""Exact assemblages to start from: the named ones, and whole families with a known threshold.

    import exactsteer as es

    es.examples.monogamy("ZX")
    es.examples.two_settings([Fraction(1, 3), Fraction(1, 2)], [Fraction(5, 8)] * 2)

Directions are given by the tangents of quarter angles, so that every entry is rational; the
thresholds of the families are proved in docs/theorems.md. Each function is loaded when first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exactsteer.model.angles import angles as angles
    from exactsteer.model.classical_examples import proposition_16 as proposition_16
    from exactsteer.model.correlations import hidden_pr_box as hidden_pr_box
    from exactsteer.model.named import breuer_hall_steering as breuer_hall_steering
    from exactsteer.model.named import breuer_hall_two_alices as breuer_hall_two_alices
    from exactsteer.model.named import ghz_two_alices as ghz_two_alices
    from exactsteer.model.named import monogamy as monogamy
    from exactsteer.model.named import monogamy_two_alices as monogamy_two_alices
    from exactsteer.model.named import parity as parity
    from exactsteer.model.named import pr_box as pr_box
    from exactsteer.model.named import transpose as transpose
    from exactsteer.model.theorem_families import relative_flips as relative_flips
    from exactsteer.model.theorem_families import three_settings as three_settings
    from exactsteer.model.theorem_families import two_noises as two_noises
    from exactsteer.model.theorem_families import two_settings as two_settings
    from exactsteer.model.theorem_families import unbiased_qubits as unbiased_qubits
    from exactsteer.model.theorem_families import w_type_transposed as w_type_transposed

_NAMES = {
    "angles": ("angles",),
    "classical_examples": ("proposition_16",),
    "correlations": ("hidden_pr_box",),
    "named": (
        "breuer_hall_steering",
        "breuer_hall_two_alices",
        "ghz_two_alices",
        "monogamy",
        "monogamy_two_alices",
        "parity",
        "pr_box",
        "transpose",
    ),
    "theorem_families": (
        "relative_flips",
        "three_settings",
        "two_noises",
        "two_settings",
        "unbiased_qubits",
        "w_type_transposed",
    ),
}
_HOME = {name: f"exactsteer.model.{home}" for home, names in _NAMES.items() for name in names}

__all__ = list(_HOME)


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(importlib.import_module(_HOME[name]), name)
    raise AttributeError(f"module 'exactsteer.verbs.examples' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(_HOME)
