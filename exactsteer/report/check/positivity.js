// SPDX-License-Identifier: MIT
// Whether a Hermitian matrix of Gaussian integers is positive semidefinite, decided exactly by
// elimination rounded downwards.
//
// Eliminate: for a pivot a > 0, [[a, b*], [b, C]] >= 0 if and only if the Schur complement
// S = C - b b*/a is >= 0. Its entries are rounded to integers: S' has the floors of the real and
// imaginary parts below the diagonal, their conjugates above, the floors on the diagonal, and then
// 2 m subtracted from the diagonal, m being the number of its rows. The error of an entry off the
// diagonal is below sqrt 2, so the rounding off the diagonal adds a matrix of norm below 2 (m - 1)
// and that on the diagonal only lowers: S' <= S <= S' + (4 m) 1. Entries do not grow, and
//
//  - (sound) if all pivots are positive, M >= 0: S' >= 0 implies S >= 0, step by step;
//  - (complete) if M >= e 1, each Schur complement is >= e 1 (it is the inverse of a part of the
//    inverse), so after all steps of n rows the last pivot is at least e - 4 (n + .. + 1)
//    >= e - 2 n (n + 1), and all pivots are positive if e > 2 n (n + 1).
//
// The gap: let h >= 1 be at least every absolute row sum of M, hence every modulus of an eigenvalue.
// The product of the eigenvalues other than 0 is, up to sign, a coefficient of the characteristic
// polynomial, an integer other than 0. So an eigenvalue other than 0 has at least the modulus
// 1/g, g = h^(n-1). Put N = 8 n (n + 1) g M + 4 n (n + 1) 1.
//
//  - If elimination of N succeeds, N >= 0, so M >= -1/(2 g), no eigenvalue is negative, M >= 0.
//  - If M >= 0, N >= 4 n (n + 1) 1, so elimination of N succeeds.
//
// That decides. Since g is large, coarser multiples of M without the addition are tried before:
// where elimination succeeds for them, M >= 0; where it does not, they say nothing.

import { abs, gcd } from "./exact.js";
import { spend } from "./fault.js";

// Multiples of M, in bits, that are tried before the one that decides.
const COARSE = [0, 64, 256, 1024];

/** Whether a matrix of exact.js, which is Hermitian, is positive semidefinite. */
export function isPositive(m) {
  // Rows of zeros neither help nor harm, but they leave no margin.
  const kept = [];
  for (let i = 0; i < m.rows; i += 1) {
    const row = [m.re, m.im].map((part) => part.slice(i * m.rows, (i + 1) * m.rows));
    if (row.some((part) => part.some((n) => n))) kept.push(i);
  }
  const n = kept.length;
  if (kept.some((i) => m.re[i * (m.rows + 1)] <= 0n)) return false;
  const common = content(m);
  const pick = (part, i) => kept.map((j) => part[i * m.rows + j] / common);
  const re = kept.map((i) => pick(m.re, i));
  const im = kept.map((i) => pick(m.im, i));
  let h = 1n;
  for (let i = 0; i < n; i += 1) {
    const sum = re[i].reduce((s, v, j) => s + abs(v) + abs(im[i][j]), 0n);
    if (sum > h) h = sum;
  }
  const steps = BigInt(n * (n + 1));
  const bits = bitLength(h);
  const decisive = 8n * steps * h ** BigInt(Math.max(n - 1, 0));
  const most = bitLength(decisive);
  for (const coarse of COARSE) {
    const factor = (8n * steps) << BigInt(coarse);
    if (2 * bitLength(factor) > most) break;
    if (eliminates(re, im, factor, 0n, bits + bitLength(factor))) return true;
  }
  return eliminates(re, im, decisive, 4n * steps, bits + most);
}

/** The greatest common divisor of all integers of a matrix, 1 if they are all 0. */
function content({ re, im }) {
  let common = 0n;
  for (const part of [re, im]) {
    for (const n of part) {
      if (n) common = gcd(common, n);
      if (common === 1n) return common;
    }
  }
  return common || 1n;
}

const bitLength = (n) => 4 * n.toString(16).length;

/** Whether all pivots are positive in the rounded elimination of factor (re + i im) + addition 1. */
function eliminates(re, im, factor, addition, bits) {
  const n = re.length;
  // The lower triangle.
  const x = re.map((row, i) => row.slice(0, i + 1).map((v) => v * factor));
  const y = im.map((row, i) => row.slice(0, i + 1).map((v) => v * factor));
  for (let i = 0; i < n; i += 1) x[i][i] += addition;
  for (let k = 0; k < n; k += 1) {
    const a = x[k][k];
    if (a <= 0n) return false;
    const left = n - 1 - k;
    const lowered = BigInt(2 * left);
    // Rows without an entry in the column of the pivot stay exact; lowering them too is sound.
    const touched = [];
    for (let i = k + 1; i < n; i += 1) {
      if (x[i][k] || y[i][k]) touched.push(i);
      x[i][i] -= lowered;
    }
    spend(touched.length * (touched.length + 1), bits);
    for (const i of touched) {
      const [p, q] = [x[i][k], y[i][k]];
      for (const j of touched) {
        if (j >= i) break;
        const [r, s] = [x[j][k], y[j][k]];
        x[i][j] = floor(x[i][j] * a - (p * r + q * s), a);
        y[i][j] = floor(y[i][j] * a - (q * r - p * s), a);
      }
      x[i][i] = floor(x[i][i] * a - (p * p + q * q), a);
      if (x[i][i] <= 0n) return false;
    }
  }
  return true;
}

/** The greatest integer that is at most p/q, for q > 0. */
function floor(p, q) {
  const whole = p / q;
  return p < 0n && whole * q !== p ? whole - 1n : whole;
}
