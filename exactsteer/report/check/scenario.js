// SPDX-License-Identifier: MIT
// FORMAT.md, sections 2.2 and 2.3: scenarios, elements and families.

import { count, hermitian } from "./exact.js";
import { quoted, requireForm } from "./fault.js";
import { fields, list, object } from "./strict_json.js";

const MOST = { parties: 64, D: 256, E: 65536, entries: 16777216 };

/**
 * dimensions[k], outcomes[j][x], D, settings (how many x = x_1..x_n there are), pairs[j] (all
 * [a_j, x_j] of Alice j) and elements: {a, x, key}, those of the last Alice varying fastest.
 */
export function scenario(value, where) {
  const [bobs, alices] = fields(value, where, ["dimensions", "outcomes"]);
  const dimensions = counts(bobs, `${where}.dimensions`, MOST.D);
  const at = `${where}.outcomes`;
  const outcomes = list(alices, at).map((row, j) => counts(row, `${at}[${j}]`, MOST.E));
  requireForm(outcomes.length > 0, at, "at least one Alice", "none");
  for (const parties of [dimensions, outcomes]) {
    requireForm(parties.length <= MOST.parties, where, `at most ${MOST.parties} parties`, "more");
  }
  const most = (numbers, limit, what) => numbers.reduce((product, n) => {
    requireForm(product * n <= limit, where, `${what} at most ${limit}`, "more");
    return product * n;
  }, 1);
  const D = most(dimensions, MOST.D, "D");
  const E = most(outcomes.map((row) => row.reduce((a, b) => a + b)), MOST.E, "E");
  most([E, D, D], MOST.entries, "E D^2");
  const pairs = outcomes.map((row) => row.flatMap((o, x) => range(o).map((a) => [a, x])));
  const settings = outcomes.reduce((n, row) => n * row.length, 1);
  return { dimensions, outcomes, D, settings, pairs, elements: elements(pairs) };
}

function counts(value, where, most) {
  requireForm(list(value, where).length > 0, where, "at least one integer", "none");
  return value.map((item, i) => count(item, `${where}[${i}]`, 1, most));
}

export const range = (n) => Array.from({ length: n }, (_, i) => i);

/** A list with another item at i. */
export const replaced = (items, i, item) => items.map((other, at) => (at === i ? item : other));

export const key = (a, x) => `${a.join(",")}|${x.join(",")}`;

/** All combinations of one item of each list. */
export function combinations(lists) {
  return lists.reduce((all, items) => all.flatMap((one) => items.map((i) => [...one, i])), [[]]);
}

function elements(pairs) {
  return combinations(pairs).map((chosen) => {
    const [a, x] = [0, 1].map((part) => chosen.map((pair) => pair[part]));
    return { a, x, key: key(a, x) };
  });
}

/** The elements with the outcome of Alice j left out. */
export function withoutOutcome(scenario, j) {
  const pairs = scenario.pairs.slice();
  pairs[j] = scenario.outcomes[j].map((_, x) => ["*", x]);
  return elements(pairs);
}

/** The element without anything of Alice j. */
export function rest({ a, x }, j) {
  return key(replaced(a, j, "*"), replaced(x, j, "*"));
}

/** A Map with one Hermitian size x size matrix for each key, and no other key. */
export function family(value, where, keys, size) {
  const found = object(value, where);
  const result = new Map();
  for (const name of keys) {
    requireForm(found.has(name), where, `the key ${quoted(name)}`, "none");
    result.set(name, hermitian(found.get(name), `${where}[${quoted(name)}]`, size));
  }
  fields(found, where, [...result.keys()]);
  return result;
}

/** One family over all elements for each Bob. */
export function families(value, where, { dimensions, elements: all }) {
  const n = dimensions.length;
  requireForm(list(value, where).length === n, where, `${n} families`, `${value.length}`);
  const keys = all.map((element) => element.key);
  return value.map((item, k) => family(item, `${where}[${k}]`, keys, dimensions[k]));
}
