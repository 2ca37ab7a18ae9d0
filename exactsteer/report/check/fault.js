// SPDX-License-Identifier: MIT
// Why a file is not verified, and how a check reports its progress.

/** A file that is not of the form of FORMAT.md (no rule), or of which a rule fails. */
export class Fault extends Error {
  constructor(rule, where, expected, got) {
    super(`expected ${expected}, got ${got}`);
    this.rule = rule;
    this.where = where;
  }
}

/** The check would take too long or too much memory: there is no verdict. */
export class GivenUp extends Error {}

export function requireForm(ok, where, expected, got) {
  if (!ok) throw new Fault(null, where, expected, got);
}

export function requireRule(ok, rule, where, expected, got) {
  if (!ok) throw new Fault(rule, where, expected, got);
}

/** A text from the file in quotes, on one line and shortened. */
export function quoted(text) {
  const line = JSON.stringify(text.length > 80 ? text.slice(0, 60) : text);
  return text.length > 80 ? `${line}.. (${text.length} characters)` : line;
}

// What a check may spend, in products of 64-bit words: about ten minutes.
const BUDGET = 600000000000;
let budget = BUDGET;
let spent = 0;
let observer = () => {};

/** Start counting; `observe(stage, done, total)` is called with what has been done. */
export function startWatch(observe, most = BUDGET) {
  [spent, budget] = [0, most];
  observer = observe;
}

export function progress(stage, done, total) {
  observer(stage, done, total);
}

/** Count products of integers of so many bits; give up when the budget is spent. */
export function spend(count, bits) {
  const words = 1 + (bits >> 6);
  spent += count * (64 + words * words);
  if (spent > budget) throw new GivenUp("the numbers of this file are too large for this check");
}
