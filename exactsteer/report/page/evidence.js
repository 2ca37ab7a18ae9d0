// The parts of a page that show the evidence: inequalities, models, bounds, intervals.

import { kronecker, minus, plus, trace, ZERO } from "../check/exact.js";
import { folded, foldedLazily, html, section, table } from "./elements.js";
import { elementSum, entriesText, equation, formula, labelled, PRINTED_ROWS, terms, traceSum } from "./formulas.js";
import { numberLine } from "./line.js";
import { algebraicMaximum, classicalRange } from "./orientation.js";
import { distribution, sphere, tiles } from "./pictures.js";
import { approximately, bloch, inBasis, inFull, readable, rounded, significant, stated } from "./readable.js";

const MOST_MATRICES = 256;
const MOST_UNFOLDED = 24;

/** The matrices of families as equations, made when they are asked for. */
export function matricesOf(title, symbol, families, numbered = true) {
  return foldedLazily(title, () => {
    const all = families.flatMap((family, k) => [...family].map(([name, m]) => [name, numbered ? k + 1 : null, m]));
    const printed = all.filter(([, , m]) => m.rows <= PRINTED_ROWS).slice(0, MOST_MATRICES);
    const left = all.length - printed.length;
    return [
      html("div", { class: "row" }, printed.map(([name, k, m]) => equation(symbol, name, k, m))),
      left ? html("p", { class: "note" }, `${left} larger or further matrices stand in the proof file only.`) : null,
    ].filter((node) => node);
  });
}

/** The points that a picture draws for a family: labels, settings, outcomes, matrices. */
function points(family, elements) {
  return elements.filter(({ key }) => family.has(key)).map(({ a, x, key }) => ({
    label: key, group: x.join(","), outcome: a.reduce((n, o) => 2 * n + o, 0), m: family.get(key),
  }));
}

/** What was measured: spheres, tiles or a table of probabilities. */
export function pictured(families, { scenario }, view, delta = 0) {
  const { dimensions, elements, D, outcomes } = scenario;
  if (D === 1) {
    return families.map((family, k) => distribution(family, scenario, families.length > 1 ? `p(a|x), Bob ${k + 1}` : "The probabilities p(a|x)"));
  }
  const pictures = families.map((family, k) => {
    const caption = `Bob ${k + 1}`;
    if (dimensions[k] === 2) return sphere(points(family, elements), view, caption, delta);
    return dimensions[k] === 1 ? null : tiles(points(family, elements), caption);
  });
  return [html("div", { class: "row" }, pictures), folded("The same in numbers, about", numbersOf(families, scenario)),
    outcomes.length > 1 ? folded("The probabilities p(a|x)", distribution(families[0], scenario, "The probabilities p(a|x)")) : null];
}

/** Probability and Bloch vectors of every element, for those who do not see the pictures. */
function numbersOf(families, { elements }) {
  const shown = elements.slice(0, MOST_MATRICES);
  const caption = shown.length < elements.length ? `The first ${shown.length} of ${elements.length} elements` : "Every element";
  return table(caption, ["a|x", "probability", ...families.map((_, k) => `state of Bob ${k + 1}`)], shown.map(({ key }) =>
    [key, significant(trace(families[0].get(key)), 6), ...families.map((family) => stateText(family.get(key)))]));
}

// ---- Inequalities ----

const PROVED = {
  "no parent states": ["every assemblage with parent states, so every quantum one, has I ≥ 0"],
  "noise robustness": ["every assemblage with parent states, so every quantum one, has I ≥ 0"],
  "smallest eigenvalue": ["every assemblage with parent states, so every quantum one, has I ≥ 0"],
  "no quantum correlations": ["all quantum correlations have I ≥ 0"],
  "outside a level": ["every quantum assemblage has I ≥ 0"],
  "no LHS model": ["every assemblage with hidden states has I ≥ 0"],
  "LHS noise robustness": ["every assemblage with hidden states has I ≥ 0"],
  "nonlocal correlations": ["all local correlations have I ≥ 0"],
  "no product LHS model": ["every assemblage with product hidden states has I ≥ 0"],
};
const CLASSICAL = new Set(["no LHS model", "LHS noise robustness", "nonlocal correlations"]);

