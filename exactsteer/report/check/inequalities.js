// SPDX-License-Identifier: MIT
// Inequalities that every assemblage with parent states (FORMAT.md, 3.1), with hidden states (3.11)
// or with product hidden states (3.14) satisfies.

import {
  abs, combined, count, hermitian, isZero, lcm, lifted, partlyTransposed, plus, trace, whole, ZERO,
} from "./exact.js";
import { progress, requireForm, requireRule, spend } from "./fault.js";
import { requirePositive } from "./assemblage.js";
import { families, family, key, replaced, rest, withoutOutcome } from "./scenario.js";
import { strategy, strategyText } from "./strategies.js";
import { fields, list, object } from "./strict_json.js";

const MOST_STRATEGIES = 1048576;
const MOST_ENTRIES = 16777216;
const MOST_GRID = 16777216;
// n_p is a multiple of one over this.
const STEPS = 1000000n;

/** W, V and T, the sum of the traces of all M; rules balance and positive of section 3.1. */
export function parentInequality(value, where, scenario) {
  const [wValue, vValue] = fields(value, where, ["W", "V"]);
  const { dimensions, outcomes, elements, D } = scenario;
  const W = families(wValue, `${where}.W`, scenario);
  const n = outcomes.length;
  requireForm(list(vValue, `${where}.V`).length === n, `${where}.V`, `${n} families`, `${vValue.length}`);
  const V = vValue.map((item, j) => {
    const starred = withoutOutcome(scenario, j);
    const found = family(item, `${where}.V[${j}]`, starred.map((element) => element.key), D);
    const groups = new Map();
    for (const element of starred) {
      const group = rest(element, j);
      if (!groups.has(group)) groups.set(group, []);
      groups.get(group).push([found.get(element.key)]);
    }
    for (const [group, terms] of groups) {
      const ok = isZero(combined(D, D, terms));
      requireRule(ok, "balance", `V[${j}], ${group}`, "the sum 0 over the settings", "another");
    }
    return found;
  });
  let T = ZERO;
  elements.forEach((element, i) => {
    const joint = W.map((f, k) => [lifted(f.get(element.key), k, dimensions)]);
    const multipliers = V.map((f, j) => [f.get(key(replaced(element.a, j, "*"), element.x))]);
    const M = combined(D, D, [...joint, ...multipliers]);
    requirePositive(M, "positive", `M of ${element.key}`);
    T = plus(T, trace(M));
    progress("M", i + 1, elements.length);
  });
  return { W, V, T };
}

/** How many strategies there are; malformed beyond the limits of section 3.11. */
function strategyCount({ outcomes, D }) {
  let count = 1;
  for (const o of outcomes.flat()) {
    count *= o;
    const ok = count <= MOST_STRATEGIES && count * D * D <= MOST_ENTRIES;
    const most = `at most ${MOST_STRATEGIES} strategies and ${MOST_ENTRIES} entries`;
    requireForm(ok, "statement.scenario", most, "more");
  }
  return count;
}

/** F, with the rule positive or the rule grid of section 3.11. */
export function classicalInequality(value, where, scenario) {
  if (object(value, where).has("grid")) return griddedInequality(value, where, scenario);
  const total = strategyCount(scenario);
  const [item] = fields(value, where, ["F"]);
  const F = families(item, `${where}.F`, scenario);
  everyStrategy(scenario, F, total, (M, lambda) => {
    requirePositive(M, "positive", `M of the strategy ${strategyText(lambda)}`);
  });
  return F;
}

/** F, with the rule grid of section 3.11. */
function griddedInequality(value, where, scenario) {
  const { dimensions, outcomes, elements } = scenario;
  const [item, grid] = fields(value, where, ["F", "grid"]);
  const at = `${where}.grid`;
  const ok = outcomes.length === 1 && dimensions.length === 1 && dimensions[0] === 2;
  requireForm(ok, at, "one Alice and one Bob, of dimension 2", "others");
  const level = count(grid, at, 1, MOST_GRID);
  const total = 4 * level * level + 2;
  requireForm(total * elements.length <= MOST_GRID, at, `(4 k^2 + 2) E up to ${MOST_GRID}`, `${level}`);
  const F = families(item, `${where}.F`, scenario);
  const den = [...F[0].values()].reduce((d, m) => lcm(d, m.den), 1n);
  // By setting, then outcome: tr F, tr F X, tr F Y, tr F Z; elements[i] is the i-th pair (a, x).
  const settings = outcomes[0].map(() => []);
  for (const { x: [x], key: name } of elements) {
    const { re, im, den: own } = F[0].get(name);
    const scale = den / own;
    settings[x].push([re[0] + re[3], 2n * re[1], -2n * im[1], re[0] - re[3]].map((n) => n * scale));
  }
  const bits = settings.flat(2).reduce((most, n) => Math.max(most, 4 * n.toString(16).length), 0);
  const check = (p) => {
    spend(4 * elements.length, bits);
    const squares = p.reduce((sum, n) => sum + n * n, 0n);
    const point = [rootBelow((STEPS * STEPS * (3n * squares - 2n)) / 3n), ...p.map((n) => n * STEPS)];
    let sum = 0n;
    for (const traces of settings) {
      let least = null;
      for (const f of traces) {
        const n = f[0] * point[0] + f[1] * point[1] + f[2] * point[2] + f[3] * point[3];
        if (least === null || n < least) least = n;
      }
      sum += least;
    }
    requireRule(sum >= 0n, "grid", `the point ${p.join(", ")}`, "a sum from 0", "a negative sum");
  };
  let done = 0;
  const most = BigInt(level);
  for (let i = -most; i <= most; i += 1n) {
    const room = most - abs(i);
    for (let j = -room; j <= room; j += 1n) {
      const left = room - abs(j);
      const ends = left ? [left, -left] : [left];
      for (const k of ends) check([i, j, k]);
      done += ends.length;
    }
    progress("points", done, total);
  }
  return F;
}

