"""Hypothesis strategies for exact steering objects; needs the extra ``exactsteer[test]``.

Every object is exact (over Q(i)) and valid by construction, so nothing is filtered, and numbers
stay small, so that examples are quick and shrink to something readable. A property of all quantum
assemblages of a scenario is tested like this::

    from hypothesis import given

    from exactsteer import Scenario
    from exactsteer.testing import quantum_assemblages

    T = Scenario(outcomes=((2, 3),), dimensions=(2, 3))

    @given(quantum_assemblages(T))
    def test_quantum_assemblages_obey_my_inequality(sigma):
        assert my_inequality.value(sigma) >= 0

From small to large: `integer_matrices`, `hermitians`, `unitaries`, `weights`, `states`, `povms`;
`scenarios`, `correlations`; `realisations` (Definition 3), `quantum_assemblages`, `assemblages`
(all kinds) and `postquantum_assemblages` (provably without parent states).
"""

from exactsteer.testing.matrices import (
    hermitians,
    integer_matrices,
    povms,
    states,
    unitaries,
    weights,
)
from exactsteer.testing.objects import (
    Limits,
    assemblages,
    correlations,
    quantum_assemblages,
    realisations,
    scenarios,
)
from exactsteer.testing.postquantum import embedded, postquantum_assemblages, postquantum_places

__all__ = [
    "Limits",
    "assemblages",
    "correlations",
    "embedded",
    "hermitians",
    "integer_matrices",
    "postquantum_assemblages",
    "postquantum_places",
    "povms",
    "quantum_assemblages",
    "realisations",
    "scenarios",
    "states",
    "unitaries",
    "weights",
]
