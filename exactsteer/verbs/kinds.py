"""What the evidence of each claim is, once the kernel has read it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from exactsteer.kernel import theorems
from exactsteer.kernel.properties.hidden_states import HiddenStates
from exactsteer.kernel.properties.parent_states import SteeringInequality
from exactsteer.kernel.properties.product_states import Witness
from exactsteer.kernel.properties.views import Inequality
from exactsteer.kernel.quantum.functional import BellInequality, HierarchyInequality
from exactsteer.kernel.quantum.realisation import Realisation
from exactsteer.kernel.quantum.squares import SumOfSquares

KINDS: Mapping[str, type] = MappingProxyType(
    {
        theorems.NO_PARENT_STATES: SteeringInequality,
        theorems.PARENT_STATES: dict,
        theorems.QUANTUM_REALISATION: Realisation,
        theorems.QUANTUM_MIXTURE: theorems.Mixture,
        theorems.NOISE_ROBUSTNESS: theorems.TwoEnds,
        theorems.SMALLEST_EIGENVALUE: theorems.TwoEnds,
        theorems.LHS_MODEL: HiddenStates,
        theorems.NO_LHS_MODEL: Inequality,
        theorems.LHS_NOISE_ROBUSTNESS: theorems.TwoEnds,
        theorems.PRODUCT_LHS_MODEL: list,
        theorems.NO_PRODUCT_LHS_MODEL: Witness,
        theorems.NONLOCAL_CORRELATIONS: Inequality,
        theorems.QUANTUM_BOUND: SumOfSquares,
        theorems.NO_QUANTUM_CORRELATIONS: BellInequality,
        theorems.OUTSIDE_LEVEL: HierarchyInequality,
    }
)
