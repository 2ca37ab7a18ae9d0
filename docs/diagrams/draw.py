"""Draw the certified robustness of the family `angles`; see README.md beside this file.

    python draw.py ANGLE SQUARE FOLDER    the two diagrams, from the tables of two sweeps
    python draw.py --random COUNT         the closed form against enclosures at random angles

Needs matplotlib (exactsteer[plot]) for the diagrams.
"""

from __future__ import annotations

import csv
import math
import random
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np

WIDTH = "1e-12"


def closed_form(phi_1: float, phi_2: float) -> float:
    """1 - 1/sqrt((1 + sin((phi_1 + phi_2)/2)) (1 + sin(|phi_1 - phi_2|/2)))."""
    product = (1 + math.sin((phi_1 + phi_2) / 2)) * (1 + math.sin(abs(phi_1 - phi_2) / 2))
    return 1 - product**-0.5


def angle(t: Fraction) -> float:
    """The angle of the rational direction that stands for t pi."""
    from exactsteer.model.angles import rational_direction

    c, s = rational_direction(t)
    return math.atan2(s, c)


def table(folder: str) -> list[tuple[Fraction, Fraction, Fraction, Fraction]]:
    """(t1, t2, lower, upper) of every row; t2 = t1 where the sweep has no t2."""
    out = []
    with open(Path(folder) / "results.csv", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if not row["proof"]:
                raise SystemExit(f"{folder}: {row['name']} has no proof: {row['reason']}")
            t1 = Fraction(row["t1"])
            t2 = Fraction(row.get("t2") or t1)
            out.append((t1, t2, Fraction(row["lower"]), Fraction(row["upper"])))
    return out


def draw_angle(folder: str, target: Path) -> None:
    """Robustness against t for both Bobs alike, and what the certificates leave open."""
    import matplotlib.pyplot as plt

    rows = table(folder)
    t = np.array([float(r[0]) for r in rows])
    low, high = (np.array([float(r[i]) for r in rows]) for i in (2, 3))
    formula = np.array([closed_form(angle(r[0]), angle(r[1])) for r in rows])
    figure, (above, below) = plt.subplots(
        2, 1, figsize=(7, 6), height_ratios=[3, 1], sharex=True, layout="constrained"
    )
    above.vlines(t, 0, low, color="tab:red", linewidth=3, label="proved postquantum")
    above.vlines(t, high, 0.36, color="tab:blue", linewidth=3, alpha=0.6, label="proved quantum")
    fine = np.linspace(0, 1, 500)
    above.plot(
        fine,
        [closed_form(math.pi * x, math.pi * x) for x in fine],
        color="black",
        linewidth=1,
        label=r"$1 - 1/\sqrt{1 + \sin \pi t}$",
    )
    above.set_ylabel("weight of the white noise")
    above.set_ylim(0, 0.36)
    above.legend(loc="lower center", framealpha=1)
    above.set_title("Both Bobs steered along Z or at the angle $\\pi t$ from it")
    unit = 10.0 ** math.floor(math.log10(max(float(np.max(high - low)), 1e-300)))
    below.vlines(t, (low - formula) / unit, (high - formula) / unit, color="tab:gray", linewidth=3)
    below.axhline(0, color="black", linewidth=1)
    below.set_ylabel(f"undecided band\nminus closed form\n(units of {unit:.0e})")
    below.set_xlabel("t")
    figure.savefig(target, dpi=150)
    print(f"{target}: {len(rows)} points, widest band {float(np.max(high - low)):.2e}")


def draw_square(folder: str, target: Path) -> None:
    """Robustness over the square of the two Bobs' angles."""
    import matplotlib.pyplot as plt

    rows = table(folder)
    axis = sorted({r[0] for r in rows})
    values = {(r[0], r[1]): r for r in rows}
    if len(values) != len(axis) ** 2:
        raise SystemExit(f"{folder}: expected all pairs of {len(axis)} values, got {len(values)}")
    middle = np.array([[float(sum(values[a, b][2:])) / 2 for a in axis] for b in axis])
    width = max(float(r[3] - r[2]) for r in rows)
    deviation = max(
        abs(float(sum(r[2:])) / 2 - closed_form(angle(r[0]), angle(r[1]))) for r in rows
    )
    figure, at = plt.subplots(figsize=(6.6, 5.6), layout="constrained")
    step = float(axis[1] - axis[0]) / 2
    image = at.imshow(
        middle, origin="lower", extent=(-step, 1 + step, -step, 1 + step), cmap="viridis"
    )
    fine = np.linspace(0, 1, 200)
    form = [[closed_form(math.pi * a, math.pi * b) for a in fine] for b in fine]
    lines = at.contour(fine, fine, form, levels=[0.1, 0.2, 0.3, 0.4], colors="white", linewidths=1)
    at.clabel(lines, fmt="%.1f")
    for x, y, name in ((0, 1, "parity"), (1, 0, "parity"), (0.5, 0.5, "monogamy {Z, X}")):
        at.plot(x, y, "o", color="tab:red", clip_on=False)
        offset = (8 if x < 1 else -8, -14 if y == 1 else 8)
        at.annotate(
            name,
            (x, y),
            offset,
            textcoords="offset points",
            horizontalalignment="left" if x < 1 else "right",
            bbox={"boxstyle": "round", "facecolor": "white", "alpha": 0.8, "linewidth": 0},
        )
    at.set_xlabel("$t_1$ (Bob 1)")
    at.set_ylabel("$t_2$ (Bob 2)")
    at.set_title(f"White-noise robustness, each cell enclosed to {width:.0e}\n(lines: closed form)")
    figure.colorbar(image)
    figure.savefig(target, dpi=150)
    print(f"{target}: {len(rows)} points, widest enclosure {width:.2e}, {deviation:.2e} from form")


def check_random(count: int) -> None:
    """Enclose the robustness at random angles and say how far the closed form lies outside."""
    from flint import fmpq

    from exactsteer.kernel.numbers import parse_number
    from exactsteer.model.angles import angles
    from exactsteer.model.assemblage_text import printed
    from exactsteer.proving.enclose import Quantity, enclose

    dice = random.Random(1)
    width: fmpq = parse_number(WIDTH, "the width")
    outside, inside = 0.0, 0
    for _ in range(count):
        t1, t2 = (Fraction(dice.randrange(10**6 + 1), 10**6) for _ in range(2))
        proved = enclose(printed(angles(t1, t2)), Quantity.WHITE_NOISE, width)
        statement = proved.theorem.statement
        low, high = (Fraction(int(e.p), int(e.q)) for e in (statement.lower, statement.upper))
        value = closed_form(angle(t1), angle(t2))
        outside = max(outside, float(low) - value, value - float(high))
        inside += low <= Fraction(value) <= high
    print(
        f"{count} random pairs of angles, each enclosed to {WIDTH}: the closed form is inside "
        f"{inside} times, at most {max(outside, 0.0):.1e} outside"
    )


def main(arguments: list[str]) -> None:
    """Do what the command line says."""
    if len(arguments) == 2 and arguments[0] == "--random":
        check_random(int(arguments[1]))
    elif len(arguments) == 3:
        folder = Path(arguments[2])
        draw_angle(arguments[0], folder / "angle.png")
        draw_square(arguments[1], folder / "square.png")
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
