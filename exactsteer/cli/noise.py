"""The noise that an option names, and whether it is quantum, as Eq. (25) of the paper asks."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from exactsteer.cli.common import read, sentences
from exactsteer.cli.printing import say
from exactsteer.cli.results import saved, theorem_value
from exactsteer.errors import InputError, NotAnAssemblage, SolverFailed, Undecided
from exactsteer.telling import tell

if TYPE_CHECKING:
    from exactsteer.kernel.assemblage import Assemblage
    from exactsteer.kernel.scenario import Scenario
    from exactsteer.proving.certificate import Certificate
    from exactsteer.proving.enclose import Quantity


def asked_quantity(text: str, layout: str, option: str) -> Quantity | Assemblage:
    """What --quantity names: a quantity, or the noise assemblage of noise=FILE."""
    from exactsteer.proving.enclose import Quantity

    found = _named(text, layout, option, [quantity.value for quantity in Quantity])
    return Quantity(found) if isinstance(found, str) else found


def named_noise(text: str, scenario: Scenario, layout: str, option: str) -> Assemblage:
    """The assemblage white-noise, ghz-noise, w-noise or noise=FILE of a scenario."""
    from exactsteer.model.noise import NOISES, noise_named

    found = _named(text, layout, option, NOISES)
    return noise_named(found, scenario) if isinstance(found, str) else found


def _named(text: str, layout: str, option: str, known: Sequence[str]) -> str | Assemblage:
    named = {name.lower().replace(" ", "-"): name for name in known}
    if text in named:
        return named[text]
    kind, _, file = text.partition("=")
    if kind != "noise" or not file:
        raise InputError(f"{option}: expected {', '.join(named)} or noise=FILE, got {text!r}")
    return noise_file(file, layout, f"{option} noise={file}")


def noise_file(name: str, layout: str, place: str) -> Assemblage:
    """A noise of one's own, in exact numbers; `place` is what errors are about."""
    from exactsteer.model.printed import exact_assemblage

    with sentences(place):
        given = read(name, layout)
        if given.exact:
            with contextlib.suppress(NotAnAssemblage):
                return exact_assemblage(given)
        # It says by how much they are none, for which it has floats.
        from exactsteer.proving.repair import repair

        noise = repair(given)
        if noise.distance != 0:
            raise InputError("expected exact numbers, got approximate ones; make the file exact")
        return noise.centre


@dataclass(frozen=True)
class NoiseStanding:
    """Whether a noise is quantum: its proof and where that is kept, or why there is none.

    The verdict is empty where the question was not asked.
    """

    verdict: str = ""
    proved: Certificate | None = None
    file: str | None = None
    reason: str = ""

    def keep(self) -> None:
        """Write the proof, if there is one and a place for it."""
        from exactsteer.atomic import write_atomically

        if self.proved is not None and self.file is not None:
            write_atomically(self.file, self.proved.data)

    def show(self) -> None:
        """Print what is proved; a warning, on standard error, unless it is what Eq. (25) asks."""
        if self.verdict == "QUANTUM":
            say(f"The noise is QUANTUM, as Eq. (25) asks, proved ({saved(self.file)})")
        elif self.verdict:
            say(f"WARNING: {self.remark()}", err=True)

    def remark(self) -> str:
        """What to add to a sentence where the noise is not proved to be quantum."""
        if self.verdict in ("", "QUANTUM"):
            return ""
        if self.proved is None:
            return f"that the noise is quantum, as Eq. (25) asks, was not proved: {self.reason}"
        return (
            f"the noise itself is {self.verdict}, proved ({saved(self.file)}); Eq. (25) asks for "
            "a noise that is quantum, so r is not the robustness of Eq. (24)"
        )

    def value(self) -> dict[str, object]:
        """The same for --json, under the key `noise`."""
        if not self.verdict:
            return {}
        if self.proved is None:
            return {"noise": {"verdict": self.verdict.lower(), "reason": self.reason}}
        theorem = theorem_value(self.proved.theorem)
        return {"noise": {"verdict": self.verdict.lower(), "proof": self.file, **theorem}}


def noise_standing(noise: object, source: str, output: str | None) -> NoiseStanding:
    """Prove that a noise of one's own is quantum, or that it is not; nothing is written yet.

    One Alice only, as with several the robustness is about parent states. `output` is where the
    enclosure goes; the proof about the noise goes beside it.
    """
    from exactsteer.atomic import check_writable
    from exactsteer.kernel.assemblage import Assemblage
    from exactsteer.model.assemblage_text import printed
    from exactsteer.proved import verdict_of
    from exactsteer.proving.decide import certify
    from exactsteer.proving.question import Question

    if not isinstance(noise, Assemblage) or noise.scenario.n > 1:
        return NoiseStanding()
    file = None if output is None else str(Path(output).with_suffix(".noise.json"))
    if file is not None:
        check_writable(file)
    tell("the noise")
    try:
        proved = certify(Question(printed(noise), source=source))
    except (Undecided, SolverFailed) as error:
        return NoiseStanding("UNDECIDED", reason=str(error))
    return NoiseStanding(verdict_of(proved.theorem), proved, file)
