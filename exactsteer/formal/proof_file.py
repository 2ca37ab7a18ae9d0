"""The text of a Coq file that proves the theorem of a proof file on its very bytes.

It holds the bytes, and the canonical text of the statement; Coq runs `verify` on the bytes and
finds that text, and `verify_sound` says that the text holds. Nothing here is trusted: if the bytes
or the text were others, Coq would reject the file or prove something that reads differently.
"""

from __future__ import annotations

import re
import textwrap

from exactsteer.errors import InputError
from exactsteer.kernel.check import Theorem
from exactsteer.kernel.file.strict_json import canonical, mapping, parse

COVERED = frozenset(
    {
        "no parent states",
        "parent states",
        "quantum realisation",
        "noise robustness",
        "smallest eigenvalue",
        "LHS model",
        "no LHS model",
        "LHS noise robustness",
        "nonlocal correlations",
        "no product LHS model",
        "product LHS model",
        "quantum mixture",
        "quantum bound",
        "no quantum correlations",
        "outside a level",
    }
)
"""The claims that `verify` covers (verified/theories/Statement.v)."""

MAX_BYTES = 2**20
"""Of a proof file; Coq takes gigabytes for more, and the native checker a second."""

_PIECE = 2000
_TEXT = """\
From Exactsteer Require Import Given.
From Verified Require Import Json Verify.
From mathcomp Require Import all_ssreflect all_algebra.

(** {sentence}

    Theorem {name}
    (the SHA-256 of the text of the statement). *)

(** The bytes of the proof file. *)
Definition file : bytes := flatten [::
{file}
].

(** The text of its statement. *)
Definition text : bytes := flatten [::
{text}
].

Lemma checked : verify file = Some text.
Proof. by vm_cast_no_check (erefl (Some text)). Qed.

(** [states] (Verify.v): the text is that of one statement, and this statement holds (Meaning.v). *)
Theorem proved (C : numClosedFieldType) : states C text.
Proof. exact: verify_sound checked. Qed.

(** What Coq is asked to say: the theorem, and what it rests on. *)
Check proved.
Print Assumptions proved.
"""


def coq_file(theorem: Theorem, data: bytes) -> str:
    """Write the theorem of a proof file, whose bytes are given, for Coq.

    Raises InputError for a claim that `verify` does not cover, and for more than MAX_BYTES.
    """
    if theorem.claim not in COVERED:
        raise InputError(
            f"no verified checker for the claim {theorem.claim!r}; expected one of "
            + ", ".join(map(repr, sorted(COVERED)))
        )
    if len(data) > MAX_BYTES:
        raise InputError(
            f"expected a proof file of at most {MAX_BYTES} bytes, for Coq reads it byte by byte, "
            f"got {len(data)}; the native checker of verified/README.md reads larger ones"
        )
    statement = mapping(parse(data, "file"), "file")["statement"]
    return _TEXT.format(
        sentence=_comment(theorem.sentence()),
        name=theorem.name,
        file=_literals(data),
        text=_literals(canonical(statement).encode("ascii")),
    )


def module_name(stem: str) -> str:
    """A name that Coq takes as the name of a file: letters, digits and underscores."""
    name = re.sub(r"[^A-Za-z0-9_]", "_", stem)
    return name if re.match(r"[A-Za-z]", name) else f"proof_{name}"


def _literals(data: bytes) -> str:
    """Lists of bytes, separated by semicolons: texts in quotes, and other bytes one by one."""
    pieces = re.findall(rb"[\n -~]{1,%d}|[^\n -~]{1,%d}" % (_PIECE, _PIECE), data)
    return ";\n".join(map(_literal, pieces))


def _literal(piece: bytes) -> str:
    if re.match(rb"[\n -~]", piece):
        return 'given "' + piece.decode("ascii").replace('"', '""') + '"'
    return "[:: " + "; ".join(f"Byte.x{byte:02x}" for byte in piece) + "]"


def _comment(text: str) -> str:
    """The inside of a comment, wrapped; nothing in it ends the comment or opens a string."""
    safe = text.replace("(*", "( *").replace("*)", "* )").replace('"', "'")
    return "\n    ".join(textwrap.wrap(safe, 90))