/** A table of coefficients in a Hermitian basis, by element and Bob. */
function coefficientTable(symbol, families) {
  const rows = families.flatMap((family, k) => [...family].map(([name, m]) => [k, name, inBasis(m)]))
    .filter(([, , basis]) => basis.length).slice(0, MOST_MATRICES);
  const several = families.length > 1;
  const written = (basis) => {
    const sizes = basis.map(([, c]) => readable(c.p < 0n ? minus(ZERO, c) : c));
    const about = sizes.some((size) => size.startsWith("≈")) ? "≈ " : "";
    return [about, basis.map(([name, c], i) => {
      const sign = c.p < 0n ? (i ? "− " : "−") : i ? "+ " : "";
      return html("span", { class: "term" }, `${sign}${sizes[i].replace("≈ ", "")} ${name === "1" ? "𝟙" : name} `);
    })].flat();
  };
  const scalar = families.every((family) => [...family.values()].every((m) => m.rows === 1));
  const caption = `The coefficients ${symbol}${scalar ? "" : " in a Hermitian basis: products of Pauli matrices for dimensions 2, 4, 8"}; those that are 0 are left out`;
  const found = table(caption, [several ? "Bob, a|x" : "a|x", symbol], rows.map(([k, name, basis]) => [several ? `${k + 1}, ${name}` : name, written(basis)]));
  return rows.length > MOST_UNFOLDED ? folded(`The ${rows.length} coefficients ${symbol}`, found) : found;
}

export function inequalitySection(proof, found) {
  const functional = proof.inequality ?? (proof.squares && proof.claim !== "quantum bound" && { symbol: "F", families: [proof.functional] });
  if (!functional) return null;
  const { symbol, families, multipliers, constant } = functional;
  const scalar = !proof.inequality || proof.scenario.D === 1;
  const sum = scalar ? [elementSum(), labelled(symbol, "a|x"), ...terms("p ( a | x )")] : traceSum(symbol);
  const offset = constant ? [...terms("c +")] : [];
  return section("The inequality",
    formula(...terms("I ="), ...offset, ...sum, ...terms("≥ 0")),
    constant ? html("p", {}, `The constant is c = ${inFull(constant)}.`) : null,
    html("p", {}, `Proved: ${PROVED[proof.claim]}.`),
    found?.T ? html("p", {}, `It bounds λ: where S ≥ λ 1, I = Σ tr[M S] ≥ λ T with ${stated("T", found.T)}, so λ ≤ (I + δB)/T.`) : null,
    found ? valueLine(proof, found, families, constant) : null,
    coefficientTable(symbol, families),
    matricesOf(`${symbol} as matrices`, symbol, families, !scalar),
    multipliers ? matricesOf("Why it holds: the multipliers V, with which every M = Σ W ⊗ 1 + Σ V is positive", "V", multipliers) : null,
    proof.squares ? squaresNote(proof, found) : null);
}

function valueLine(proof, found, families, constant) {
  const { I, B, most } = found;
  if (!I) return null;
  const classical = CLASSICAL.has(proof.claim) ? null : classicalRange(families, proof.scenario);
  const shift = constant ? approximately(constant) : 0;
  const delta = approximately(proof.radius);
  const marks = [
    { at: approximately(I), letter: "I", kind: "here", text: `this assemblage: ${stated("I", I, 8)}` },
    { at: 0, letter: "0", kind: "bound", text: `${PROVED[proof.claim][0]} (proved)` },
  ];
  if (classical) {
    marks.push({ at: classical[0] + shift, letter: "C", kind: "classical", text: `the least value with hidden states, about ${rounded(classical[0] + shift)} (floating point, not part of the proof)` });
  }
  const bands = [];
  if (delta > 0) {
    bands.push({ from: approximately(minus(I, minus(most, I))), to: approximately(most), kind: "radius" });
    marks.push({ at: approximately(most), letter: "δ", kind: "reach", text: `within the radius, I is at most ${stated("I + δB", most)}, with ${stated("B", B)}` });
  }
  const line = numberLine("Values of I, to scale", marks, bands);
  if (classical || CLASSICAL.has(proof.claim)) return line;
  return [line, html("p", { class: "note" }, "The least value with hidden states is not drawn: there are too many strategies.")];
}

function squaresNote({ squares: { level, words }, claim }, found) {
  const which = level ? `the level ${level}` : "a list of words";
  const rank = found?.columns ? `, ${found.columns} squares` : "";
  return html("div", {},
    html("p", {}, `${claim === "quantum bound" ? "The bound" : "It"} holds because the functional is a sum of squares of words in the measurements: ${which}, ${words.length} words${rank}.`),
    folded("The words", html("p", { class: "words" }, words.map((word) => [html("code", {}, word), " "]))));
}

