// SPDX-License-Identifier: MIT
// Models of all assemblages of a ball: parent states (FORMAT.md, 3.2), realisations (3.3), hidden
// states (3.10) and products of hidden states (3.15).

import {
  combined, count, fraction, hermitian, isZero, kronecker, matrix, plus, reduced, shifted, times,
  trace, unit, whole, ZERO,
} from "./exact.js";
import { progress, quoted, requireForm, requireRule, spend } from "./fault.js";
import { margin, noSignalling, requirePositive, rowNorm } from "./assemblage.js";
import { combinations, family, key, range, replaced } from "./scenario.js";
import { strategy, strategyText } from "./strategies.js";
import { fields, list, object, text } from "./strict_json.js";

const MOST_SYSTEM = 512;
const MOST_STATE = 1024;
const MOST_BASES = 4096;
const MOST_TERMS = 65536;
const MOST_PAIRS = 4194304;

function requireSame(rule, where, left, right) {
  const same = isZero(combined(left.rows, left.rows, [[left], [right, whole(-1)]]));
  requireRule(same, rule, where, "the matrix of the statement", "another");
}

// ---- Parent states ----

export function parentStates(value, where, { elements, D }) {
  return family(value, where, elements.map((element) => element.key), D);
}

/** Rules marginal, signalling and positive of section 3.2, for S - mu(delta, least) 1. */
export function requireParents(ball, S, least = ZERO) {
  const { scenario, centre, radius } = ball;
  requireMarginals(scenario, centre, S);
  noSignalling(S, "signalling", "S", scenario);
  requireRoom(S, margin(scenario, radius, least));
}

function requireMarginals({ dimensions }, centre, S) {
  for (const [name, m] of S) {
    centre.forEach((f, k) => {
      requireSame("marginal", `S of ${name}, Bob ${k}`, reduced(m, k, dimensions), f.get(name));
    });
  }
}

function requireRoom(S, room) {
  let done = 0;
  for (const [name, m] of S) {
    requirePositive(shifted(m, room), "positive", `S of ${name}, less its margin`);
    done += 1;
    progress("S", done, S.size);
  }
}

// ---- Realisations ----

/** The joint states S_{a|x} that a realisation gives the Bobs; rules state and povm. */
export function steered(value, where, scenario) {
  const [systemValue, stateValue, mValue] = fields(value, where, ["systems", "state", "M"]);
  const { outcomes, pairs, D } = scenario;
  const n = outcomes.length;
  const at = `${where}.systems`;
  requireForm(list(systemValue, at).length === n, at, `${n} integers`, `${systemValue.length}`);
  const systems = systemValue.map((item, j) => count(item, `${at}[${j}]`, 1, MOST_SYSTEM));
  const A = systems.reduce((product, d) => {
    requireForm(product * d * D <= MOST_STATE, at, `A D at most ${MOST_STATE}`, "more");
    return product * d;
  }, 1);
  const rho = state(stateValue, `${where}.state`, A, D);
  requireForm(list(mValue, `${where}.M`).length === n, `${where}.M`, `${n} families`, `${mValue.length}`);
  const effects = mValue.map((item, j) => {
    const keys = pairs[j].map(([a, x]) => key([a], [x]));
    const found = family(item, `${where}.M[${j}]`, keys, systems[j]);
    for (const [name, m] of found) requirePositive(m, "povm", `M[${j}] of ${name}`);
    outcomes[j].forEach((o, x) => {
      const terms = range(o).map((a) => [found.get(key([a], [x]))]);
      const sum = combined(systems[j], systems[j], terms);
      const same = isZero(combined(systems[j], systems[j], [[sum], [unit(systems[j]), whole(-1)]]));
      requireRule(same, "povm", `M[${j}], setting ${x}`, "effects of sum 1", "another sum");
    });
    return found;
  });
  // One Alice measures after the other.
  let left = [{ a: [], x: [], m: rho }];
  pairs.forEach((all, j) => {
    left = left.flatMap(({ a, x, m }, i) => {
      progress(`measuring, Alice ${j}`, i, left.length);
      return all.map(([b, y]) => ({
        a: [...a, b], x: [...x, y], m: measured(effects[j].get(key([b], [y])), m),
      }));
    });
  });
  return new Map(left.map(({ a, x, m }) => [key(a, x), m]));
}

