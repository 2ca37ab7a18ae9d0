// SPDX-License-Identifier: MIT
// FORMAT.md, sections 2.1 and 2.4: integers, rationals and matrices, all of BigInt.
//
// A rational is {p, q} in lowest terms with q > 0. A matrix is {rows, columns, den, re, im}: the
// entries (re[i] + i im[i])/den row by row, den > 0. A JavaScript number counts or indexes only.

import { GivenUp, quoted, requireForm, requireRule } from "./fault.js";
import { fields, list, object, text } from "./strict_json.js";

const MAX_DIGITS = 4000;
const MAX_HEX_DIGITS = 2000000;
const INTEGER = /^(?:0|-?[1-9][0-9]*)$/;

// ---- Integers and rationals ----

export function integer(value, where, least = null) {
  const found = text(value, where);
  const digits = found.length - (found.startsWith("-") ? 1 : 0);
  const ok = digits <= MAX_DIGITS && INTEGER.test(found);
  requireForm(ok, where, `an integer of at most ${MAX_DIGITS} digits`, quoted(found));
  const result = BigInt(found);
  if (least !== null) requireForm(result >= least, where, `an integer from ${least}`, shown(result));
  return result;
}

/** An integer from `least` to `most` that counts or indexes: a JavaScript number. */
export function count(value, where, least, most) {
  const found = integer(value, where, BigInt(least));
  requireForm(found <= BigInt(most), where, `an integer up to ${most}`, shown(found));
  return Number(found);
}

export function rational(value, where) {
  const parts = text(value, where).split("/");
  requireForm(parts.length <= 2, where, "an integer or p/q", quoted(value));
  const p = integer(parts[0], where);
  if (parts.length === 1) return { p, q: 1n };
  const q = integer(parts[1], where, 2n);
  requireForm(gcd(p, q) === 1n, where, "a fraction in lowest terms", "a common factor");
  return { p, q };
}

export const ZERO = { p: 0n, q: 1n };
export const ONE = { p: 1n, q: 1n };

export const whole = (n) => ({ p: BigInt(n), q: 1n });
export const abs = (n) => (n < 0n ? -n : n);

export function gcd(a, b) {
  let [x, y] = [abs(a), abs(b)];
  while (y) [x, y] = [y, x % y];
  return x;
}

export function lcm(a, b) {
  const result = (a / gcd(a, b)) * b;
  // Denominators that share no factor multiply: their common one could fill the memory.
  if (result.toString(16).length > MAX_HEX_DIGITS) throw new GivenUp("a denominator grew too large");
  return result;
}

export function fraction(p, q) {
  const common = q < 0n ? -gcd(p, q) : gcd(p, q);
  return { p: p / common, q: q / common };
}

export const plus = (a, b) => fraction(a.p * b.q + b.p * a.q, a.q * b.q);
export const times = (a, b) => fraction(a.p * b.p, a.q * b.q);
export const minus = (a, b) => plus(a, { p: -b.p, q: b.q });
export const over = (a, b) => fraction(a.p * b.q, a.q * b.p);
export const below = (a, b) => a.p * b.q < b.p * a.q;
export const equal = (a, b) => a.p === b.p && a.q === b.q;

/** A number for a message: in full if it is short. */
export function shown(value) {
  if (typeof value === "object") return value.q === 1n ? shown(value.p) : `${shown(value.p)}/${shown(value.q)}`;
  const digits = value.toString();
  return digits.length <= 60 ? digits : `${digits.slice(0, 20)}..(${digits.length} characters)`;
}

// ---- Matrices ----

export function matrix(value, where, rows, columns) {
  const hasIm = object(value, where).has("im");
  const parts = fields(value, where, hasIm ? ["den", "re", "im"] : ["den", "re"]);
  const den = integer(parts[0], `${where}.den`, 1n);
  const re = entries(parts[1], `${where}.re`, rows, columns);
  const im = hasIm ? entries(parts[2], `${where}.im`, rows, columns) : re.map(() => 0n);
  requireForm(!hasIm || im.some((n) => n), where, "no 'im' where it is zero", "one");
  let common = den;
  for (const n of [...re, ...im]) if (common !== 1n) common = gcd(common, n);
  requireForm(common === 1n, where, "no common factor of den and all integers", shown(common));
  return { rows, columns, den, re, im };
}

function entries(value, where, rows, columns) {
  const found = list(value, where);
  requireForm(found.length === rows, where, `${rows} rows`, `${found.length}`);
  return found.flatMap((row, i) => {
    const at = `${where}[${i}]`;
    requireForm(list(row, at).length === columns, at, `${columns} integers`, `${row.length}`);
    return row.map((entry, j) => integer(entry, `${at}[${j}]`));
  });
}

/** A square matrix that satisfies the rule hermitian. */
export function hermitian(value, where, size) {
  const m = matrix(value, where, size, size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const [p, q] = [i * size + j, j * size + i];
      const ok = m.re[p] === m.re[q] && m.im[p] === -m.im[q];
      requireRule(ok, "hermitian", `${where}, entry ${i}, ${j}`, "a Hermitian matrix", "another");
    }
  }
  return m;
}

