"""Random exact assemblages at a chosen distance from a boundary that a closed form describes.

Every Bob's element is (1 + b.sigma)/4 with a rational Bloch vector b; white noise of weight r turns
b into (1 - r) b. Rotations of each Bob, a reflection of all, and new names for outcomes, settings
and Bobs move no boundary. Which side of it an assemblage lies on is decided in rational arithmetic.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from random import Random

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Scenario
from exactsteer.model.assemblage_text import printed
from exactsteer.model.printed import Printed

QUANTUM, POSTQUANTUM = "QUANTUM", "POSTQUANTUM"
DIGITS = 90
# Numerators and denominators of the slopes tan(phi/2), and coordinates of the quaternions.
SLOPE = 1000
QUATERNION = 3
# Denominator of the tangents of a quarter of an angle, on boundaries.
TANGENT = 60

Bloch = tuple[Fraction, ...]
Bob = dict[tuple[int, int], Bloch]
"""Bloch vectors of the elements (a, x)."""


@dataclass(frozen=True)
class Instance:
    """An assemblage, the verdict that would be right, and how far the boundary is away."""

    sigma: Assemblage
    truth: str
    margin: float | None = None
    """In weight of the noise; None if unknown."""
    eigenvalue: float | None = None
    """|lambda|, where it follows from the margin."""
    weight: Fraction | None = None
    """Of the noise, on a line of mixtures."""
    given: Printed | None = None
    """What to ask about, if not the exact assemblage itself."""


@dataclass(frozen=True)
class ClosedForm:
    """Two Bobs, the threshold r_0 for white noise, and the exact test r < r_0."""

    bobs: tuple[Bob, Bob]
    threshold: Fraction
    """Accurate to about 80 digits."""
    below: Callable[[Fraction], bool]


def angles(random: Random) -> ClosedForm:
    """Alice's second direction at angles phi_k from Z (theorem A of docs/theorems.md)."""
    slopes = [Fraction(random.randint(0, SLOPE), random.randint(1, SLOPE)) for _ in range(2)]
    shape = random.randrange(8)
    if shape == 0:
        slopes[1] = slopes[0]
    elif shape == 1:
        slopes = [Fraction(1), Fraction(1)]
    elif shape == 2:
        slopes[0] = Fraction(0)
    if slopes[0] == slopes[1] == 0:
        slopes[0] = Fraction(1)
    s, t = slopes
    square = (1 + s * s) * (1 + t * t)
    # (q + plus)(q + minus)/q^2 with q^2 = square are the two factors under the root.
    plus, minus = s + t, abs(s - t)

    def below(r: Fraction) -> bool:
        # (1 - r)^2 (q + plus)(q + minus) > q^2, as alpha + beta q > 0 with beta >= 0.
        alpha = (1 - r) ** 2 * (square + plus * minus) - square
        beta = (1 - r) ** 2 * (plus + minus)
        return alpha > 0 or beta * beta * square > alpha * alpha

    with localcontext() as context:
        context.prec = DIGITS
        q = _decimal(square).sqrt()
        root = ((q + _decimal(plus)) * (q + _decimal(minus))).sqrt()
        threshold = Fraction(1 - q / root)
    first, second = (
        {(a, x): _direction(slope if x else Fraction(0), a) for a in range(2) for x in range(2)}
        for slope in slopes
    )
    return ClosedForm((first, second), threshold, below)


def three_bases(random: Random) -> ClosedForm:
    """The monogamy assemblage {Z, X, Y}: 1/3."""
    del random
    bob = _along([(0, 0, 1), (1, 0, 0), (0, 1, 0)])
    return ClosedForm((bob, bob), Fraction(1, 3), lambda r: r < Fraction(1, 3))


def parity(random: Random) -> ClosedForm:
    """Alice's setting decides whether the Bobs' bits agree: 1/2."""
    del random
    zero = Fraction(0)
    first, second = (
        {(a, x): (zero, zero, Fraction((-1) ** (a + k * x))) for a in range(2) for x in range(2)}
        for k in range(2)
    )
    return ClosedForm((first, second), Fraction(1, 2), lambda r: r < Fraction(1, 2))


