// SPDX-License-Identifier: MIT
// FORMAT.md, sections 3.1 to 3.16: the statement, evidence and rules of every claim. Each check
// returns the numbers of its rules, which the page shows.

import {
  below, combined, count, lifted, minus, number, ONE, over, plus, rational, reduced, shown, times,
  trace, whole, ZERO,
} from "./exact.js";
import { requireForm, requireRule } from "./fault.js";
import { assemblage, ball, mixed, requireViolation, values } from "./assemblage.js";
import { classicalInequality, parentInequality, productInequality } from "./inequalities.js";
import {
  hiddenStates, parentStates, requireHiddenStates, requireParents, requireProducts,
  requireRealises, steered,
} from "./models.js";
import { families, key, range, replaced, scenario } from "./scenario.js";
import { functional, requireSquares, sumOfSquares } from "./squares.js";
import { fields, list } from "./strict_json.js";

const BALL = ["scenario", "centre", "radius"];
const INTERVAL = [...BALL, "noise", "lower", "upper"];

/** The further keys of the statement of each claim, and its check. */
export const CLAIMS = new Map([
  ["no parent states", { keys: BALL, check: (s, e) => {
    const b = ballOf(s);
    const { W } = parentInequality(e, "evidence", b.scenario);
    return requireViolation(b, W);
  } }],
  ["parent states", { keys: BALL, check: (s, e) => {
    const b = ballOf(s);
    requireParents(b, parentStates(e, "evidence", b.scenario));
    return {};
  } }],
  ["quantum realisation", { keys: BALL, check: (s, e) => {
    const b = ballOf(s);
    requireRealises(b, steered(e, "evidence", b.scenario));
    return {};
  } }],
  ["noise robustness", { keys: INTERVAL, check: (s, e) => robustness(s, e, {
    inequality: (value, where, sc) => parentInequality(value, where, sc).W,
    model: (b, value) => requireParents(b, parentStates(value, "evidence.upper", b.scenario)),
  }) }],
  ["smallest eigenvalue", { keys: [...BALL, "lower", "upper"], check: smallestEigenvalue }],
  ["quantum bound", { keys: ["scenario", "functional", "radius", "upper"], check: quantumBound }],
  ["no quantum correlations", { keys: BALL, check: noQuantumCorrelations }],
  ["outside a level", { keys: BALL, check: outsideALevel }],
  ["LHS model", { keys: BALL, check: (s, e) => {
    const b = ballOf(s);
    requireHiddenStates(b, hiddenStates(e, "evidence", b.scenario));
    return {};
  } }],
  ["no LHS model", { keys: BALL, check: noHiddenStates }],
  ["LHS noise robustness", { keys: INTERVAL, check: (s, e) => robustness(s, e, {
    inequality: classicalInequality,
    model: (b, value) => requireHiddenStates(b, hiddenStates(value, "evidence.upper", b.scenario)),
  }) }],
  ["nonlocal correlations", { keys: BALL, check: (s, e) => {
    const { dimensions } = scenario(s.get("scenario"), "statement.scenario");
    const ok = dimensions.length === 1 && dimensions[0] === 1;
    requireForm(ok, "statement.scenario.dimensions", 'the list ["1"]', "another");
    return noHiddenStates(s, e);
  } }],
  ["no product LHS model", { keys: [...BALL, "factors"], check: (s, e) => {
    const { b, factors } = jointStates(s);
    return requireViolation(b, productInequality(e, "evidence", b.scenario, factors));
  } }],
  ["product LHS model", { keys: [...BALL, "factors"], check: (s, e) => {
    const { b, factors } = jointStates(s);
    requireForm(b.radius.p === 0n, "statement.radius", "0", shown(b.radius));
    requireProducts(b, e, "evidence", factors);
    return {};
  } }],
  ["quantum mixture", { keys: BALL, check: quantumMixture }],
]);

const ballOf = (s) => ball(scenario(s.get("scenario"), "statement.scenario"), s);

/** The numbers lower <= upper of a statement. */
function ends(s) {
  const [lower, upper] = ["lower", "upper"].map((name) => rational(s.get(name), `statement.${name}`));
  requireForm(!below(upper, lower), "statement.upper", "at least lower", shown(upper));
  return [lower, upper];
}

function robustness(s, e, { inequality, model }) {
  const [lower, upper] = ends(s);
  requireForm(lower.p >= 0n, "statement.lower", "a rational from 0", shown(lower));
  requireForm(!below(ONE, upper), "statement.upper", "a rational up to 1", shown(upper));
  const b = ballOf(s);
  const noise = assemblage(s.get("noise"), "statement.noise", b.scenario);
  const trivial = lower.p === 0n;
  const given = fields(e, "evidence", trivial ? ["upper"] : ["upper", "lower"]);
  let found = {};
  if (!trivial) {
    const coefficients = inequality(given[1], "evidence.lower", b.scenario);
    found = requireViolation(b, coefficients);
    const { most } = values(mixed(b, noise, lower), coefficients);
    requireRule(most.p <= 0n, "lower", "the mixture at r = lower", "at most 0", shown(most));
  }
  model(mixed(b, noise, upper), given[0]);
  return found;
}

