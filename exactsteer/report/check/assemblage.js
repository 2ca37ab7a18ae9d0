// SPDX-License-Identifier: MIT
// FORMAT.md, section 3.1: assemblages, their rules (A1)-(A3), and the ball of a statement.

import {
  box, combined, equal, inner, isZero, minus, ONE, over, plus, rational, shown, times, trace, whole,
  ZERO,
} from "./exact.js";
import { progress, requireForm, requireRule } from "./fault.js";
import { isPositive } from "./positivity.js";
import { families, rest } from "./scenario.js";

export function requirePositive(m, rule, where) {
  requireRule(isPositive(m), rule, where, "a positive semidefinite matrix", "another");
}

/** The scenario, centre and radius of a statement, whose centre is an assemblage. */
export function ball(scenario, value) {
  const radius = rational(value.get("radius"), "statement.radius");
  requireForm(radius.p >= 0n, "statement.radius", "a rational from 0", shown(radius));
  return { scenario, centre: assemblage(value.get("centre"), "statement.centre", scenario), radius };
}

/** Families that satisfy A1, A2 and A3. */
export function assemblage(value, where, scenario) {
  const sigma = families(value, where, scenario);
  sigma.forEach((f, k) => {
    for (const [name, m] of f) requirePositive(m, "A1", `${where}[${k}], ${name}`);
  });
  const sums = new Map();
  for (const { x, key } of scenario.elements) {
    const p = trace(sigma[0].get(key));
    sigma.forEach((f, k) => {
      const other = trace(f.get(key));
      requireRule(equal(other, p), "A2", `${where}[${k}], ${key}`, `the trace ${shown(p)}`, shown(other));
    });
    sums.set(x.join(), plus(sums.get(x.join()) ?? ZERO, p));
  }
  for (const [x, sum] of sums) {
    requireRule(equal(sum, ONE), "A2", `${where}, settings ${x}`, "probabilities of sum 1", shown(sum));
  }
  sigma.forEach((f, k) => noSignalling(f, "A3", `${where}[${k}]`, scenario));
  progress("assemblage", 1, 1);
  return sigma;
}

/** The sums over the outcomes of each Alice do not depend on her setting. */
export function noSignalling(f, rule, where, scenario) {
  scenario.outcomes.forEach((row, j) => {
    if (row.length === 1) return;
    const groups = new Map();
    for (const element of scenario.elements) {
      const group = rest(element, j);
      if (!groups.has(group)) groups.set(group, row.map(() => []));
      groups.get(group)[element.x[j]].push([f.get(element.key)]);
    }
    for (const [group, settings] of groups) {
      const size = settings[0][0][0].rows;
      const [first, ...others] = settings.map((terms) => combined(size, size, terms));
      for (const other of others) {
        const same = isZero(combined(size, size, [[first], [other, whole(-1)]]));
        const place = `${where}, ${group}, Alice ${j}`;
        requireRule(same, rule, place, "the same sum over outcomes for all settings", "others");
      }
    }
  });
}

/** The mixtures r noise + (1 - r) Sigma of all Sigma in a ball. */
export function mixed({ scenario, centre, radius }, noise, r) {
  const kept = minus(ONE, r);
  const mixtures = centre.map((f, k) => {
    const d = scenario.dimensions[k];
    const mix = ([name, m]) => [name, combined(d, d, [[noise[k].get(name), r], [m, kept]])];
    return new Map([...f].map(mix));
  });
  return { scenario, centre: mixtures, radius: times(kept, radius) };
}

/** What a change of at most 1 of each real and imaginary part is in norm, at most (3.2). */
export const rowNorm = (d) => plus(ONE, times(whole(d - 1), { p: 14143n, q: 10000n }));

/** The reach constant c of section 3.2. */
function reachConstant({ dimensions, D }) {
  const weighted = dimensions.map((d) => times(whole(d), rowNorm(d)));
  const last = whole((dimensions.length - 1) * Math.min(...dimensions));
  return over([...weighted, last].reduce(plus), whole(D));
}

/** The margin mu(delta, l) of section 3.2. */
export function margin(scenario, delta, l) {
  const alone = scenario.dimensions.includes(scenario.D);
  if (alone && l.p <= 0n) return l;
  return plus(l, times(delta, reachConstant(scenario)));
}

/** I = c + sum tr[F sigma], B = sum |F|_box and I + delta B for the families F and a ball. */
export function values({ centre, radius }, coefficients, constant = ZERO) {
  let [I, B] = [constant, ZERO];
  coefficients.forEach((f, k) => {
    const inners = [];
    const boxes = [];
    for (const [name, m] of f) {
      inners.push(inner(m, centre[k].get(name)));
      boxes.push(box(m));
    }
    [I, B] = [inners.reduce(plus, I), boxes.reduce(plus, B)];
  });
  return { I, B, most: plus(I, times(radius, B)) };
}

/** The rule value: I + delta B < 0. */
export function requireViolation(ball, coefficients, constant = ZERO) {
  const found = values(ball, coefficients, constant);
  requireRule(found.most.p < 0n, "value", "I + delta B", "a negative number", shown(found.most));
  return found;
}
