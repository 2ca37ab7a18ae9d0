"""The files of the corpus, and the rules of each claim."""

from __future__ import annotations

import json

from places import CORPUS
from two_checkers import MALFORMED

ACCEPT = sorted((CORPUS / "accept").glob("*.json"))
REJECT = sorted((CORPUS / "reject").glob("*.json"))
# The rules of each claim in certificates/FORMAT.md, and a file that is not of the described form.
BALL = {"hermitian", "A1", "A2", "A3", "name", MALFORMED}
INEQUALITY, PARENTS = {"balance", "positive"}, {"marginal", "signalling", "positive"}
MODEL = {"trace", "model", "reach", "positive"}
RULES = {
    "no parent states": BALL | INEQUALITY | {"value"},
    "parent states": BALL | PARENTS,
    "quantum realisation": BALL | {"state", "povm", "marginal", "reach", "positive"},
    "noise robustness": BALL | INEQUALITY | PARENTS | {"value", "lower"},
    "smallest eigenvalue": BALL | INEQUALITY | PARENTS | {"upper"},
    "quantum mixture": BALL | {"state", "povm"} | MODEL,
    "quantum bound": {"hermitian", "name", "squares", MALFORMED},
    "no quantum correlations": BALL | {"squares", "value"},
    "outside a level": BALL | {"squares", "value"},
    "LHS model": BALL | MODEL,
    "no LHS model": BALL | {"positive", "grid", "value"},
    "LHS noise robustness": BALL | {"grid", "value", "lower"} | MODEL,
    "nonlocal correlations": BALL | {"positive", "value"},
    "no product LHS model": BALL | {"positive", "value"},
    "product LHS model": BALL | {"positive", "model"},
}


def claim_of(path):
    """The claim that a file makes, as far as it can be read."""
    try:
        return json.loads(path.read_bytes())["statement"]["claim"]
    except (ValueError, TypeError, KeyError):
        return None
