"""The shipped exact assemblages: how each is made, and the words in its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from flint import fmpq

from exactsteer.kernel.assemblage import Assemblage
from exactsteer.kernel.exact.hermitian import Hermitian
from exactsteer.kernel.scenario import Element
from exactsteer.model import classical_examples, correlations, named, noise, theorem_families
from exactsteer.model.assemblage_text import assemblage_text


@dataclass(frozen=True)
class Shipped:
    """An assemblage with title, source and note."""

    make: Callable[[], Assemblage]
    title: str
    source: str
    note: str

    def text(self) -> str:
        """The text of its file in data/."""
        return assemblage_text(self.make(), title=self.title, source=self.source, note=self.note)


def _w_type(a: int, b: int, c: int) -> Shipped:
    # a^2 + 2 (b + c)^2 is a square.
    r = 1 - Fraction(a * a + b * b + c * c, a * isqrt(a * a + 2 * (b + c) ** 2))
    return Shipped(
        lambda: theorem_families.w_type_transposed(a, b, c),
        "State of W type and the transpose",
        "arXiv:2604.07078, Proposition 8; closed form (docs/theorems.md).",
        (
            f"{a}|R>|00> + {b}|L>|10> + {c}|L>|01>, Alice measures Z and X, transpose on Bob 2. "
            f"White-noise robustness {r}."
        ),
    )


def _depolarised_ABB_1() -> Assemblage:
    # The outcomes' probabilities of the exact centre of ABB_1, in units of 1e-16.
    units = {((0,), (0,)): 5158387762413552, ((0,), (1,)): 4443791426896169}
    scenario = noise.TWO_QUBITS
    family: dict[Element, Hermitian] = {}
    for (a, x), first in units.items():
        family[a, x] = Hermitian.identity(2).scaled(fmpq(first, 2 * 10**16))
        family[(1,), x] = Hermitian.identity(2).scaled(fmpq(10**16 - first, 2 * 10**16))
    return Assemblage(scenario, [family, family])


CATALOGUE: dict[str, Shipped] = {
    "ABB_1_depolarised": Shipped(
        _depolarised_ABB_1,
        "The noise p(a|x) 1/2 of ABB_1",
        "docs/theorems.md, noise that always suffices.",
        (
            "ABB_1 with every Bob's state replaced by 1/2: classical. It takes less of this noise "
            "than of white noise to make ABB_1 quantum."
        ),
    ),
    "breuer_hall": Shipped(
        named.breuer_hall_steering,
        "Example 10 with small integers",
        (
            "arXiv:2604.07078, construction of Example 10, Eq. (19), with the state "
            "2|R>|00> + |L>|10> + |L>|01>."
        ),
        (
            "R and L are the eigenvectors of Y, Alice measures Z and X, Eq. (19) acts on "
            "Bob 2. A Witworld assemblage with quantum Bell correlations. No parent states;"
            " lambda = -0.0057526."
        ),
    ),
    "breuer_hall_two_alices": Shipped(
        named.breuer_hall_two_alices,
        "Example 11 with small integers",
        (
            "arXiv:2604.07078, construction of Example 11, Eq. (19), with the state "
            "2|RR>|00> + |LL>|10> + |LL>|01>."
        ),
        (
            "The second Alice measures (4 Z + 3 X)/5 and (4 Z - 3 X)/5; either Alice alone "
            "knows nothing. A Witworld assemblage with quantum Bell correlations. No parent"
            " states; lambda = -0.0028763."
        ),
    ),
    "ghz_noise": Shipped(
        noise.ghz_noise,
        "GHZ noise",
        "arXiv:2604.07078, Eq. (22)",
        (
            "Alice measures Z and X on a three-qubit GHZ state: quantum by construction, "
            "two elements of rank one."
        ),
    ),
    "ghz_two_alices": Shipped(
        named.ghz_two_alices,
        "GHZ correlations of two Alices and one Bob",
        "Closed form.",
        (
            "Both Alices measure X and Y on a three-qubit GHZ state, mixed with a tenth of "
            "white noise: quantum, and no local-hidden-state model."
        ),
    ),
    "hidden_pr_box": Shipped(
        correlations.hidden_pr_box,
        "Hidden PR box",
        "Closed form.",
        (
            "a_1 + a_2 + b = x_1 x_2 mod 2 with the bit b at every Bob, all else uniform. "
            "Correlations p(a|x) quantum, parent states exist, and yet postquantum: "
            "excluded by level 1 of Definition 13 only."
        ),
    ),
    "monogamy_ZX": Shipped(
        lambda: named.monogamy("ZX"),
        "Monogamy assemblage, Alice measures Z and X",
        "Closed form; compare arXiv:2604.07078, Section 4.",
        (
            "Both Bobs perfectly correlated with Alice: sigma^(k)_{a|x} = |x_a><x_a|/2. No "
            "parent states; lambda = (1 - sqrt 2)/8, white-noise robustness 1 - 1/sqrt 2."
        ),
    ),
    "monogamy_ZXY": Shipped(
        lambda: named.monogamy("ZXY"),
        "Monogamy assemblage, Alice measures Z, X and Y",
        "Closed form; compare arXiv:2604.07078, Section 4.",
        (
            "Both Bobs perfectly correlated with Alice in all three directions. No parent "
            "states; white-noise robustness 1/3."
        ),
    ),
    "monogamy_two_alices": Shipped(
        named.monogamy_two_alices,
        "Monogamy assemblage shared by two Alices",
        "Closed form.",
        (
            "sigma^(k)_{a|x} = |x_c><x_c|/4 with x = x_1 (Z, X) and c = a_1 + a_2 mod 2; "
            "either Alice alone knows nothing. No parent states."
        ),
    ),
    "parity": Shipped(
        named.parity,
        "Parity assemblage",
        "Closed form.",
        (
            "Alice's setting decides whether the Bobs' bits agree or differ: sigma^(1) = "
            "|a><a|/2, sigma^(2) = |a+x><a+x|/2. No parent states; lambda = -1/8, white-"
            "noise robustness 1/2."
        ),
    ),
    "pr_box": Shipped(
        named.pr_box,
        "PR-box assemblage",
        "arXiv:2604.07078, Example 5",
        (
            "p(a|x) is a Popescu-Rohrlich box of the two Alices, every Bob's state is "
            "maximally mixed. Postquantum because p(a|x) is; parent states exist."
        ),
    ),
    "pr_box_correlations": Shipped(
        correlations.pr_box_correlations,
        "PR box",
        "Popescu and Rohrlich, Found. Phys. 24, 379 (1994)",
        "Correlations alone: one Bob of dimension 1. Not quantum.",
    ),
    "proposition_16": Shipped(
        classical_examples.proposition_16,
        "Proposition 16: classical, whatever the Bobs measure",
        "arXiv:2604.07078, Appendix A, Proposition 16",
        (
            "Alice measures half of a Bell pair, the Bobs share another one: every local "
            "state is maximally mixed. Classical as an assemblage, though the Bobs' own "
            "correlations violate CHSH maximally."
        ),
    ),
    "relative_flips_3": Shipped(
        lambda: theorem_families.relative_flips(3),
        "All relative flips, three Bobs",
        "Closed form: the plurality bound (docs/theorems.md).",
        (
            "Settings x in {0, 1}^2, sigma^(1) = |a><a|/2, sigma^(k) = |a + x_k><a + x_k|/2. "
            "White-noise robustness 1/2."
        ),
    ),
    "relative_flips_4": Shipped(
        lambda: theorem_families.relative_flips(4),
        "All relative flips, four Bobs",
        "Closed form: the plurality bound (docs/theorems.md).",
        (
            "Settings x in {0, 1}^3, sigma^(1) = |a><a|/2, sigma^(k) = |a + x_k><a + x_k|/2. "
            "White-noise robustness 5/8."
        ),
    ),
    "transpose": Shipped(
        named.transpose,
        "Transpose assemblage",
        "arXiv:2604.07078, Proposition 8 with the transpose on a qubit of Bob 2; closed form.",
        (
            "sigma^(1)_{a|x} = [[5, 2u], [2u*, 1]]/12, sigma^(2) its transpose, u = (-1)^a "
            "for x = 0 and i(-1)^a for x = 1. A Witworld assemblage with quantum Bell "
            "correlations. No parent states; lambda = (1 - 2/sqrt 3)/8, white-noise "
            "robustness 1 - sqrt 3/2."
        ),
    ),
    "upb_correlations": Shipped(
        lambda: correlations.upb_correlations(Fraction(407, 5000)),
        "Example 7: Bell correlations in Witworld",
        "arXiv:2604.07078, Example 7 and Eq. (15) with epsilon = 0.0814",
        (
            "p(a b_1 b_2|x y_1 y_2) of three parties who measure Z and X on O_W: "
            "correlations alone, one Bob of dimension 1. Guess your neighbour's input is "
            "1.097..., so they are not quantum."
        ),
    ),
    **{f"w_type_{a}{b}{c}": _w_type(a, b, c) for a, b, c in ((7, 2, 2), (7, 3, 1), (7, 3, 3))},
    "w_noise": Shipped(
        noise.w_noise,
        "W noise",
        "arXiv:2604.07078, Eq. (23)",
        "Alice measures Z and X on a three-qubit W state: quantum by construction.",
    ),
    "white_noise": Shipped(
        lambda: noise.white_noise(noise.TWO_QUBITS),
        "White noise",
        "arXiv:2604.07078, Eq. (21)",
        "Two settings, two outcomes, two qubit Bobs; every element is 1/4.",
    ),
}
"""By the name of the file in data/."""