export function zeros(rows, columns, den = 1n) {
  const re = new Array(rows * columns).fill(0n);
  return { rows, columns, den, re, im: re.slice() };
}

/** The 1 x 1 matrix of a rational. */
export const number = (r) => ({ rows: 1, columns: 1, den: r.q, re: [r.p], im: [0n] });

export function unit(size) {
  const one = zeros(size, size);
  for (let i = 0; i < size; i += 1) one.re[i * (size + 1)] = 1n;
  return one;
}

/** The sum of the terms [matrix, weight], of this size; a weight left out is 1. */
export function combined(rows, columns, terms) {
  const den = terms.reduce((d, [m, w = ONE]) => lcm(d, m.den * w.q), 1n);
  const sum = zeros(rows, columns, den);
  for (const [m, w = ONE] of terms) {
    const factor = (den / (m.den * w.q)) * w.p;
    if (!factor) continue;
    for (let i = 0; i < sum.re.length; i += 1) {
      if (m.re[i]) sum.re[i] += factor * m.re[i];
      if (m.im[i]) sum.im[i] += factor * m.im[i];
    }
  }
  return sum;
}

export const isZero = (m) => m.re.every((n) => !n) && m.im.every((n) => !n);

/** m minus r times the unit matrix. */
export const shifted = (m, r) => combined(m.rows, m.rows, [[m], [unit(m.rows), minus(ZERO, r)]]);

export function trace(m) {
  let sum = 0n;
  for (let i = 0; i < m.rows; i += 1) sum += m.re[i * (m.rows + 1)];
  return fraction(sum, m.den);
}

/** tr[a b] of Hermitian matrices: the sum over entries of Re a Re b + Im a Im b. */
export function inner(a, b) {
  let sum = 0n;
  for (let i = 0; i < a.re.length; i += 1) sum += a.re[i] * b.re[i] + a.im[i] * b.im[i];
  return fraction(sum, a.den * b.den);
}

/** |m|_box of section 3.1. */
export function box(m) {
  let sum = 0n;
  for (const n of [...m.re, ...m.im]) sum += abs(n);
  return fraction(sum, m.den);
}

// ---- Tensor products ----

const product = (numbers) => numbers.reduce((a, b) => a * b, 1);

/** m on the factor k of a space with these dimensions, and 1 on all others. */
export function lifted(m, k, dimensions) {
  const [before, d] = [product(dimensions.slice(0, k)), dimensions[k]];
  const [after, size] = [product(dimensions.slice(k + 1)), product(dimensions)];
  const result = zeros(size, size, m.den);
  for (let outer = 0; outer < before; outer += 1) {
    for (let inside = 0; inside < after; inside += 1) {
      for (let i = 0; i < d; i += 1) {
        for (let j = 0; j < d; j += 1) {
          const row = (outer * d + i) * after + inside;
          const at = row * size + (outer * d + j) * after + inside;
          result.re[at] = m.re[i * d + j];
          result.im[at] = m.im[i * d + j];
        }
      }
    }
  }
  return result;
}

/** All factors but k traced out. */
export function reduced(m, k, dimensions) {
  const [before, d] = [product(dimensions.slice(0, k)), dimensions[k]];
  const [after, size] = [product(dimensions.slice(k + 1)), m.rows];
  const result = zeros(d, d, m.den);
  for (let outer = 0; outer < before; outer += 1) {
    for (let inside = 0; inside < after; inside += 1) {
      for (let i = 0; i < d; i += 1) {
        for (let j = 0; j < d; j += 1) {
          const row = (outer * d + i) * after + inside;
          const at = row * size + (outer * d + j) * after + inside;
          result.re[i * d + j] += m.re[at];
          result.im[i * d + j] += m.im[at];
        }
      }
    }
  }
  return result;
}

/** The Kronecker product. */
export function kronecker(a, b) {
  const [rows, columns] = [a.rows * b.rows, a.columns * b.columns];
  const result = zeros(rows, columns, a.den * b.den);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < columns; j += 1) {
      const p = Math.trunc(i / b.rows) * a.columns + Math.trunc(j / b.columns);
      const q = (i % b.rows) * b.columns + (j % b.columns);
      result.re[i * columns + j] = a.re[p] * b.re[q] - a.im[p] * b.im[q];
      result.im[i * columns + j] = a.re[p] * b.im[q] + a.im[p] * b.re[q];
    }
  }
  return result;
}

/** The row and the column index of the factors in `set` exchanged. */
export function partlyTransposed(m, set, dimensions) {
  const result = zeros(m.rows, m.rows, m.den);
  for (let i = 0; i < m.rows; i += 1) {
    for (let j = 0; j < m.rows; j += 1) {
      let [row, column, place, above, left] = [0, 0, 1, i, j];
      for (let k = dimensions.length - 1; k >= 0; k -= 1) {
        const d = dimensions[k];
        const [r, c] = set.has(k) ? [left % d, above % d] : [above % d, left % d];
        [row, column, place] = [row + r * place, column + c * place, place * d];
        [above, left] = [(above - (above % d)) / d, (left - (left % d)) / d];
      }
      result.re[row * m.rows + column] = m.re[i * m.rows + j];
      result.im[row * m.rows + column] = m.im[i * m.rows + j];
    }
  }
  return result;
}
