"""Where the paper's statements and examples are: one table, read by `reproduce` and docs/paper.md.

The paper is arXiv:2604.07078.

The state printed with Example 10 and the workspaces that Example 11 refers to are not recoverable;
others of the same construction are shipped, with states of small integers.
"""

from __future__ import annotations

from dataclasses import dataclass

WHITE_NOISE, GHZ_NOISE, W_NOISE, LAMBDA = "white noise", "GHZ noise", "W noise", "lambda"


@dataclass(frozen=True)
class Said:
    """A number of an example: what the paper prints or a closed form gives, and where."""

    quantity: str
    value: str
    source: str
    exact: bool = False
    """Whether the number is rational, so that it can be proved itself."""


@dataclass(frozen=True)
class Example:
    """An assemblage in data/: the paper's place for it, where it stands, its numbers.

    `maker` makes it exactly; empty where the file is a transcription.
    """

    name: str
    source: str
    maker: str
    standing: str = ""
    """Classical, nonclassical, quantum or postquantum; empty if only numbers are looked at."""
    numbers: tuple[Said, ...] = ()
    ask_quantum: bool = True
    """False where no claim can say "quantum": several Alices, irrational numbers."""


def _closed(name: str, maker: str, white_noise: str, lam: str, *, exact: bool = False) -> Example:
    numbers = ((WHITE_NOISE, white_noise), (LAMBDA, lam))
    said = tuple(Said(q, value, "closed form", exact) for q, value in numbers)
    return Example(name, "closed form", maker, "postquantum", said)


def _w_type(name: str, robustness: str) -> Example:
    said = (Said(WHITE_NOISE, robustness, "closed form", exact=True),)
    return Example(name, "closed form", "theorem_families.w_type_transposed", numbers=said)


def _flips(name: str, robustness: str) -> Example:
    said = (Said(WHITE_NOISE, robustness, "plurality bound", exact=True),)
    return Example(name, "closed form", "theorem_families.relative_flips", numbers=said)


EXAMPLES = (
    Example(
        "ABB_1",
        "Example 9",
        "",
        "postquantum",
        (
            Said(WHITE_NOISE, "0.0147", "Section 6"),
            Said("noise ABB_1_depolarised", "not printed", "p(a\\|x) 1/d_k"),
            Said(GHZ_NOISE, "0.0167", "Section 6"),
            Said(W_NOISE, "0.0139", "Section 6"),
            Said(LAMBDA, "-0.00185", "Appendix B"),
        ),
    ),
    Example("ABB_PQNL", "Example 7", "", "quantum", (Said(LAMBDA, "not printed", "Example 7"),)),
    Example(
        "breuer_hall",
        "construction of Example 10",
        "named.breuer_hall_steering",
        "postquantum",
        (
            Said(WHITE_NOISE, "0.0017 for its state", "Example 10"),
            Said(LAMBDA, "-0.000104 for its state", "Example 10"),
        ),
    ),
    _closed("transpose", "named.transpose", "1 - sqrt(3)/2", "(1 - 2/sqrt(3))/8"),
    _closed("monogamy_ZX", "named.monogamy", "1 - 1/sqrt(2)", "(1 - sqrt(2))/8"),
    _closed("monogamy_ZXY", "named.monogamy", "1/3", "-1/16", exact=True),
    _closed("parity", "named.parity", "1/2", "-1/8", exact=True),
    Example("ghz_noise", "Eq. (22)", "noise.ghz_noise", "quantum"),
    Example("w_noise", "Eq. (23)", "noise.w_noise", "quantum"),
    Example("white_noise", "Eq. (21)", "noise.white_noise", "classical"),
    Example("proposition_16", "Proposition 16", "classical_examples.proposition_16", "classical"),
    Example("monogamy_two_alices", "closed form", "named.monogamy_two_alices", "postquantum"),
    _flips("relative_flips_3", "1/2"),
    _flips("relative_flips_4", "5/8"),
    _w_type("w_type_722", "2/21"),
    _w_type("w_type_731", "4/63"),
    _w_type("w_type_733", "10/77"),
    Example(
        "breuer_hall_two_alices",
        "construction of Example 11",
        "named.breuer_hall_two_alices",
        "postquantum",
        (Said(WHITE_NOISE, "0.0085 for its state", "Example 11"),),
    ),
    Example("pr_box", "Example 5", "named.pr_box", "postquantum"),
    Example("ghz_two_alices", "closed form", "named.ghz_two_alices", "nonclassical quantum"),
    Example("hidden_pr_box", "closed form", "correlations.hidden_pr_box", "postquantum"),
    Example(
        "upb_correlations",
        "Example 7, Bell correlations",
        "correlations.upb_correlations",
        "postquantum",
    ),
    Example(
        "proposition_16_correlations",
        "Proposition 16, Bell correlations",
        "",
        "nonclassical",
        ask_quantum=False,
    ),
)

PLACES = {
    "Definition 1, scenario; Eq. (1)": ("exactsteer/kernel/scenario.py",),
    "Definition 2, assemblage, no-signalling; Eq. (4)-(6)": ("exactsteer/kernel/assemblage.py",),
    "Definition 3, quantum realisation; Eq. (7), (8)": (
        "exactsteer/kernel/quantum/realisation.py",
        "exactsteer/kernel/theorems.py",
    ),
    "Remark 4: quantum only if p(a|x) is; Theorem 6, condition 1": (
        "exactsteer/kernel/quantum/functional.py",
        "exactsteer/kernel/theorems.py",
    ),
    "Theorem 6, condition 2, parent states; Eq. (13), (14)": (
        "exactsteer/kernel/properties/parent_states.py",
        "exactsteer/kernel/rules.py",
    ),
    "Theorem 6 and Appendix B as a semidefinite program, and its dual": (
        "exactsteer/programs/parent_states.py",
    ),
    "Appendix B, lambda": ("exactsteer/kernel/theorems.py",),
    "Proposition 8, Witworld constructions; Eq. (15), (16), (19)": (
        "exactsteer/model/states.py",
        "exactsteer/model/maps/",
    ),
    "Eq. (20)-(23), mixtures and noise": ("exactsteer/model/noise.py",),
    "Eq. (24), robustness": ("exactsteer/kernel/theorems.py", "exactsteer/proving/enclose.py"),
    "Theorem 12: quantum if and only if some parent states are, with the Bobs as one party": (
        "exactsteer/kernel/quantum/realisation.py",
        "exactsteer/kernel/quantum/squares.py",
    ),
    "Definition 13, the sets Q^k": (
        "exactsteer/kernel/quantum/squares.py",
        "exactsteer/kernel/theorems.py",
    ),
    "Appendix A, Definition 14 and Remark 15, local hidden states; Eq. (31)": (
        "exactsteer/kernel/properties/hidden_states.py",
    ),
    "Eq. (30), product hidden states": ("exactsteer/kernel/properties/product_states.py",),
    "Proposition 16": (
        "exactsteer/model/classical_examples.py",
        "data/proposition_16.json",
        "data/proposition_16_correlations.json",
    ),
    "Example 5": ("exactsteer/model/named.py", "data/pr_box.json"),
    "Example 7": ("data/ABB_PQNL.json", "data/upb_correlations.json"),
    "Example 9; Eq. (17), (18)": ("data/ABB_1.json",),
    "Example 10, its construction": ("exactsteer/model/named.py", "data/breuer_hall.json"),
    "Example 11, its construction": (
        "exactsteer/model/named.py",
        "data/breuer_hall_two_alices.json",
        "data/transpose_two_alices.json",
    ),
}
"""From a statement of the paper to the files that hold it."""
