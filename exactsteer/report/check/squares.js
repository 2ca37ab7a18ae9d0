// SPDX-License-Identifier: MIT
// FORMAT.md, section 3.6: sums of squares of words, and functionals in words.

import {
  abs, combined, fraction, hermitian, integer, isZero, minus, number, ONE, plus, rational, shifted,
  whole, zeros, ZERO,
} from "./exact.js";
import { progress, quoted, requireForm, spend } from "./fault.js";
import { requirePositive } from "./assemblage.js";
import { key } from "./scenario.js";
import { fields, list, object } from "./strict_json.js";
import { alphabet, productText, words, wordText } from "./words.js";

const MOST_ROWS = 2048;
const HALF = { p: 1n, q: 2n };

// ---- Coefficients F_{a|x}, with outcomes left out ----

/** {a, x, value} for each key; outcomes left out are "*", values are matrices. */
export function functional(value, where, { outcomes }, size) {
  return [...object(value, where)].map(([name, coefficient]) => {
    const at = `${where}[${quoted(name)}]`;
    const [a, x, ...more] = name.split("|").map((part) => part.split(","));
    const ok = !more.length && [a, x].every((part) => part?.length === outcomes.length)
      && x.every((n, j) => plain(n, outcomes[j].length))
      && a.every((n, j) => n === "*" || plain(n, outcomes[j][Number(x[j])]));
    requireForm(ok, where, "elements of the scenario", quoted(name));
    const m = size === null ? number(rational(coefficient, at)) : hermitian(coefficient, at, size);
    return { a: a.map((n) => (n === "*" ? n : Number(n))), x: x.map(Number), value: m };
  });
}

const plain = (n, most) => /^(?:0|[1-9][0-9]{0,4})$/.test(n) && Number(n) < most;

/** The operator sum E_{a|x} (x) value in words: a Map from names of words to matrices. */
function inWords(coefficients, { outcomes }, letters, size) {
  // For one Alice after the other, her outcome and setting give way to her letters.
  let terms = coefficients.map(({ a, x, value }) => ({ a, x, word: [], value }));
  outcomes.forEach((row, j) => {
    const groups = new Map();
    for (const { a, x, word, value } of terms) {
      for (const [part, weight] of effect(a[0], x[0], row, letters[j])) {
        const next = { a: a.slice(1), x: x.slice(1), word: [...word, part] };
        const name = `${key(next.a, next.x)} ${wordText(next.word)}`;
        if (!groups.has(name)) groups.set(name, { ...next, parts: [] });
        groups.get(name).parts.push([value, weight]);
      }
    }
    terms = [...groups.values()].map(({ parts, ...term }) => ({ ...term, value: combined(size, size, parts) }));
  });
  return new Map(terms.map(({ word, value }) => [wordText(word), value]));
}

/** E_{a|x} of one Alice: pairs [part, weight]. */
function effect(a, x, row, letters) {
  const own = letters.filter((letter) => letter.x === x);
  if (a === "*" || row[x] === 1) return [[[], ONE]];
  if (row[x] === 2) return [[[], HALF], [[own[0]], a === 0 ? HALF : minus(ZERO, HALF)]];
  if (a < row[x] - 1) return [[[own[a]], ONE]];
  return [[[], ONE], ...own.map((letter) => [[letter], whole(-1)])];
}

// ---- The rule squares ----

/** The words of an evidence and the class sums z_m of its factor, with D x D matrices. */
export function sumOfSquares(wordValue, factorValue, where, scenario, D) {
  const letters = alphabet(scenario);
  const list_ = words(wordValue, `${where}.words`, letters, Math.trunc(MOST_ROWS / D));
  const size = list_.length * D;
  const L = factor(factorValue, `${where}.factor`, size);
  return { letters, words: list_, columns: L.columns, D, sums: classSums(list_, L, D) };
}

