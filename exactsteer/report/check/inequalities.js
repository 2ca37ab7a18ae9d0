// SPDX-License-Identifier: MIT
// Inequalities that every assemblage with parent states (FORMAT.md, 3.1), with hidden states (3.11)
// or with product hidden states (3.14) satisfies.

import {
  combined, hermitian, isZero, lcm, lifted, partlyTransposed, plus, trace, whole, ZERO,
} from "./exact.js";
import { progress, requireForm, requireRule } from "./fault.js";
import { requirePositive } from "./assemblage.js";
import { families, family, key, replaced, rest, withoutOutcome } from "./scenario.js";
import { strategy, strategyText } from "./strategies.js";
import { fields, list, object } from "./strict_json.js";

const MOST_STRATEGIES = 1048576;
const MOST_ENTRIES = 16777216;

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

/** F, with the rule positive of section 3.11. */
export function classicalInequality(value, where, scenario) {
  const total = strategyCount(scenario);
  const [item] = fields(value, where, ["F"]);
  const F = families(item, `${where}.F`, scenario);
  everyStrategy(scenario, F, total, (M, lambda) => {
    requirePositive(M, "positive", `M of the strategy ${strategyText(lambda)}`);
  });
  return F;
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