/** The largest integer whose square is at most n. */
function rootBelow(n) {
  // Newton's method from above falls until it is there.
  let root = 1n << BigInt(n.toString(2).length);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

/** F, with the rule positive of section 3.14. */
export function productInequality(value, where, scenario, factors) {
  const total = strategyCount(scenario);
  const [fValue, qValue] = fields(value, where, ["F", "Q"]);
  const F = families(fValue, `${where}.F`, scenario);
  const { D } = scenario;
  const Q = new Map();
  for (const [name, sets] of object(qValue, `${where}.Q`)) {
    const at = `${where}.Q[${name.slice(0, 80)}]`;
    const terms = [];
    strategy(name, at, scenario);
    for (const [setName, m] of object(sets, at)) {
      const set = factorSet(setName, at, factors.length);
      const q = hermitian(m, `${at}[${setName}]`, D);
      requirePositive(q, "positive", `Q of the strategy ${name} and the set ${setName}`);
      terms.push([partlyTransposed(q, set, factors), whole(-1)]);
    }
    Q.set(name, terms);
  }
  everyStrategy(scenario, F, total, (M, lambda) => {
    const name = strategyText(lambda);
    const left = combined(D, D, [[M], ...(Q.get(name) ?? [])]);
    requirePositive(left, "positive", `the strategy ${name}`);
  });
  return F;
}

/** A non-empty set of factors, written as increasing numbers with commas. */
function factorSet(name, where, most) {
  const found = name.split(",").map((n) => (/^[0-9]$/.test(n) ? Number(n) : most));
  const ok = found.every((n, i) => n < most && (i === 0 || found[i - 1] < n));
  requireForm(ok, where, "factors in increasing order", JSON.stringify(name.slice(0, 80)));
  return new Set(found);
}

/** Call visit(M_lambda, lambda) for every strategy, M_lambda = sum_x sum_k F_{lambda(x)|x} (x) 1. */
function everyStrategy({ dimensions, outcomes, elements, pairs, D }, F, total, visit) {
  const joint = elements.map(({ key: name }) =>
    combined(D, D, F.map((f, k) => [lifted(f.get(name), k, dimensions)])));
  // Integers over one denominator, real parts and then imaginary ones.
  const den = joint.reduce((d, m) => lcm(d, m.den), 1n);
  const rows = joint.map((m) => [...m.re, ...m.im].map((n) => n * (den / m.den)));
  const lambda = outcomes.map(() => []);
  let done = 0;

  // What is left to sum over: sums[r] for the combinations r of pairs of the Alices from j on.
  const alice = (sums, j) => {
    if (j < outcomes.length) {
      choose(sums, j, 0, 0, null);
      return;
    }
    const [re, im] = [sums[0].slice(0, D * D), sums[0].slice(D * D)];
    visit({ rows: D, columns: D, den, re, im }, lambda);
    done += 1;
    if (done % 256 === 0) progress("strategies", done, total);
  };
  // `chosen` and the terms of the pair with this number of Alice j.
  const withPair = (sums, j, pair, chosen) => {
    const others = sums.length / pairs[j].length;
    const terms = sums.slice(pair * others, (pair + 1) * others);
    return chosen === null ? terms : chosen.map((sum, r) => sum.map((n, i) => n + terms[r][i]));
  };
  // The outcomes of the settings of Alice j from x on, `first` being the pair (0, x).
  const choose = (sums, j, x, first, chosen) => {
    // Settings of one outcome leave no choice; there may be too many for a call each.
    while (outcomes[j][x] === 1) {
      lambda[j][x] = 0;
      [chosen, first, x] = [withPair(sums, j, first, chosen), first + 1, x + 1];
    }
    if (x === outcomes[j].length) {
      alice(chosen, j + 1);
      return;
    }
    for (let a = 0; a < outcomes[j][x]; a += 1) {
      lambda[j][x] = a;
      choose(sums, j, x + 1, first + outcomes[j][x], withPair(sums, j, first + a, chosen));
    }
  };
  alice(rows, 0);
}