export function boundSection(proof, found) {
  const { functional, scenario, upper, radius } = proof;
  const scalar = scenario.D === 1;
  const expression = scalar ? [...terms("F ="), elementSum(), labelled("F", "a|x"), ...terms("p ( a | x ) ≤")]
    : [...terms("F ="), elementSum(), ...terms("tr ["), labelled("F", "a|x"), labelled("S", "a|x"), ...terms("] ≤")];
  const classical = classicalRange([functional], scenario);
  const algebraic = algebraicMaximum(functional, scenario);
  const marks = [{ at: approximately(upper), letter: "Q", kind: "bound", text: `everything quantum is at most ${significant(upper, 13, 1)} (proved)` }];
  if (classical) marks.unshift({ at: classical[1], letter: "C", kind: "classical", text: `the greatest classical value, about ${rounded(classical[1])} (floating point, not part of the proof)` });
  const count = scenario.outcomes.flat().reduce((a, b) => a * b, 1);
  if (algebraic !== null) marks.push({ at: algebraic, letter: "A", kind: "here", text: `the greatest value of any probabilities, about ${rounded(algebraic)}` });
  return section("The bound",
    formula(...expression, ...terms(significant(upper, 13, 1))),
    html("p", {}, `upper = ${inFull(upper)}.`),
    numberLine("Values of the functional, to scale", marks),
    classical ? null : html("p", { class: "note" }, `The greatest classical value is not drawn: there are ${count.toLocaleString("en")} strategies.`),
    radius.p ? html("p", {}, `Every coefficient may differ by δ = ${inFull(radius)} in its real and imaginary parts.`) : null,
    coefficientTable("F", [functional]),
    scalar ? null : matricesOf("F as matrices", "F", [functional], false),
    squaresNote(proof, found));
}

// ---- Intervals ----

export function intervalSection({ lower, upper, claim }) {
  const symbol = claim === "smallest eigenvalue" ? "λ" : "r";
  const exact = lower.p === upper.p && lower.q === upper.q;
  const places = 12;
  const marks = exact ? [{ at: approximately(lower), letter: "=", kind: "bound", text: `${symbol} = ${inFull(lower)}, exactly` }]
    : [{ at: approximately(lower), letter: "[", kind: "bound", text: `lower end ${inFull(lower)}` },
      { at: approximately(upper), letter: "]", kind: "bound", text: `upper end ${inFull(upper)}` }];
  const band = exact ? [] : [{ from: approximately(lower), to: approximately(upper), kind: "between" }];
  const whole = symbol === "r" ? numberLine("On the whole range of r", marks, band, [0, 1]) : null;
  const width = minus(upper, lower);
  return section("The number, enclosed",
    formula(...exact ? terms(`${symbol} = ${significant(lower, places)}`) : terms(`${significant(lower, places, -1)} ≤ ${symbol} ≤ ${significant(upper, places, 1)}`)),
    whole, exact && whole ? null : numberLine(exact ? "The value" : `The interval, ${significant(width, 3)} wide`, marks, band));
}

// ---- Models ----

function parentsSection({ parents, claim }) {
  const which = claim === "noise robustness" ? " of the mixture with noise of weight r = upper" : claim === "smallest eigenvalue" ? ": joint matrices, at least lower · 1" : "";
  return section("The parent states", html("p", {}, `Joint states S of the Bobs${which}, with the right marginals and without signalling.`),
    matricesOf(`The ${parents.size} matrices S`, "S", [parents], false));
}

function realisationSection({ realisation: { systems, terms: state, effects }, scenario, weight }, view) {
  const head = systems.map((d, j) => `Alice ${j + 1}: ${d === 1 ? "no quantum system" : `dimension ${d}`}`).join("; ");
  const spheres = effects.map((family, j) => (systems[j] === 2
    ? sphere(scenario.pairs[j].map(([a, x]) => ({ label: `${a}|${x}`, group: `${x}`, outcome: a, m: family.get(`${a}|${x}`) })), view, `Effects of Alice ${j + 1}`) : null));
  const forms = { psi: "a pure state, by rows of the Alices' index and columns of the Bobs'", E: "a state of the Bobs behind a flag of the Alices", R: "a joint state" };
  return section(weight ? `The realisation, with weight 1 − ${readable(weight)}` : "The realisation",
    html("p", {}, `${head}. The state is ${state.length === 1 ? "one term" : `the sum of ${state.length} terms`} over its trace.`),
    html("div", { class: "row" }, spheres),
    foldedLazily("The state, term by term", () => state.slice(0, MOST_MATRICES).map(({ kind, flag, m }, i) => html("div", {},
      html("p", { class: "note" }, `Term ${i + 1}: ${forms[kind]}${kind === "E" ? ` ${flag}` : ""}`),
      m.rows <= 4 * PRINTED_ROWS && m.columns <= PRINTED_ROWS ? equation(kind === "psi" ? "ψ" : kind, `${i + 1}`, null, m) : null))),
    matricesOf("The measurements", "M", effects));
}

