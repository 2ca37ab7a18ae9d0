// Bounds in floating point, for orientation on a line only: they are no part of any proof.

import { trace } from "../check/exact.js";
import { approximately } from "./readable.js";

const MOST_ORIENTED = 8192;
const SWEEPS = 40;

/** The smallest and the largest eigenvalue of a Hermitian matrix {re, im} of doubles. */
function extremes({ re, im, size }) {
  if (size === 1) return [re[0], re[0]];
  // Jacobi's rotations of the real matrix [[Re, -Im], [Im, Re]].
  const n = 2 * size;
  const a = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => {
    const at = (i % size) * size + (j % size);
    if ((i < size) === (j < size)) return re[at];
    return i < size ? -im[at] : im[at];
  }));
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    let off = 0;
    for (let p = 0; p < n; p += 1) {
      for (let q = p + 1; q < n; q += 1) {
        if (Math.abs(a[p][q]) < 1e-15) continue;
        off += Math.abs(a[p][q]);
        const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        for (let i = 0; i < n; i += 1) [a[i][p], a[i][q]] = [c * a[i][p] - t * c * a[i][q], t * c * a[i][p] + c * a[i][q]];
        for (let i = 0; i < n; i += 1) [a[p][i], a[q][i]] = [c * a[p][i] - t * c * a[q][i], t * c * a[p][i] + c * a[q][i]];
      }
    }
    if (off < 1e-13) break;
  }
  const diagonal = a.map((row, i) => row[i]);
  return [Math.min(...diagonal), Math.max(...diagonal)];
}

const doubles = (m) => ({
  re: m.re.map((n) => approximately({ p: n, q: m.den })),
  im: m.im.map((n) => approximately({ p: n, q: m.den })), size: m.rows,
});

/**
 * The extreme values [least, greatest] of sum tr[F sigma] over assemblages with hidden states, for
 * families of coefficients with any keys; null if there are too many strategies.
 */
export function classicalRange(families, { outcomes }) {
  const count = outcomes.flat().reduce((a, b) => a * b, 1);
  if (count > MOST_ORIENTED) return null;
  const settings = outcomes.flatMap((row, j) => row.map((o, x) => [j, x, o]));
  const terms = families.map((family) => [...family].map(([name, m]) => {
    const [a, x] = name.split("|").map((part) => part.split(","));
    return { a: a.map((o) => (o === "*" ? null : Number(o))), x: x.map(Number), m: doubles(m) };
  }));
  let [least, greatest] = [Infinity, -Infinity];
  for (let index = 0; index < count; index += 1) {
    const lambda = outcomes.map(() => []);
    let rest = index;
    for (const [j, x, o] of settings) {
      lambda[j][x] = rest % o;
      rest = Math.floor(rest / o);
    }
    let [low, high] = [0, 0];
    for (const family of terms) {
      const size = family[0]?.m.size ?? 1;
      const sum = { re: new Array(size * size).fill(0), im: new Array(size * size).fill(0), size };
      for (const { a, x, m } of family) {
        if (!a.every((o, j) => o === null || o === lambda[j][x[j]])) continue;
        m.re.forEach((v, i) => { sum.re[i] += v; sum.im[i] += m.im[i]; });
      }
      const [one, other] = extremes(sum);
      [low, high] = [low + one, high + other];
    }
    [least, greatest] = [Math.min(least, low), Math.max(greatest, high)];
  }
  return [least, greatest];
}

/** The greatest value over all tables of probabilities, signalling or not, for 1 x 1 coefficients. */
export function algebraicMaximum(family, { outcomes, elements, D }) {
  if (D !== 1) return null;
  const xs = new Map();
  for (const { a, x } of elements) {
    const name = x.join();
    xs.set(name, Math.max(xs.get(name) ?? -Infinity, approximately(trace(family.get(`${a.join(",")}|${name}`) ?? { rows: 1, re: [0n], den: 1n }))));
  }
  // Keys with outcomes left out do not belong to one choice of all settings.
  if ([...family.keys()].some((name) => name.includes("*")) || outcomes.length === 0) return null;
  return [...xs.values()].reduce((a, b) => a + b, 0);
}
