"""The text of a Coq file whose theorem is that of a proof file.

The text says what is claimed in literals (numbers of outcomes, dimensions, elements, radius), gives
the evidence, and instantiates a theorem of Verdicts.v or BigVerdicts.v. It ends by asking Coq to
print the theorems and what they rest on.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from exactsteer.errors import InputError
from exactsteer.formal.coq_text import (
    alices_table,
    bobs_table,
    comment,
    effect_labels,
    labels_by_setting,
    listed,
    matrices,
    matrix,
    naturals,
    number,
    witness_rows,
    witness_text,
)
from exactsteer.formal.literals import (
    Centre,
    Literals,
    Matrix,
    NoParentStates,
    ParentStates,
    QuantumRealisation,
    Row,
    entries,
)
from exactsteer.formal.witnesses import Witness, witness
from exactsteer.kernel.scenario import Element, without

# Above this many products of machine words the large form is generated (docs/formal_audit.md).
MAX_SMALL_WORK = 2 * 10**7


@dataclass(frozen=True)
class CoqFile:
    """A Coq file: its text, the theorems it proves, and whether it uses machine integers."""

    text: str
    theorems: tuple[str, ...]
    big: bool


def coq_file(data: Literals, big: bool | None = None) -> CoqFile:
    """Write the theorem of some literals for Coq.

    `big` forces (True) or forbids (False) Coq's machine integers for the largest part of the check,
    L diag(w) L^dagger of "no parent states"; by default the size decides. Raises InputError for an
    assemblage of more than 5000 outcomes or dimensions, which Coq's natural numbers cannot hold.
    """
    scenario = data.centre.scenario
    if max(max(map(max, scenario.outcomes)), scenario.joint_dimension) > 5000:
        raise InputError("the numbers of outcomes and dimensions must not be above 5000 for Coq")
    if isinstance(data, NoParentStates):
        return _no_parent_states(data, big)
    if isinstance(data, ParentStates):
        body, theorem = _parent_states(data), "parent_states_exist"
    else:
        body, theorem = _quantum_realisation(data), "centre_is_quantum"
    theorems = ("centre_is_assemblage", theorem)
    return CoqFile(_head(data.centre) + body + _questions(theorems), theorems, False)


def module_name(stem: str) -> str:
    """A name that Coq takes as the name of a file: letters, digits and underscores."""
    name = re.sub(r"[^A-Za-z0-9_]", "_", stem)
    return name if re.match(r"[A-Za-z]", name) else f"proof_{name}"


def joint_matrix(data: NoParentStates, element: Element) -> Matrix:
    """M_{a|x} = sum_k W^(k)_{a|x} (x) 1 + sum_j V^j_{a without a_j|x}."""
    scenario = data.centre.scenario
    dimensions, size = scenario.dimensions, scenario.joint_dimension
    M = [[(0, 0)] * size for _ in range(size)]

    def add(p: int, q: int, z: tuple[int, int]) -> None:
        M[p][q] = (M[p][q][0] + z[0], M[p][q][1] + z[1])

    x = list(scenario.settings()).index(element[1])
    a = list(scenario.answers(element[1])).index(element[0])
    for k, d in enumerate(dimensions):
        right = math.prod(dimensions[k + 1 :])
        W = data.W[k][x][a]
        for p in range(size):
            i = p // right % d
            for j in range(d):
                add(p, p + (j - i) * right, W[i][j])
    for j in range(scenario.n):
        b = [e[0] for e in scenario.marginals(j) if e[1] == element[1]]
        V = data.V[j][x][b.index(without(element, j)[0])]
        for p in range(size):
            for q in range(size):
                add(p, q, V[p][q])
    return M


_HEAD = """\
From Coq Require Import ZArith.
{bignums}From mathcomp Require Import all_ssreflect all_algebra.
From Exactsteer Require Import {modules}.
Import GRing.Theory Num.Theory.
Delimit Scope Z_scope with ZZ.
Open Scope Z_scope.

