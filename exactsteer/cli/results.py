"""How a proof that was found is printed: in words, or as one JSON object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from exactsteer.cli.printing import on_terminal, say

if TYPE_CHECKING:
    from exactsteer.kernel.check import Theorem
    from exactsteer.model.printed import Printed
    from exactsteer.proving.certificate import Certificate
    from exactsteer.proving.nearest import Nearest


def theorem_value(theorem: Theorem) -> dict[str, object]:
    """What every --json says of a theorem; `lower` and `upper` where it states bounds.

    `verified_by` names what accepted it: the kernel, which made it, and whoever else did after.
    """
    from exactsteer.kernel.file.numbers import rational_text

    statement = theorem.statement
    value: dict[str, object] = {
        "claim": theorem.claim,
        "theorem": theorem.name,
        "sentence": theorem.sentence(),
        "verified_by": ["kernel"],
    }
    for key in ("radius", "lower", "upper"):
        if hasattr(statement, key):
            value[key] = rational_text(getattr(statement, key))
    return value


def proof_value(
    proved: Certificate, output: str | None, given: Printed | None = None
) -> dict[str, object]:
    """What every --json says of a proof that was found; `proof` is its file.

    `open` says what may be missing from what was asked, `remarks` what the numbers given rest on.
    """
    from exactsteer.kernel.file.numbers import rational_text

    return {
        **theorem_value(proved.theorem),
        "distance": rational_text(proved.repaired.distance),
        "open": proved.open,
        "proof": output,
        "bytes": len(proved.data),
        **({} if given is None else {"remarks": given.remarks()}),
        **seconds_value(proved.seconds),
    }


def seconds_value(stages: Mapping[str, float]) -> dict[str, object]:
    """What every --json says of the time: `seconds` in all, and those of the stages."""
    return {"seconds": round(sum(stages.values()), 6), "stages": dict(stages)}


def nearest_value(found: Nearest, proved: Certificate, output: str | None) -> dict[str, object]:
    """The same for a proof about the nearest assemblage; `distance` is how far the numbers are."""
    from exactsteer.kernel.file.numbers import rational_text
    from exactsteer.proved import verdict_of

    return {
        **proof_value(proved, output),
        "verdict": verdict_of(proved.theorem).lower(),
        "distance": rational_text(found.distance),
    }


def show_proved(
    verdict: str,
    proved: Certificate,
    output: str | None,
    found: Nearest | None = None,
    given: Printed | None = None,
) -> None:
    """Print the theorem in words, and where its proof is; `found` if it is about the nearest.

    `given` are the numbers that were given, if any.
    """
    from exactsteer.proving.violations import above_text, change_text
    from exactsteer.render import theorem_lines

    theorem, distance = proved.theorem, proved.repaired.distance
    for line in theorem_lines(theorem):
        say(line)
    if found is not None:
        say(
            "This is about the exact assemblage nearest to your numbers, which lie "
            f"{found.sentence()}."
        )
    if distance > 0:
        subject = "The numbers given lie" if found is None else "That assemblage lies"
        change = change_text(None if found or given is None else given.uncertainty)
        say(f"{subject} within {above_text(distance)} of the centre ({change}).")
    if found is None and given is not None:
        for remark in given.remarks():
            say(f"note: {' '.join(remark.split())}")
    if proved.open:
        say(f"Open: {proved.open}.")
    about = "" if found is None else "nearest assemblage: "
    say(f"{about}{verdict}, proved ({len(proved.data)} bytes; {saved(output)})")
    if on_terminal():
        say(f"times: {times(proved.seconds)}", err=True)


def saved(output: str | None) -> str:
    """Where the proof is, or how to keep it."""
    return f"proof file {output}" if output else "not saved, use -o PROOF to write the proof file"


def times(seconds: Mapping[str, float]) -> str:
    """The stages with their wall times."""
    return ", ".join(f"{stage} {value:.3f} s" for stage, value in seconds.items())
