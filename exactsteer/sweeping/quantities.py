"""What a sweep encloses: a named quantity, or the robustness to the noise of a file."""

from __future__ import annotations

import functools

from exactsteer.errors import InputError
from exactsteer.formats.reading import read_input
from exactsteer.kernel.assemblage import Assemblage
from exactsteer.proving.enclose import Quantity
from exactsteer.proving.repair import repair

QUANTITIES = tuple(quantity.value for quantity in Quantity)
NOISE = "noise="
"""Followed by the file or the shipped name of a noise assemblage."""


def quantity_of(option: str) -> str:
    """The quantity that an option such as white-noise or noise=FILE names; raise InputError."""
    by_option = {quantity.lower().replace(" ", "-"): quantity for quantity in QUANTITIES}
    if option in by_option:
        return by_option[option]
    if option.startswith(NOISE) and option != NOISE:
        noise_of_file(option)
        return option
    raise InputError(f"--quantity: expected {', '.join(by_option)} or noise=FILE, got {option!r}")


def option_of(quantity: str) -> str:
    """The option that names the quantity."""
    return quantity if quantity.startswith(NOISE) else quantity.lower().replace(" ", "-")


@functools.lru_cache(maxsize=4)
def noise_of_file(quantity: str) -> Assemblage | None:
    """The noise of noise=FILE, exact; None for other quantities; raise InputError."""
    if not quantity.startswith(NOISE):
        return None
    try:
        noise = repair(read_input(quantity.removeprefix(NOISE)))
    except InputError as error:
        raise InputError(f"--quantity {quantity}: {error}") from None
    if noise.distance != 0:
        raise InputError(
            f"--quantity {quantity}: expected exact numbers, got approximate ones; make the file "
            "exact"
        )
    return noise.centre