(** {sentence}

    {scope}

    Theorem {name}
    (the SHA-256 of the proof file's statement). The matrices of the proof file are integers over
    one denominator each; in each table below they stand over one denominator for all, their least
    common multiple. The comments are the proof file's names of the elements, a|x. *)

(** The claim: numbers of outcomes, dimensions, elements s[k][x][a] over the denominator [den]. *)
Definition outcome_numbers : seq (seq nat) := {outcomes}.
Definition dimensions : seq nat := {dimensions}.
Definition den : Z := {den}.
Definition s : table := {s}.
Definition T := scenario_of outcome_numbers dimensions.
Definition centre (C : numClosedFieldType) : elements C T := data C T den s.
{radius}
(** Evidence for (A1). *)
Definition positive_elements : seq witnesses := {witnesses}.

Theorem centre_is_assemblage (C : numClosedFieldType) : assemblage (centre C).
Proof.
refine (@literals_assemblage C outcome_numbers dimensions den s positive_elements _).
vm_cast_no_check (erefl true).
Qed.
"""

_BALL_SCOPE = "The last two theorems are about everything within the radius of the centre."
_CENTRE_SCOPE = "The theorems are about the centre itself, without the radius."

_RADIUS = """\
Definition radius (C : numClosedFieldType) : C := (int_of C {p} / int_of C {q})%R.
"""

_NO_PARENT_STATES = """
(** Evidence: multipliers W[k][x][a], V[j][x][b], all times one common positive integer, and a
    witness of positivity for every M_(a|x). *)
Definition W : table := {W}.
Definition V : table := {V}.
Definition positive_dual : {big}witnesses := {witnesses}.
Lemma checked : {big}check_dual outcome_numbers dimensions den {p} {q} s W V positive_dual.
Proof. vm_cast_no_check (erefl true). Qed.

Theorem not_parent_states (C : numClosedFieldType) (s' : elements C T) :
  ball (radius C) (centre C) s' -> ~ exists S, parent_states s' S.
Proof. exact: ({big}no_parent_states checked). Qed.

Theorem not_quantum (C : numClosedFieldType) (s' : elements C T) :
  ball (radius C) (centre C) s' -> ~ quantum s'.
Proof. exact: ({big}postquantum checked). Qed.
"""

_PARENT_STATES = """
(** Evidence: parent states S[x][a] over the denominator [den_S], and a witness of positivity for
    each. *)
Definition den_S : Z := {den}.
Definition S : parents := {S}.
Definition positive_parents : witnesses := {witnesses}.

Theorem parent_states_exist (C : numClosedFieldType) : exists S, parent_states (centre C) S.
Proof.
refine (@have_parent_states C outcome_numbers dimensions den s den_S S positive_parents _).
vm_cast_no_check (erefl true).
Qed.
"""

_REALISATION = """
(** Evidence: dimensions of the Alices, their and the Bobs' state rho over [den_rho], measurements
    M[j][x_j][a_j] over [den_M], and witnesses of positivity. *)
Definition alice_dimensions : seq nat := {systems}.
Definition den_rho : Z := {den_rho}.
Definition rho : matrix := {rho}.
Definition den_M : Z := {den_M}.
Definition M : table := {M}.
Definition positive_rho : witness := {witness}.
Definition positive_M : seq witnesses := {witnesses}.

Theorem centre_is_quantum (C : numClosedFieldType) : quantum (centre C).
Proof.
refine (@realised C outcome_numbers dimensions den s alice_dimensions rho M den_rho den_M
          positive_rho positive_M _).
vm_cast_no_check (erefl true).
Qed.
"""


def _head(centre: Centre, modules: str = "", ball: bool = False) -> str:
    """The claim's literals and (A1)-(A3); with the radius if the theorem is about the ball."""
    scenario = centre.scenario
    labels = labels_by_setting(scenario.elements())
    p, q = centre.radius
    return _HEAD.format(
        bignums="From Bignums Require Import BigZ.\n" if modules else "",
        modules="Claims Check Verdicts" + modules,
        sentence=comment(centre.sentence),
        scope=_BALL_SCOPE if ball else _CENTRE_SCOPE,
        name=centre.name,
        outcomes=listed(map(naturals, scenario.outcomes)),
        dimensions=naturals(scenario.dimensions),
        den=number(centre.den),
        s=bobs_table(centre.s, scenario),
        radius=_RADIUS.format(p=number(p), q=number(q)) if ball else "",
        witnesses=listed(witness_rows(_witnesses(row), labels) for row in centre.s),
    )


def _witnesses(row: Row) -> list[list[Witness]]:
    return [[witness(m) for m in items] for items in row]


def _no_parent_states(data: NoParentStates, big: bool | None) -> CoqFile:
    scenario = data.centre.scenario
    joint = [[joint_matrix(data, (a, x)) for a in scenario.answers(x)] for x in scenario.settings()]
    evidence = _witnesses(joint)
    if big is None:
        big = small_work(evidence) > MAX_SMALL_WORK
    p, q = data.centre.radius
    text = witness_rows(evidence, labels_by_setting(scenario.elements()))
    body = _NO_PARENT_STATES.format(
        W=bobs_table(data.W, scenario),
        V=alices_table(data.V, scenario),
        witnesses=f"({text})%bigZ" if big else text,
        p=number(p),
        q=number(q),
        big="big_" if big else "",
    )
    theorems = ("centre_is_assemblage", "not_parent_states", "not_quantum")
    head = _head(data.centre, " BigCheck BigVerdicts" if big else "", ball=True)
    return CoqFile(head + body + _questions(theorems, ball=True), theorems, big)


def small_work(evidence: Iterable[Iterable[Witness]]) -> int:
    """How many products of 64-bit words the products L diag(w) L^dagger take, roughly."""
    total = 0
    for row in evidence:
        for _, w, L in row:
            words = 1 + max((abs(n) for n in entries([L])), default=0).bit_length() // 64
            total += 4 * len(L) ** 2 * len(w) * words**2
    return total


def _parent_states(data: ParentStates) -> str:
    labels = labels_by_setting(data.centre.scenario.elements())
    return _PARENT_STATES.format(
        den=number(data.den),
        S=matrices(data.S, labels),
        witnesses=witness_rows(_witnesses(data.S), labels),
    )


def _quantum_realisation(data: QuantumRealisation) -> str:
    labels = [effect_labels(data.centre.scenario, j) for j in range(len(data.M))]
    povms = list(zip(data.M, labels, strict=True))
    return _REALISATION.format(
        systems=naturals(data.systems),
        den_rho=number(data.den_rho),
        rho=matrix(data.rho),
        den_M=number(data.den_M),
        M=listed(matrices(row, names) for row, names in povms),
        witness=witness_text(witness(data.rho)),
        witnesses=listed(witness_rows(_witnesses(row), names) for row, names in povms),
    )


def _questions(theorems: Sequence[str], ball: bool = False) -> str:
    """What Coq is asked to print at the end."""

    def lines() -> Iterator[str]:
        yield ""
        yield "(** What Coq is asked to say: the theorems, and what they rest on. *)"
        for name in ("outcome_numbers", "dimensions", *(["radius"] if ball else [])):
            yield f"Print {name}."
        for name in theorems:
            yield f"Check {name}."
        for name in theorems:
            yield f"Print Assumptions {name}."

    return "\n".join(lines()) + "\n"
