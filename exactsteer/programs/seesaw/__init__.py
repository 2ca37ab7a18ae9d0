"""The search for strongly postquantum assemblages by a see-saw (Examples 9 to 11).

`alternate` lowers lambda over a domain: the assemblages of a `Construction` (Proposition 8) or
`AllAssemblages` of a scenario.
"""

from __future__ import annotations

from exactsteer.programs.seesaw.alternate import (
    Run,
    alternate,
    lambda_of,
    solve_floats,
    white_noise_robustness,
)
from exactsteer.programs.seesaw.assemblages import AllAssemblages
from exactsteer.programs.seesaw.construction import Construction
from exactsteer.programs.seesaw.domain import Domain, Point, value_of
from exactsteer.programs.seesaw.symmetry import generators

__all__ = [
    "AllAssemblages",
    "Construction",
    "Domain",
    "Point",
    "Run",
    "alternate",
    "generators",
    "lambda_of",
    "solve_floats",
    "value_of",
    "white_noise_robustness",
]
