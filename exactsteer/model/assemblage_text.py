"""Writing assemblage files (data/README.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.errors import printable
from exactsteer.kernel.file.numbers import rational_text
from exactsteer.kernel.scenario import Element, Scenario, label
from exactsteer.model.printed import FORMAT, Printed, Square


def printed(
    assemblage: Assemblage, *, title: str = "", source: str = "", note: str = ""
) -> Printed:
    """An exact assemblage as the content of an assemblage file."""
    families = []
    for k in range(assemblage.scenario.N):
        family = {}
        for element, sigma in assemblage[k].items():
            n = range(sigma.n)
            family[element] = tuple(tuple(sigma.entry(i, j) for j in n) for i in n)
        families.append(family)
    return Printed(assemblage.scenario, tuple(families), True, title, source, note)


def assemblage_text(
    assemblage: Assemblage, *, title: str = "", source: str = "", note: str = ""
) -> str:
    """The text of an exact assemblage file."""
    return printed_text(printed(assemblage, title=title, source=source, note=note))


def printed_text(given: Printed) -> str:
    """The text of an assemblage file, exact or approximate, one matrix a line."""
    head = {
        "format": FORMAT,
        "title": given.title,
        "source": given.source,
        "note": given.note,
        "numbers": "exact" if given.exact else "approximate",
        "uncertainty": rational_text(given.uncertainty) if given.uncertainty else "",
    }
    lines = [
        # What cannot be seen, or not even be written as UTF-8, stays an escape.
        f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=printable(value) != value)}"
        for key, value in head.items()
        if value
    ]
    lines.append(f' "scenario": {json.dumps(_scenario_value(given.scenario))}')
    return "{\n" + ",\n".join([*lines, _families_text(given.families)]) + "\n}\n"


def _scenario_value(scenario: Scenario) -> dict[str, object]:
    return {
        "dimensions": list(scenario.dimensions),
        "outcomes": [list(row) for row in scenario.outcomes],
    }


def _families_text(families: Sequence[Mapping[Element, Square]]) -> str:
    blocks = []
    for family in families:
        rows = [
            f"   {json.dumps(label(element))}: {_square_text(square)}"
            for element, square in family.items()
        ]
        blocks.append("  {\n" + ",\n".join(rows) + "\n  }")
    return ' "sigma": [\n' + ",\n".join(blocks) + "\n ]"


def _square_text(square: Square) -> str:
    return json.dumps(
        [
            [
                rational_text(re) if im == 0 else [rational_text(re), rational_text(im)]
                for re, im in row
            ]
            for row in square
        ]
    )