function hiddenSection({ hidden: { names, states, total, bases }, weight, claim }, view) {
  const weights = names.map((name) => trace(states[0].get(name)));
  const order = names.map((_, i) => i).sort((i, j) => approximately(weights[j]) - approximately(weights[i]));
  const shown = order.slice(0, 64);
  const pictures = states.map((f, k) => (f.get(names[0]).rows === 2
    ? sphere(shown.map((i) => ({ label: names[i], group: "", outcome: 0, m: f.get(names[i]) })), view, `Hidden states of Bob ${k + 1}`) : null));
  const of = weight ? `, with weight ${readable(weight)}` : claim === "LHS noise robustness" ? " of the mixture with noise of weight r = upper" : "";
  return section(`The hidden states${of}`,
    html("p", {}, `${total} strategies are listed${bases.length ? `, with ${bases.length} ${bases.length === 1 ? "base" : "bases"} for the radius` : ""}. A strategy says which outcome each setting gives.`),
    html("div", { class: "row" }, pictures),
    table(`Strategies by weight${total > shown.length ? `, the first ${shown.length} of ${total}` : ""}`,
      ["strategy", "weight", ...states.map((_, k) => `state of Bob ${k + 1}`)],
      shown.map((i) => [names[i], significant(weights[i], 6), ...states.map((f) => stateText(f.get(names[i])))])),
    matricesOf("The hidden states as matrices", "σ", states));
}

function stateText(m) {
  if (m.rows === 1) return significant(trace(m), 6);
  if (m.rows === 2) return `(${bloch(m).vector.map((v) => v.toFixed(4).replace("-", "−")).join(", ")})`;
  return m.rows <= 3 ? entriesText(m) : `${m.rows} × ${m.rows}`;
}

function productsSection({ terms: all, factors }, view) {
  const shown = all.slice(0, 64);
  const weight = ({ states }) => trace(states.reduce(kronecker));
  const pictures = factors.map((d, k) => (d === 2 ? sphere(shown.map((term, i) => ({ label: `${i + 1}`, group: "", outcome: 0, m: term.states[k] })), view, `States of factor ${k + 1}`) : null));
  return section("The hidden product states",
    html("p", {}, `${all.length} terms, each a strategy with one state for each of the ${factors.length} factors.`),
    html("div", { class: "row" }, pictures),
    table(`The terms${all.length > shown.length ? `, the first ${shown.length}` : ""}`, ["term", "strategy", "weight", ...factors.map((_, k) => `factor ${k + 1}`)],
      shown.map((term, i) => [`${i + 1}`, term.strategy, significant(weight(term), 6), ...term.states.map(stateText)])));
}

export function modelSections(proof, view) {
  return [
    proof.realisation ? realisationSection(proof, view) : null,
    proof.hidden ? hiddenSection(proof, view) : null,
    proof.terms ? productsSection(proof, view) : null,
    proof.parents ? parentsSection(proof) : null,
  ];
}

// ---- The radius ----

/** What the radius means: one entry of the centre, and how far it may be off. */
export function radiusNote({ radius, centre, scenario }) {
  if (radius.p === 0n) return html("p", {}, "The radius is 0: the theorem is about exactly these numbers.");
  const { key } = scenario.elements[0];
  const m = centre[0].get(key);
  const value = { p: m.re[0], q: m.den };
  const [low, high] = [minus(value, radius), plus(value, radius)];
  // Enough digits to tell the ends apart.
  const digits = Math.max(6, Math.min(40, 3 - Math.floor(Math.log10(approximately(radius) || 1e-40))));
  return html("div", {},
    html("p", {}, `The radius is δ = ${inFull(radius)}: every real and imaginary part of every entry may be off by that much, all at once, as long as what results is an assemblage. On the spheres it is the pale disc around a tip, where that is large enough to be seen.`),
    numberLine(`One entry, the first of σ of ${key} for Bob 1, to scale`, [
      { at: approximately(value), letter: "σ", kind: "here", text: `${significant(value, digits)} in the proof` },
      { at: approximately(low), letter: "−", kind: "reach", text: `from ${significant(low, digits, 1)}` },
      { at: approximately(high), letter: "+", kind: "reach", text: `to ${significant(high, digits, -1)}` },
    ], [{ from: approximately(low), to: approximately(high), kind: "radius" }], [Math.min(0, approximately(low)), Math.max(1, approximately(high))]));
}
