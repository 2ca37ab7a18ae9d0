// What a page shows of a proof file: its parts as exact matrices and numbers. The verdict does not
// come from here; a file that cannot be read is shown as text only.

import { hermitian, matrix, number, rational, trace } from "../check/exact.js";
import { scenario } from "../check/scenario.js";
import { functional } from "../check/squares.js";
import { strategy } from "../check/strategies.js";
import { alphabet, words, wordText } from "../check/words.js";
import { CLAIMS } from "../check/claims.js";
import { Fault } from "../check/fault.js";
import { parseBytes } from "../check/strict_json.js";

const MOST_WORDS = 2048;
const MOST_SHOWN_STRATEGIES = 4096;

/** The parts of a proof; throws Fault where the file is not of the form of FORMAT.md. */
export function readProof(bytes) {
  const file = parseBytes(bytes);
  const [statement, evidence] = [file.get("statement"), file.get("evidence")];
  const claim = statement.get("claim");
  if (!CLAIMS.has(claim)) throw new Fault(null, "statement.claim", "a claim of FORMAT.md", "another");
  const number_ = (key) => (statement.has(key) ? rational(statement.get(key), key) : null);
  const sc = scenario(statement.get("scenario"), "statement.scenario");
  const proof = {
    claim, scenario: sc, theorem: file.get("theorem"), provenance: file.get("provenance"),
    radius: number_("radius"), lower: number_("lower"), upper: number_("upper"),
    factors: statement.get("factors")?.map(Number) ?? null,
  };
  if (statement.has("centre")) proof.centre = statement.get("centre").map(matrices);
  if (statement.has("noise")) proof.noise = statement.get("noise").map(matrices);
  return { ...proof, ...evidenceOf(claim, statement, evidence, sc) };
}

/** An assemblage alone, as notebooks show it: {title, scenario, centre}. */
export function readAssemblage(file) {
  const sc = scenario(file.get("scenario"), "scenario");
  const centre = file.get("centre").map((family, k) => new Map([...family].map(([name, m]) =>
    [name, matrix(m, name, sc.dimensions[k], sc.dimensions[k])])));
  return { title: file.get("title"), scenario: sc, centre };
}

/** A Map of matrices by element. */
function matrices(value) {
  return new Map([...value].map(([name, m]) => [name, square(m)]));
}

function square(value) {
  const size = value.get("re").length;
  return hermitian(value, "a matrix", size);
}

const inequality = (value) => ({
  symbol: value.has("W") ? "W" : "F",
  families: value.get(value.has("W") ? "W" : "F").map(matrices),
  multipliers: value.has("V") ? value.get("V").map(matrices) : null,
});

function evidenceOf(claim, statement, evidence, sc) {
  switch (claim) {
    case "no parent states": case "no LHS model": case "nonlocal correlations":
    case "no product LHS model":
      return { inequality: inequality(evidence) };
    case "parent states":
      return { parents: matrices(evidence) };
    case "quantum realisation":
      return { realisation: realisation(evidence, sc) };
    case "noise robustness": case "LHS noise robustness": {
      const upper = evidence.get("upper");
      const model = claim === "noise robustness" ? { parents: matrices(upper) } : { hidden: hidden(upper, sc) };
      return evidence.has("lower") ? { ...model, inequality: inequality(evidence.get("lower")) } : model;
    }
    case "smallest eigenvalue":
      return { parents: matrices(evidence.get("lower")), inequality: inequality(evidence.get("upper")) };
    case "quantum bound":
      return { functional: coefficients(statement.get("functional"), sc, sc.D), squares: squares(evidence, sc) };
    case "no quantum correlations":
      return { functional: coefficients(evidence.get("F"), sc, 1), squares: squares(evidence, sc) };
    case "outside a level": {
      const constant = rational(evidence.get("constant"), "evidence.constant");
      return { inequality: { ...inequality(evidence), constant }, squares: squares(evidence, sc) };
    }
    case "LHS model":
      return { hidden: hidden(evidence, sc) };
    case "product LHS model":
      return { terms: evidence.get("terms").map((term) => ({
        strategy: term.get("strategy"), states: term.get("states").map(square),
      })) };
    default:
      return {
        weight: rational(evidence.get("weight"), "evidence.weight"),
        realisation: realisation(evidence.get("realisation"), sc),
        hidden: hidden(evidence.get("hidden"), sc),
      };
  }
}

function coefficients(value, sc, D) {
  const found = functional(value, "functional", sc, D === 1 ? null : D);
  return new Map(found.map(({ a, x, value: m }) => [`${a.join(",")}|${x.join(",")}`, m]));
}

function squares(evidence, sc) {
  const given = evidence.get("words");
  const list = words(given, "words", alphabet(sc), MOST_WORDS).map(wordText);
  return { level: typeof given === "string" ? given : null, words: list };
}

function hidden(value, sc) {
  const names = [...value.get("states")[0].keys()].slice(0, MOST_SHOWN_STRATEGIES);
  names.forEach((name) => strategy(name, "states", sc));
  const states = value.get("states").map((f) => new Map(names.map((name) => [name, square(f.get(name))])));
  return { names, states, total: value.get("states")[0].size, bases: value.get("bases") };
}

function realisation(value, sc) {
  const systems = value.get("systems").map(Number);
  const A = systems.reduce((a, b) => a * b, 1);
  const terms = value.get("state").map((term) => {
    if (term.has("psi")) return { kind: "psi", m: matrix(term.get("psi"), "psi", A, sc.D) };
    if (term.has("R")) return { kind: "R", m: square(term.get("R")) };
    return { kind: "E", flag: Number(term.get("flag")), m: square(term.get("E")) };
  });
  return { systems, terms, effects: value.get("M").map(matrices) };
}

/** p(a|x) of every element, as 1 x 1 matrices: the traces. */
export function probabilities({ centre, scenario: { elements } }) {
  return new Map(elements.map(({ key }) => [key, number(trace(centre[0].get(key)))]));
}
