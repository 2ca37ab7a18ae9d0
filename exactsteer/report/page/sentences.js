// Every claim of FORMAT.md in words: its theorem, what it means, and its rules.

import { readable, significant } from "./readable.js";

const ASSEMBLAGE = {
  hermitian: "every matrix equals its conjugate transpose",
  A1: "every σ is positive semidefinite",
  A2: "all Bobs have one probability p(a|x), and the probabilities of each setting sum to 1",
  A3: "no signalling: what a Bob sees does not depend on an Alice's setting",
  name: "the theorem's name is the SHA-256 of its statement",
};
const MULTIPLIERS = {
  balance: "the multipliers V of each Alice sum to 0 over her settings",
  positive: "every M = Σ W ⊗ 1 + Σ V is positive semidefinite",
};
const MARGINALS = {
  marginal: "every S has the σ as its marginals",
  signalling: "the S do not signal",
};
const HIDDEN = {
  trace: "every strategy has one weight for all Bobs",
  model: "the hidden states of the strategies that answer a to x sum to σ",
  reach: "if there is a radius, the strategies around every base are listed",
  positive: "every hidden state is positive semidefinite, with room for the radius",
};
const GRID = { grid: "if the evidence names a grid, Σ min tr [F T], the least over a of each x, is not negative at any of its points; it implies that Σ F is positive for every strategy" };
const REALISED = {
  state: "the state is positive semidefinite and not 0",
  povm: "the effects are positive semidefinite and sum to 1 for each setting",
};
const VALUE = { value: "I + δB is negative: the inequality fails at the centre and within δ of it" };
const SQUARES = { squares: "the functional is a sum of squares, and what is left over is paid for" };
const LOWER = { lower: "the mixture with the noise of weight r = lower still violates the inequality, or just meets it" };

/** For each claim: headline, property, whether the assemblages have it, and the rules. */
const WORDS = {
  "no parent states": {
    headline: "Postquantum: no quantum state and measurements give this assemblage",
    says: "has no parent states, hence no quantum realisation: it is postquantum",
    rules: { ...ASSEMBLAGE, ...MULTIPLIERS, ...VALUE },
  },
  "parent states": {
    headline: "Parent states exist",
    says: "has parent states; with one Alice it therefore has a quantum realisation",
    rules: { ...ASSEMBLAGE, ...MARGINALS, positive: "every S is positive semidefinite, with room for the radius" },
  },
  "quantum realisation": {
    headline: "Quantum: a state and measurements give this assemblage",
    says: "has a quantum realisation (Definition 3)",
    rules: { ...ASSEMBLAGE, ...REALISED, marginal: "the measured state has the σ as its marginals",
      reach: "if there is a radius, there is one Alice",
      positive: "if there is a radius, every S has room for it" },
  },
  "noise robustness": {
    headline: "How much noise gives parent states",
    between: ["the smallest r in [0, 1] such that r noise + (1 − r) Σ has parent states", "r"],
    rules: { ...ASSEMBLAGE, ...MULTIPLIERS, ...VALUE, ...LOWER, ...MARGINALS },
  },
  "smallest eigenvalue": {
    headline: "How positive joint matrices can be",
    between: ["the largest λ such that Hermitian S ≥ λ 1 exist with the marginals of Σ and without signalling (Appendix B)", "λ"],
    rules: { ...ASSEMBLAGE, ...MARGINALS, ...MULTIPLIERS, upper: "I + δB is at most upper · T, T = Σ tr M > 0" },
  },
  "quantum bound": {
    headline: "A bound that holds for everything quantum",
    rules: { hermitian: ASSEMBLAGE.hermitian, name: ASSEMBLAGE.name, ...SQUARES },
  },
  "no quantum correlations": {
    headline: "Postquantum: its correlations p(a|x) are not quantum",
    says: "has correlations p(a|x) that are not quantum (Theorem 6, condition 1): it is postquantum",
    rules: { ...ASSEMBLAGE, ...SQUARES, ...VALUE },
  },
  "outside a level": {
    headline: "Postquantum: it violates an inequality that is a sum of squares of words",
    says: "has no quantum realisation: it is postquantum",
    rules: { ...ASSEMBLAGE, ...SQUARES, ...VALUE },
  },
  "LHS model": {
    headline: "Classical: a local-hidden-state model gives this assemblage",
    says: "has a local-hidden-state model (Definition 14): it is classical",
    rules: { ...ASSEMBLAGE, ...HIDDEN },
  },
  "no LHS model": {
    headline: "Nonclassical: no local-hidden-state model gives this assemblage",
    says: "has no local-hidden-state model (Definition 14): it is nonclassical",
    rules: { ...ASSEMBLAGE, positive: "for every strategy, Σ F ⊗ 1 of its elements is positive semidefinite", ...GRID, ...VALUE },
  },
  "LHS noise robustness": {
    headline: "How much noise makes the assemblage classical",
    between: ["the smallest r in [0, 1] such that r noise + (1 − r) Σ has a local-hidden-state model", "r"],
    rules: { ...ASSEMBLAGE, ...GRID, ...VALUE, ...LOWER, ...HIDDEN },
  },
  "nonlocal correlations": {
    headline: "Nonlocal: no local hidden variable model gives these correlations",
    says: "has no local hidden variable model: it is nonlocal", what: "table of no-signalling correlations",
    rules: { ...ASSEMBLAGE, positive: "the functional is not negative for any deterministic strategy", ...VALUE },
  },
  "no product LHS model": {
    headline: "No hidden-state model with product states of the Bobs",
    says: "has no local-hidden-state model with product states (Eq. 30)",
    what: "assemblage of joint states",
    rules: { ...ASSEMBLAGE, positive: "for every strategy, Σ F less partial transposes of positive Q is positive semidefinite", ...VALUE },
  },
  "product LHS model": {
    headline: "A hidden-state model with product states of the Bobs",
    says: "has a local-hidden-state model with product states (Eq. 30)",
    what: "assemblage of joint states",
    rules: { ...ASSEMBLAGE, positive: "every state of every term is positive semidefinite",
      model: "the products of the terms that answer a to x sum to σ" },
  },
  "quantum mixture": {
    headline: "Quantum: a realisation mixed with hidden states gives this assemblage",
    says: "has a quantum realisation (Definition 3)",
    rules: { ...ASSEMBLAGE, ...REALISED, ...HIDDEN },
  },
};