/** The state; rule state. */
function state(value, where, A, D) {
  const size = A * D;
  const terms = list(value, where).map((item, i) => {
    const at = `${where}[${i}]`;
    progress("state", i, value.length);
    if (object(item, at).has("psi")) {
      const [p] = fields(item, at, ["psi"]);
      return projector(matrix(p, `${at}.psi`, A, D));
    }
    if (item.has("R")) {
      const [r] = fields(item, at, ["R"]);
      const m = hermitian(r, `${at}.R`, size);
      requirePositive(m, "state", at);
      return m;
    }
    const [e, flagValue] = fields(item, at, ["E", "flag"]);
    const m = hermitian(e, `${at}.E`, D);
    const flag = count(flagValue, `${at}.flag`, 0, A - 1);
    requirePositive(m, "state", at);
    const placed = { ...combined(size, size, []), den: m.den };
    for (let i1 = 0; i1 < D; i1 += 1) {
      for (let j1 = 0; j1 < D; j1 += 1) {
        const to = (flag * D + i1) * size + flag * D + j1;
        placed.re[to] = m.re[i1 * D + j1];
        placed.im[to] = m.im[i1 * D + j1];
      }
    }
    return placed;
  });
  const total = terms.map(trace).reduce(plus, ZERO);
  requireRule(total.p > 0n, "state", where, "terms whose traces have a positive sum", "others");
  const weight = fraction(total.q, total.p);
  return combined(size, size, terms.map((m) => [m, weight]));
}

/** |psi><psi| of the vector with the entries of P row by row. */
function projector({ den, re, im }) {
  const size = re.length;
  const m = { ...combined(size, size, []), den: den * den };
  for (let i = 0; i < size; i += 1) {
    if (!re[i] && !im[i]) continue;
    for (let j = 0; j < size; j += 1) {
      m.re[i * size + j] = re[i] * re[j] + im[i] * im[j];
      m.im[i * size + j] = im[i] * re[j] - re[i] * im[j];
    }
  }
  return m;
}

/** tr_Alice[(M (x) 1) rho] for the first system of rho, on which M acts. */
function measured(effect, rho) {
  const d = effect.rows;
  const size = rho.rows / d;
  const m = { ...combined(size, size, []), den: effect.den * rho.den };
  spend(d * d * size * size, 0);
  for (let i = 0; i < d; i += 1) {
    for (let j = 0; j < d; j += 1) {
      // The entry M_ji multiplies rho_(i b),(j c).
      const [p, q] = [effect.re[j * d + i], effect.im[j * d + i]];
      if (!p && !q) continue;
      for (let b = 0; b < size; b += 1) {
        for (let c = 0; c < size; c += 1) {
          const from = (i * size + b) * rho.rows + j * size + c;
          const [r, s] = [rho.re[from], rho.im[from]];
          if (!r && !s) continue;
          m.re[b * size + c] += p * r - q * s;
          m.im[b * size + c] += p * s + q * r;
        }
      }
    }
  }
  return m;
}

/** Rules marginal, reach and positive of section 3.3. */
export function requireRealises(ball, S) {
  const { scenario, centre, radius } = ball;
  requireMarginals(scenario, centre, S);
  if (radius.p === 0n) return;
  const alices = scenario.outcomes.length;
  requireRule(alices === 1, "reach", "statement.radius", "0, or one Alice", `${alices} Alices`);
  requireRoom(S, margin(scenario, radius, ZERO));
}

// ---- Hidden states ----

/** The states of each Bob by strategy, the strategies and the bases. */
export function hiddenStates(value, where, scenario) {
  const [stateValue, baseValue] = fields(value, where, ["states", "bases"]);
  const { dimensions, settings } = scenario;
  const [at, n] = [`${where}.states`, dimensions.length];
  requireForm(list(stateValue, at).length === n, at, `${n} objects`, `${stateValue.length}`);
  const names = [...object(stateValue[0], `${at}[0]`).keys()];
  requireForm(names.length > 0, `${at}[0]`, "at least one strategy", "none");
  const most = `strategies times settings at most ${MOST_PAIRS}`;
  requireForm(names.length * settings <= MOST_PAIRS, at, most, "more");
  const strategies = new Map(names.map((name) => [name, strategy(name, at, scenario)]));
  const states = stateValue.map((item, k) => family(item, `${at}[${k}]`, names, dimensions[k]));
  const bases = list(baseValue, `${where}.bases`);
  requireForm(bases.length <= MOST_BASES, `${where}.bases`, `at most ${MOST_BASES}`, "more");
  return {
    states, strategies,
    bases: bases.map((item, i) => {
      const place = `${where}.bases[${i}]`;
      return strategy(text(item, place), place, scenario);
    }),
  };
}

