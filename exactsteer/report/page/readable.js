// Exact numbers for readers and for drawings. Nothing here decides anything.

import { abs, fraction, minus, plus, times } from "../check/exact.js";

const SHORT = 22;

/** About the number, for drawing. */
export function approximately({ p, q }) {
  // Numbers beyond the range of a double are divided by a power of two first.
  const bits = Math.max(0, 4 * Math.max(abs(p).toString(16).length, q.toString(16).length) - 1000);
  const shift = BigInt(bits);
  return Number(p >> shift) / Math.max(Number(q >> shift), 1);
}

/** A decimal with so many places, rounded down (-1), up (1) or to the nearest (0). */
export function decimal({ p, q }, places, direction = 0) {
  const scaled = p * 10n ** BigInt(places);
  let whole = scaled / q;
  if (whole * q > scaled) whole -= 1n;
  const rest = scaled - whole * q;
  if (direction > 0 ? rest > 0n : direction === 0 && 2n * rest >= q) whole += 1n;
  const digits = abs(whole).toString().padStart(places + 1, "0");
  const text = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return whole < 0n ? `−${text}` : text;
}

/** Significant digits of a number, such as 0.0015570. */
export function significant(r, digits = 6, direction = 0) {
  const size = Math.abs(approximately(r));
  if (!(size > 0)) return r.p === 0n ? "0" : r.p < 0n ? "a negative number near 0" : "a positive number near 0";
  const power = Math.floor(Math.log10(size));
  if (power >= -6 && power < 15) return decimal(r, Math.max(0, digits - 1 - power), direction);
  const ten = 10n ** BigInt(Math.abs(power));
  const scaled = power < 0 ? fraction(r.p * ten, r.q) : fraction(r.p, r.q * ten);
  return `${decimal(scaled, digits - 1, direction)}·10${raised(power)}`;
}

const RAISED = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
const raised = (power) => [...`${power}`].map((digit) => RAISED[digit]).join("");

const exactText = ({ p, q }) => (q === 1n ? p : `${p}/${q}`).toString().replace("-", "−");

/** The number exactly if that is short, else about. */
export function readable(r, digits = 6) {
  const text = exactText(r);
  return text.length <= SHORT ? text : `≈ ${significant(r, digits)}`;
}

/** "name = 3/4", or "name ≈ 0.8" where the exact number is long. */
export function stated(name, r, digits = 6) {
  const text = readable(r, digits);
  return text.startsWith("≈") ? `${name} ${text}` : `${name} = ${text}`;
}

/** Exactly, and as a decimal if it is not one to be read at once. */
export function inFull(r) {
  const text = exactText(r);
  return r.q === 1n ? text : `${text.length <= 80 ? text : `${text.slice(0, 70)}.. (${text.length} characters)`} ≈ ${significant(r, 12)}`;
}

/** A number in floating point; what is only rounding is 0. */
export const rounded = (value) => (Math.abs(value) < 1e-12 ? "0" : value.toPrecision(6).replace("-", "−"));

/** The entry of a matrix as rationals [re, im]. */
export function entry(m, i, j) {
  const at = i * m.columns + j;
  return [fraction(m.re[at], m.den), fraction(m.im[at], m.den)];
}

const PAULI = [
  ["1", [0, 1], [[1, 0], [1, 0]]],
  ["X", [1, 0], [[1, 0], [1, 0]]],
  ["Y", [1, 0], [[0, -1], [0, 1]]],
  ["Z", [0, 1], [[1, 0], [-1, 0]]],
];

/** Pairs [name, coefficient] of a Hermitian matrix in a Hermitian basis, without zeros. */
export function inBasis(m) {
  if (m.rows === 1) return m.re[0] ? [["", fraction(m.re[0], m.den)]] : [];
  const found = [2, 4, 8].includes(m.rows) ? inPauliBasis(m) : inMatrixUnits(m);
  return found.filter(([, coefficient]) => coefficient.p !== 0n);
}

/** All coefficients tr[m P]/d for the products P of Pauli matrices. */
export function inPauliBasis(m) {
  let products = [["", [0], [[1, 0]]]];
  while (products[0][1].length < m.rows) {
    products = products.flatMap(([name, columns, values]) => PAULI.map(([letter, own, factors]) => [
      name + letter,
      columns.flatMap((c) => own.map((d) => 2 * c + d)),
      values.flatMap(([re, im]) => factors.map(([u, v]) => [re * u - im * v, re * v + im * u])),
    ]));
  }
  return products.map(([name, columns, values]) => {
    // tr[m P] = sum_i P_ij m_ji, j being the one column of row i that is not 0.
    let sum = 0n;
    columns.forEach((j, i) => {
      const at = j * m.rows + i;
      sum += m.re[at] * BigInt(values[i][0]) - m.im[at] * BigInt(values[i][1]);
    });
    return [name, fraction(sum, m.den * BigInt(m.rows))];
  });
}

/** m = sum_i E_ii + sum_(i<j) (re (E_ij + E_ji) + im i (E_ij - E_ji)). */
function inMatrixUnits(m) {
  const found = [];
  for (let i = 0; i < m.rows; i += 1) {
    for (let j = i; j < m.rows; j += 1) {
      const [re, im] = entry(m, i, j);
      if (i === j) found.push([`|${i}⟩⟨${i}|`, re]);
      else found.push([`|${i}⟩⟨${j}|+|${j}⟩⟨${i}|`, re], [`i|${i}⟩⟨${j}|−i|${j}⟩⟨${i}|`, im]);
    }
  }
  return found;
}

/** The Bloch vector of a qubit matrix over its trace, and the trace, for drawing. */
export function bloch(m) {
  const [weight, x, y, z] = inPauliBasis(m).map(([, c]) => approximately(c));
  const by = weight || 1;
  return { weight: 2 * weight, vector: [x / by, y / by, z / by] };
}

/** The interval [r - s, r + s]. */
export const around = (r, s) => [minus(r, s), plus(r, s)];

export const half = (r) => times(r, { p: 1n, q: 2n });