export const headline = (claim) => WORDS[claim].headline;
export const rules = (claim) => Object.entries(WORDS[claim].rules);

/** The theorem in words. */
export function sentence({ claim, scenario, radius, lower, upper, size }) {
  const { says, between, what = "assemblage" } = WORDS[claim];
  const near = radius.p === 0n ? "" : `that differs from the one shown by at most δ = ${significant(radius, 4, -1)} in the real part and in the imaginary part of each entry`;
  if (claim === "quantum bound") {
    const others = near && ` The same holds for every functional with coefficients of the same ${size} elements ${near.replace("the one shown", "those shown").replace("that differs", "that differ")}.`;
    const whom = scenario.D === 1 ? "quantum correlations p(a|x)" : "states of the Alices and the Bobs and all measurements of the Alices";
    return `The functional shown is at most ${significant(upper, 13, 1)} for all ${whom}.${others}`;
  }
  if (between) {
    const whom = near ? `every assemblage Σ ${near}` : "the assemblage Σ shown";
    const [quantity, symbol] = between;
    const ends = lower.p === upper.p && lower.q === upper.q ? `is exactly ${readable(lower, 10)}`
      : `satisfies ${significant(lower, 10, -1)} ≤ ${symbol} ≤ ${significant(upper, 10, 1)}`;
    return `For ${whom}, ${quantity} ${ends}.${claim === "smallest eigenvalue" ? standing(lower, upper) : ""}`;
  }
  return `${near ? `Every ${what} ${near}` : `The ${what} shown`} ${says}.`;
}

/** What bounds of lambda say about parent states. */
function standing(lower, upper) {
  if (lower.p >= 0n) return " Since λ is not negative, parent states exist.";
  return upper.p < 0n ? " Since λ is negative, there are no parent states: it is postquantum." : "";
}

/** "1 setting", "2 settings". */
function counted(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** The scenario in words. */
export function scenarioWords({ dimensions, outcomes }) {
  const alices = outcomes.map((row, j) =>
    `Alice ${j + 1} has ${counted(row.length, "setting")} with ${new Set(row).size === 1 ? counted(row[0], "outcome") : `${row.join(", ")} outcomes`}`);
  const bobs = dimensions.every((d) => d === 1) ? "the Bobs have no quantum system: these are Bell correlations"
    : dimensions.map((d, k) => `Bob ${k + 1} a ${d === 2 ? "qubit" : `system of dimension ${d}`}`).join(", ");
  return `${alices.join("; ")}; ${bobs}.`;
}