def transpose(random: Random) -> ClosedForm:
    """[[5, 2u], [2u*, 1]]/12 and its transpose: 1 - sqrt(3)/2."""
    del random
    part, zero = Fraction(2, 3), Fraction(0)
    first = {(a, 0): ((-1) ** a * part, zero, part) for a in range(2)}
    first |= {(a, 1): (zero, -((-1) ** a) * part, part) for a in range(2)}
    second = {e: (x, -y, z) for e, (x, y, z) in first.items()}
    with localcontext() as context:
        context.prec = DIGITS
        threshold = Fraction(1 - Decimal(3).sqrt() / 2)
    return ClosedForm((first, second), threshold, lambda r: (1 - r) ** 2 > Fraction(3, 4))


def near(random: Random, form: ClosedForm, exponents: tuple[float, float]) -> Instance:
    """With white noise, at a margin of 10^-e for an e in the range, on either side."""
    r = beside(random, form.threshold, exponents)
    bobs = [_noisy(bob, r) for bob in _renamed(random, form.bobs)]
    margin = abs(r - form.threshold)
    # lambda is linear in r: p_w/D at r = 1, where p_w = 1/2 and D = 4.
    eigenvalue = margin / (8 * (1 - form.threshold))
    truth = POSTQUANTUM if form.below(r) else QUANTUM
    return Instance(_assemblage(bobs, 1), truth, float(margin), float(eigenvalue))


def in_doubles(random: Random, form: ClosedForm, exponents: tuple[float, float]) -> Instance:
    """What `near` makes, with entries rounded to the nearest doubles."""
    instance = near(random, form, exponents)
    families = [
        {
            e: tuple(tuple((_double(re), _double(im)) for re, im in row) for row in square)
            for e, square in family.items()
        }
        for family in printed(instance.sigma).families
    ]
    given = Printed(instance.sigma.scenario, tuple(families), exact=False)
    return replace(instance, given=given)


def with_third_bob(random: Random, form: ClosedForm, exponents: tuple[float, float]) -> Instance:
    """The same beside a Bob whose state does not depend on Alice."""
    r = beside(random, form.threshold, exponents)
    bobs = [_noisy(bob, r) for bob in _renamed(random, form.bobs)]
    alone = tuple(Fraction(random.randint(-4, 4), 8) for _ in range(3))
    bobs.insert(random.randrange(3), dict.fromkeys(bobs[0], alone))
    truth = POSTQUANTUM if form.below(r) else QUANTUM
    return Instance(_assemblage(bobs, 1), truth, float(abs(r - form.threshold)))


def with_second_alice(random: Random, form: ClosedForm, exponents: tuple[float, float]) -> Instance:
    """The same with a second Alice who tosses coins."""
    r = beside(random, form.threshold, exponents)
    bobs = [_noisy(bob, r) for bob in _renamed(random, form.bobs)]
    truth = POSTQUANTUM if form.below(r) else QUANTUM
    return Instance(_assemblage(bobs, 2), truth, float(abs(r - form.threshold)))


def on_boundary(random: Random) -> Instance:
    """Exactly on the boundary of theorem A, B or C for two Bobs, turned and renamed.

    Where the directions of theorem B and its threshold are rational, phi = pi/2 is the only angle
    that is known (none other has tan(phi/2) = p/q with p, q < 3000).
    """
    theorem = random.choice("ABC")
    if theorem == "A":
        points = [_circle_point(random) for _ in range(2)]
        v = 1 / (max(c for c, _ in points) + max(s for _, s in points))
        bobs = [_along([(v * s, 0, v * c), (-v * s, 0, v * c)]) for c, s in points]
    elif theorem == "B":
        v = Fraction(2, 3)
        bobs = [_along([(0, 0, v), (v, 0, 0), (0, v, 0)])] * 2
    else:
        bobs = [_along([(0, 0, v), (v, 0, 0)]) for v in _circle_point(random)]
    return Instance(_assemblage(_renamed(random, bobs), 1), QUANTUM, 0.0)