/** The rows of L d: {den, re, im, columns}, without zeros at the ends of rows. */
function factor(value, where, size) {
  const hasIm = object(value, where).has("im");
  const parts = fields(value, where, hasIm ? ["den", "re", "im"] : ["den", "re"]);
  const den = integer(parts[0], `${where}.den`, 1n);
  const [re, im = re.map(() => [])] = parts.slice(1).map((part, p) => {
    const at = `${where}.${p ? "im" : "re"}`;
    requireForm(list(part, at).length === size, at, `${size} rows`, `${part.length}`);
    return part.map((row, i) => {
      const place = `${at}[${i}]`;
      const ok = list(row, place).length <= size;
      requireForm(ok, place, `at most ${size} integers`, `${row.length}`);
      return row.map((entry, r) => integer(entry, `${place}[${r}]`));
    });
  });
  const columns = Math.max(...[...re, ...im].map((row) => row.length));
  requireForm(columns > 0, where, "a row that is not empty", "none");
  return { den, re, im, columns };
}

function classSums(list_, L, D) {
  const den = L.den * L.den;
  const sums = new Map();
  const add = (name, block) => {
    const sum = sums.get(name);
    if (!sum) sums.set(name, block);
    else for (let i = 0; i < D * D; i += 1) {
      sum.re[i] += block.re[i];
      sum.im[i] += block.im[i];
    }
  };
  const blocks = [...list_.keys()].map((s) => {
    const rows = Array.from({ length: D }, (_, i) => s * D + i);
    return { re: rows.map((i) => L.re[i]), im: rows.map((i) => L.im[i]) };
  });
  const bits = 4 * L.den.toString(16).length;
  for (const [s, one] of blocks.entries()) {
    progress("squares", s * (s + 1), blocks.length * (blocks.length + 1));
    spend((s + 1) * D * D * L.columns, bits);
    for (const [t, other] of blocks.entries()) {
      if (t > s) break;
      const name = productText(list_[s], list_[t]);
      if (name === null) continue;
      const Z = zeros(D, D, den);
      for (let i = 0; i < D; i += 1) {
        for (let j = 0; j < D; j += 1) {
          Z.re[i * D + j] = dot(one.re[i], other.re[j]) + dot(one.im[i], other.im[j]);
          Z.im[i * D + j] = dot(one.im[i], other.re[j]) - dot(one.re[i], other.im[j]);
        }
      }
      add(name, Z);
      if (s === t) continue;
      add(productText(list_[t], list_[s]), adjoint(Z));
    }
  }
  return sums;
}

function dot(p, q) {
  let sum = 0n;
  for (let r = Math.min(p.length, q.length) - 1; r >= 0; r -= 1) {
    if (p[r] && q[r]) sum += p[r] * q[r];
  }
  return sum;
}

function adjoint(m) {
  const result = zeros(m.rows, m.rows, m.den);
  for (let i = 0; i < m.rows; i += 1) {
    for (let j = 0; j < m.rows; j += 1) {
      result.re[j * m.rows + i] = m.re[i * m.rows + j];
      result.im[j * m.rows + i] = -m.im[i * m.rows + j];
    }
  }
  return result;
}

/** The rule squares for H = constant 1 + sum of coefficients; returns what is left over. */
export function requireSquares({ letters, D, sums }, coefficients, constant, scenario) {
  const H = inWords(coefficients, scenario, letters, D);
  const names = new Set([...H.keys(), ...sums.keys(), "1"]);
  let first = null;
  let total = ZERO;
  for (const name of names) {
    const terms = [];
    if (H.has(name)) terms.push([H.get(name)]);
    if (sums.has(name)) terms.push([sums.get(name), whole(-1)]);
    const R = combined(D, D, terms);
    if (name === "1") first = shifted(R, minus(ZERO, constant));
    else if (!isZero(R)) total = plus(total, norm(R));
  }
  requirePositive(shifted(first, total), "squares", "R_1 less the norms of the other R_m");
}

/** |R|: the larger of the greatest row sum and the greatest column sum. */
function norm({ rows, den, re, im }) {
  let most = 0n;
  for (let i = 0; i < rows; i += 1) {
    let [row, column] = [0n, 0n];
    for (let j = 0; j < rows; j += 1) {
      row += abs(re[i * rows + j]) + abs(im[i * rows + j]);
      column += abs(re[j * rows + i]) + abs(im[j * rows + i]);
    }
    for (const sum of [row, column]) if (sum > most) most = sum;
  }
  return fraction(most, den);
}