function smallestEigenvalue(s, e) {
  const [lower, upper] = ends(s);
  const b = ballOf(s);
  const [S, multipliers] = fields(e, "evidence", ["lower", "upper"]);
  requireParents(b, parentStates(S, "evidence.lower", b.scenario), lower);
  const { W, T } = parentInequality(multipliers, "evidence.upper", b.scenario);
  const found = values(b, W);
  requireRule(T.p > 0n, "upper", "T", "a positive number", shown(T));
  const ok = !below(times(upper, T), found.most);
  requireRule(ok, "upper", "I + delta B", `at most upper T = ${shown(times(upper, T))}`, shown(found.most));
  return { ...found, T };
}

function quantumBound(s, e) {
  const sc = scenario(s.get("scenario"), "statement.scenario");
  const radius = rational(s.get("radius"), "statement.radius");
  requireForm(radius.p >= 0n, "statement.radius", "a rational from 0", shown(radius));
  const upper = rational(s.get("upper"), "statement.upper");
  const size = sc.D === 1 ? null : sc.D;
  const F = functional(s.get("functional"), "statement.functional", sc, size);
  const [wordValue, factorValue] = fields(e, "evidence", ["words", "factor"]);
  const squares = sumOfSquares(wordValue, factorValue, "evidence", sc, sc.D);
  const constant = minus(upper, times(radius, whole(2 * sc.D * F.length)));
  const negative = F.map(({ value, ...rest }) =>
    ({ ...rest, value: combined(sc.D, sc.D, [[value, whole(-1)]]) }));
  requireSquares(squares, negative, constant, sc);
  return facts(squares);
}

const facts = ({ words, columns }) => ({ words: words.length, columns });

function noQuantumCorrelations(s, e) {
  const b = ballOf(s);
  const { centre, radius, scenario: sc } = b;
  const [item, wordValue, factorValue] = fields(e, "evidence", ["F", "words", "factor"]);
  const F = functional(item, "evidence.F", sc, null);
  const squares = sumOfSquares(wordValue, factorValue, "evidence", sc, 1);
  requireSquares(squares, F, ZERO, sc);
  const known = new Map(sc.elements.map(({ key: name }) => [name, trace(centre[0].get(name))]));
  const probability = (a, x) => {
    const name = key(a, x);
    if (!known.has(name)) {
      const j = a.indexOf("*");
      const sums = range(sc.outcomes[j][x[j]]).map((o) => probability(replaced(a, j, o), x));
      known.set(name, sums.reduce(plus));
    }
    return known.get(name);
  };
  let [I, B] = [ZERO, ZERO];
  for (const { a, x, value } of F) {
    const f = trace(value);
    I = plus(I, times(f, probability(a, x)));
    if (a.every((n) => n === "*")) continue;
    const copies = a.reduce((n, o, j) => (o === "*" ? n * sc.outcomes[j][x[j]] : n), 1);
    B = plus(B, times(f.p < 0n ? minus(ZERO, f) : f, whole(copies)));
  }
  B = times(B, whole(Math.min(...sc.dimensions)));
  const most = plus(I, times(radius, B));
  requireRule(most.p < 0n, "value", "the functional at the centre", "a negative number", shown(most));
  return { I, B, most, ...facts(squares) };
}

function outsideALevel(s, e) {
  const b = ballOf(s);
  const { dimensions, elements, D } = b.scenario;
  const [item, constantValue, wordValue, factorValue] =
    fields(e, "evidence", ["W", "constant", "words", "factor"]);
  const W = families(item, "evidence.W", b.scenario);
  const constant = rational(constantValue, "evidence.constant");
  const squares = sumOfSquares(wordValue, factorValue, "evidence", b.scenario, D);
  const coefficients = elements.map(({ a, x, key: name }) => ({
    a, x, value: combined(D, D, W.map((f, k) => [lifted(f.get(name), k, dimensions)])),
  }));
  requireSquares(squares, coefficients, constant, b.scenario);
  return { ...requireViolation(b, W, constant), ...facts(squares) };
}

function noHiddenStates(s, e) {
  const b = ballOf(s);
  return requireViolation(b, classicalInequality(e, "evidence", b.scenario));
}

/** A statement about joint states of Bobs: its ball and the factors of the one space. */
function jointStates(s) {
  const b = ballOf(s);
  const at = "statement.factors";
  const factors = list(s.get("factors"), at).map((item, k) => count(item, `${at}[${k}]`, 2, 256));
  requireForm(factors.length >= 2, at, "at least two factors", `${factors.length}`);
  const { dimensions, D } = b.scenario;
  const product = factors.reduce((n, d) => Math.min(n * d, D + 1), 1);
  const ok = dimensions.length === 1 && product === D;
  requireForm(ok, at, "factors of the dimension of the one Bob", "others");
  return { b, factors };
}

function quantumMixture(s, e) {
  const b = ballOf(s);
  const { scenario: sc, centre, radius } = b;
  const [weightValue, realisation, hidden] = fields(e, "evidence", ["weight", "realisation", "hidden"]);
  const t = rational(weightValue, "evidence.weight");
  requireForm(t.p > 0n && !below(ONE, t), "evidence.weight", "0 < t <= 1", shown(t));
  const S = steered(realisation, "evidence.realisation", sc);
  const [own, others] = [over(ONE, t), over(minus(t, ONE), t)];
  const local = centre.map((f, k) => {
    const d = sc.dimensions[k];
    return new Map([...f].map(([name, m]) => {
      const Q = reduced(S.get(name), k, sc.dimensions);
      return [name, combined(d, d, [[m, own], [Q, others]])];
    }));
  });
  const states = hiddenStates(hidden, "evidence.hidden", sc);
  requireHiddenStates({ scenario: sc, centre: local, radius: over(radius, t) }, states);
  return {};
}