def _circle_point(random: Random) -> tuple[Fraction, Fraction]:
    t = Fraction(random.randint(1, TANGENT - 1), TANGENT)
    return (1 - t * t) / (1 + t * t), 2 * t / (1 + t * t)


def _along(vectors: Sequence[Sequence[Fraction | int]]) -> Bob:
    return {
        (a, x): tuple(Fraction((-1) ** a * v) for v in vector)
        for x, vector in enumerate(vectors)
        for a in range(2)
    }


def beside(random: Random, threshold: Fraction, exponents: tuple[float, float]) -> Fraction:
    """A short number at a distance of about 10^-e from the threshold, between 0 and 1."""
    e = random.uniform(*exponents)
    scale = 10 ** (math.ceil(e) + 3)
    step = (
        random.choice((-1, 1)) * Fraction(10) ** -math.ceil(e) * Fraction(10 ** (math.ceil(e) - e))
    )
    r = Fraction(round((threshold + step) * scale), scale)
    return min(max(r, Fraction(0)), 1 - Fraction(1, scale))


def _direction(slope: Fraction, a: int) -> Bloch:
    square = slope * slope
    sign = (-1) ** a / (1 + square)
    return sign * 2 * slope, Fraction(0), sign * (1 - square)


def _noisy(bob: Bob, r: Fraction) -> Bob:
    return {e: tuple((1 - r) * v for v in b) for e, b in bob.items()}


def _renamed(random: Random, bobs: Sequence[Bob]) -> list[Bob]:
    """Rotate each Bob, reflect all or none, and permute outcomes, settings and Bobs."""
    reflection = random.choice((-1, 1))
    count = 1 + max(x for _, x in bobs[0])
    settings = random.sample(range(count), count)
    flips = [random.randrange(2) for _ in range(count)]
    out = []
    for bob in random.sample(bobs, len(bobs)):
        turn = _rotation(random)
        turned = {
            e: tuple(reflection * sum(u * v for u, v in zip(row, b, strict=True)) for row in turn)
            for e, b in bob.items()
        }
        out.append({(a ^ flips[x], settings[x]): b for (a, x), b in turned.items()})
    return out


def _rotation(random: Random) -> list[list[Fraction]]:
    """The rational rotation of an integer quaternion."""
    w, x, y, z = (random.randint(-QUATERNION, QUATERNION) for _ in range(4))
    n = w * w + x * x + y * y + z * z
    if n == 0:
        w = n = 1
    rows = [
        [w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), w * w - x * x + y * y - z * z, 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z],
    ]
    return [[Fraction(v, n) for v in row] for row in rows]


def _assemblage(bobs: list[Bob], alices: int) -> Assemblage:
    """(1 + b.sigma)/4; a second Alice has two settings and answers by tossing a coin."""
    settings = 1 + max(x for _, x in bobs[0])
    scenario = Scenario(((2,) * settings, (2, 2))[:alices], (2,) * len(bobs))
    share = Fraction(1, 4 if alices == 1 else 8)
    families = [
        {(a, x): _matrix(bob[a[0], x[0]], share) for a, x in scenario.elements()} for bob in bobs
    ]
    return Assemblage(scenario, families)


def _matrix(b: Bloch, share: Fraction) -> Hermitian:
    x, y, z = b
    parts = [share * v for v in (1 + z, 1 - z, x, y)]
    den = math.lcm(*(v.denominator for v in parts))
    up, down, re, im = (int(v * den) for v in parts)
    return Hermitian.of(den, [[up, re], [re, down]], [[0, -im], [im, 0]])


def _double(q: fmpq) -> fmpq:
    return fmpq(*(int(q.p) / int(q.q)).as_integer_ratio())


def _decimal(q: Fraction) -> Decimal:
    return Decimal(q.numerator) / Decimal(q.denominator)