/** Rules trace, model, reach and positive of section 3.10. */
export function requireHiddenStates({ scenario, centre, radius }, { states, strategies, bases }) {
  for (const name of strategies.keys()) {
    const t = trace(states[0].get(name));
    for (const f of states) {
      const other = trace(f.get(name));
      const ok = other.p === t.p && other.q === t.q;
      requireRule(ok, "trace", `the strategy ${name}`, "the same trace for every Bob", "another");
    }
  }
  requireResponses(scenario, centre, states, strategies);
  const weights = radius.p === 0n ? new Map() : baseWeights(scenario, strategies, bases);
  let done = 0;
  for (const name of strategies.keys()) {
    states.forEach((f, k) => {
      const d = scenario.dimensions[k];
      const room = times(times(radius, rowNorm(d)), weights.get(name) ?? ZERO);
      requirePositive(shifted(f.get(name), room), "positive", `the strategy ${name}, Bob ${k}`);
    });
    done += 1;
    if (done % 64 === 0) progress("hidden states", done, strategies.size);
  }
}

/** The rule model: the states of the strategies that answer a to x have the sum sigma_{a|x}. */
function requireResponses(scenario, centre, states, strategies) {
  const xs = combinations(scenario.outcomes.map((row) => range(row.length)));
  const answering = new Map(scenario.elements.map((element) => [element.key, []]));
  for (const [name, lambda] of strategies) {
    for (const x of xs) answering.get(key(lambda.map((row, j) => row[x[j]]), x)).push(name);
  }
  centre.forEach((f, k) => {
    const d = scenario.dimensions[k];
    for (const [name, m] of f) {
      const sum = combined(d, d, answering.get(name).map((lambda) => [states[k].get(lambda)]));
      requireSame("model", `${name}, Bob ${k}`, sum, m);
    }
  });
}

/** The means of the weights w_b over the bases; the rule reach. */
function baseWeights({ outcomes }, strategies, bases) {
  requireRule(bases.length > 0, "reach", "bases", "a base, since the radius is not 0", "none");
  const follows = outcomes.map((row) => {
    const others = row.map((o) => o - 1);
    return 1 + others.reduce((a, b) => a + b) - Math.max(...others);
  });
  const sums = new Map();
  bases.forEach((base, i) => {
    progress("bases", i, bases.length);
    for (const [lambda, weight] of star(base, outcomes, follows)) {
      spend(16, 0);
      const name = strategyText(lambda);
      const ok = strategies.has(name);
      requireRule(ok, "reach", `the base ${strategyText(base)}`, `the strategy ${quoted(name)}`, "none");
      sums.set(name, (sums.get(name) ?? 0n) + weight);
    }
  });
  const mean = ([name, sum]) => [name, fraction(sum, BigInt(bases.length))];
  return new Map([...sums].map(mean));
}

/** The strategies of the star of a base with their weights, one after the other. */
function* star(base, outcomes, follows, j = 0) {
  if (j === base.length) {
    yield [[], 1n];
    return;
  }
  for (const [others, weight] of star(base, outcomes, follows, j + 1)) {
    yield [[base[j], ...others], weight * BigInt(follows[j])];
    for (let x = 0; x < base[j].length; x += 1) {
      for (let a = 0; a < outcomes[j][x]; a += 1) {
        if (a !== base[j][x]) yield [[replaced(base[j], x, a), ...others], weight];
      }
    }
  }
}

// ---- Products of hidden states ----

/** Rules positive and model of section 3.15. */
export function requireProducts({ scenario, centre }, value, where, factors) {
  const [termValue] = fields(value, where, ["terms"]);
  const at = `${where}.terms`;
  const most = Math.min(MOST_TERMS, Math.trunc(MOST_PAIRS / scenario.settings));
  requireForm(list(termValue, at).length <= most, at, `at most ${most} terms`, "more");
  const xs = combinations(scenario.outcomes.map((row) => range(row.length)));
  const answering = new Map(scenario.elements.map((element) => [element.key, []]));
  const terms = termValue.map((item, i) => {
    const place = `${at}[${i}]`;
    const [name, states] = fields(item, place, ["strategy", "states"]);
    const lambda = strategy(text(name, place), place, scenario);
    const ok = list(states, place).length === factors.length;
    requireForm(ok, place, `${factors.length} states`, `${states.length}`);
    const taus = states.map((m, k) => hermitian(m, `${place}.states[${k}]`, factors[k]));
    taus.forEach((m, k) => requirePositive(m, "positive", `${place}.states[${k}]`));
    for (const x of xs) answering.get(key(lambda.map((row, j) => row[x[j]]), x)).push(i);
    progress("terms", i, termValue.length);
    return taus.reduce(kronecker);
  });
  for (const [name, m] of centre[0]) {
    const sum = combined(m.rows, m.rows, answering.get(name).map((i) => [terms[i]]));
    requireSame("model", name, sum, m);
  }
  return termValue.length;
}
