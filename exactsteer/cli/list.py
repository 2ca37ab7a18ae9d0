"""``exactsteer list``: everything that has a name."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

import click

from exactsteer.cli.common import sentences
from exactsteer.cli.options import examples, json_option
from exactsteer.cli.printing import say, show_json
from exactsteer.kernel import theorems

EPILOG = examples("list", "list claims --json")

CLAIM_WORDS = MappingProxyType(
    {
        theorems.NO_PARENT_STATES: "no parent states, hence postquantum: a steering inequality",
        theorems.NO_QUANTUM_CORRELATIONS: "p(a|x) is not quantum, hence postquantum",
        theorems.OUTSIDE_LEVEL: "outside a set Q^k of the moment hierarchy, hence postquantum",
        theorems.PARENT_STATES: "parent states; with one Alice hence quantum",
        theorems.QUANTUM_REALISATION: "a state and measurements, hence quantum",
        theorems.LHS_MODEL: "a local-hidden-state model, hence classical",
        theorems.NO_LHS_MODEL: "no local-hidden-state model, hence nonclassical",
        theorems.NONLOCAL_CORRELATIONS: "p(a|x) has no local hidden variables",
        theorems.PRODUCT_LHS_MODEL: "a local-hidden-state model with product states, Eq. (30)",
        theorems.NO_PRODUCT_LHS_MODEL: "no such model",
    }
)
"""The claims that `certify --claim` may ask for, in words."""

OTHER_CLAIMS = MappingProxyType(
    {
        theorems.QUANTUM_MIXTURE: "a mixture of a realisation and such a model (certify)",
        theorems.NOISE_ROBUSTNESS: "bounds of the noise that gives parent states (enclose)",
        theorems.LHS_NOISE_ROBUSTNESS: "bounds of the noise that makes it classical (enclose)",
        theorems.SMALLEST_EIGENVALUE: "bounds of Appendix B's lambda (enclose)",
        theorems.QUANTUM_BOUND: "an upper bound of a functional over quantum behaviours (bound)",
    }
)
"""The claims that other questions end with, in words."""

Rows = list[dict[str, object]]


def _assemblages() -> Rows:
    from exactsteer.formats.shipped import heading, shipped_names

    rows: Rows = []
    for name in shipped_names():
        title, scenario = heading(name)
        rows.append({"name": name, "title": title, "scenario": scenario.sentence()})
    return rows


def _functionals() -> Rows:
    from exactsteer.formats.functional import read_functional
    from exactsteer.formats.shipped import functional_names

    rows: Rows = []
    for name in functional_names():
        given = read_functional(name)
        scenario = given.functional.scenario.sentence()
        rows.append({"name": name, "title": given.title, "scenario": scenario})
    return rows


def _claims() -> Rows:
    return [{"name": name, "title": words} for name, words in (CLAIM_WORDS | OTHER_CLAIMS).items()]


def _constructions() -> Rows:
    from exactsteer.searching.named import NAMED

    return [{"name": name, "title": known.words} for name, known in NAMED.items()]


def _families() -> Rows:
    from exactsteer.sweeping.families import FAMILIES

    return [
        {"name": name, "title": f"parameters {', '.join(family.parameters)}"}
        for name, family in FAMILIES.items()
    ]


KINDS: dict[str, Callable[[], Rows]] = {
    "assemblages": _assemblages,
    "functionals": _functionals,
    "claims": _claims,
    "constructions": _constructions,
    "families": _families,
}
LIGHT = ("assemblages", "functionals", "claims")


@click.command("list", epilog=EPILOG)
@click.argument("kind", required=False, type=click.Choice(list(KINDS)))
@json_option
def list_command(kind: str | None, as_json: bool) -> None:
    """List what has a name: assemblages, functionals, claims; constructions and families.

    Without a KIND the first three. certify takes the assemblages and claims, bound the functionals,
    search the constructions, sweep the families.
    """
    with sentences("list", {} if as_json else None):
        found = {name: KINDS[name]() for name in ((kind,) if kind else LIGHT)}
    if as_json:
        show_json({"verdict": "listed", **found})
        return
    for name, rows in found.items():
        say(f"{name}:")
        width = max(len(str(row["name"])) for row in rows)
        for row in rows:
            say(f"  {str(row['name']).ljust(width)}  {row['title']}".rstrip())
