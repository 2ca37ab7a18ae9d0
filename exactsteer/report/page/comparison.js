// Data of one's own against the statement of a proof: the same scenario, and every real and
// imaginary part within the radius. Exact: printed decimals and doubles are rational numbers.

import { abs, below, fraction, matrix, minus, ZERO } from "../check/exact.js";
import { Fault } from "../check/fault.js";
import { key } from "../check/scenario.js";
import { Reader } from "../check/strict_json.js";
import { DataError, readMat, readNpz } from "./arrays.js";
import { significant } from "./readable.js";

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,4})?/y;

/** Assemblage files may hold JSON numbers: they are read as the text they are. */
class NumberReader extends Reader {
  value(depth) {
    this.space();
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text);
    if (!found) return super.value(depth);
    this.at = NUMBER.lastIndex;
    return found[0];
  }
}

/** {scenario: {dimensions, outcomes}, entries(k, a, x, i, j) -> [re, im]} of a file of data. */
export async function readData(bytes) {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 6));
  if (head.startsWith("PK")) return fromArrays(await readNpz(bytes), null);
  if (head === "MATLAB") return fromArrays(await readMat(bytes), "matlab");
  let file;
  try {
    file = new NumberReader(new TextDecoder("utf-8", { fatal: true }).decode(bytes)).file();
  } catch (error) {
    if (error instanceof Fault || error instanceof TypeError) throw new DataError(`expected a proof, or an assemblage as .json, .npz or .mat (${error.message})`);
    throw error;
  }
  if (!(file instanceof Map) || !file.has("sigma")) throw new DataError("expected a proof or an assemblage, got another file");
  return fromJson(file);
}

function fromJson(file) {
  try {
    const scenario = file.get("scenario");
    const dimensions = scenario.get("dimensions").map(Number);
    const outcomes = scenario.get("outcomes").map((row) => row.map(Number));
    const matrices = file.get("sigma").map((family, k) => new Map([...family].map(([name, m]) => [name, entriesOf(m, dimensions[k])])));
    return { dimensions, outcomes, entry: (k, a, x, i, j) => matrices[k].get(key(a, x))[i][j] };
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError("expected an assemblage as data/README.md describes it");
  }
}

function entriesOf(m, size) {
  if (m instanceof Map) {
    const integers = m.get("im") ? m : new Map([...m].filter(([name]) => name !== "im"));
    const { den, re, im } = matrix(integers, "sigma", size, size);
    return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) =>
      [fraction(re[i * size + j], den), fraction(im[i * size + j], den)]));
  }
  return m.map((row) => row.map((value) => (Array.isArray(value) ? value.map(ofText) : [ofText(value), ZERO])));
}

/** "p/q" or a decimal, exactly. */
function ofText(text) {
  const ratio = /^(-?[0-9]{1,4000})\/([0-9]{1,4000})$/.exec(text);
  if (ratio && BigInt(ratio[2])) return fraction(BigInt(ratio[1]), BigInt(ratio[2]));
  const found = /^(-?)([0-9]{1,4000})(?:\.([0-9]{0,4000}))?(?:[eE]([-+]?[0-9]{1,4}))?$/.exec(text);
  if (!found) throw new DataError("an entry is a formula; compare with exactsteer check --against");
  const digits = BigInt(`${found[2]}${found[3] ?? ""}`);
  const power = Number(found[4] ?? 0) - (found[3] ?? "").length;
  const signed = found[1] ? -digits : digits;
  return power < 0 ? fraction(signed, 10n ** BigInt(-power)) : { p: signed * 10n ** BigInt(power), q: 1n };
}

/** sigma1, .., sigmaN of the shape (|A_1|, .., |X_1|, .., d, d), perhaps outcomes1, .. (data/README.md). */
function fromArrays(arrays, origin) {
  const sigma = [];
  while (arrays.has(`sigma${sigma.length + 1}`)) sigma.push(arrays.get(`sigma${sigma.length + 1}`));
  if (!sigma.length && arrays.has("sigma")) sigma.push(arrays.get("sigma"));
  if (!sigma.length) throw new DataError("expected arrays named sigma1, sigma2, .., one for each Bob");
  // MATLAB drops dimensions of size 1 at the end.
  const most = Math.max(...sigma.map(({ shape }) => shape.length));
  const shapes = sigma.map(({ shape }) => (origin === "matlab" ? [...shape, ...new Array(most - shape.length).fill(1)] : shape));
  const n = most / 2 - 1;
  const [first] = shapes;
  const fits = Number.isInteger(n) && n > 0 && shapes.every((shape) => shape.length === most
    && shape[most - 1] === shape[most - 2] && shape.slice(0, 2 * n).every((m, i) => m === first[i]));
  if (!fits) throw new DataError("expected arrays of the shape (|A_1|, .., |A_n|, |X_1|, .., |X_n|, d, d)");
  const outcomes = Array.from({ length: n }, (_, j) => {
    const given = arrays.get(`outcomes${j + 1}`);
    return Array.from({ length: first[n + j] }, (__, x) => {
      if (!given) return first[j];
      const indices = given.shape.map(() => 0);
      indices[given.shape.findIndex((m) => m > 1) === -1 ? 0 : given.shape.findIndex((m) => m > 1)] = x;
      return Number(given.at(indices)[0].p);
    });
  });
  return {
    dimensions: shapes.map((shape) => shape[most - 1]), outcomes,
    entry: (k, a, x, i, j) => sigma[k].at([...a, ...x, i, j].slice(0, sigma[k].shape.length)),
  };
}

/** What the page says of data and the proof it shows: {within, text}. */
export function compare(data, { scenario, centre, radius }) {
  const same = JSON.stringify([data.dimensions, data.outcomes]) === JSON.stringify([scenario.dimensions, scenario.outcomes]);
  if (!same) return { within: false, text: "Your numbers belong to another scenario than the theorem." };
  let [largest, where] = [ZERO, ""];
  centre.forEach((family, k) => {
    const d = scenario.dimensions[k];
    for (const { a, x, key: name } of scenario.elements) {
      const m = family.get(name);
      for (let i = 0; i < d * d; i += 1) {
        const [row, column] = [Math.floor(i / d), i % d];
        const given = data.entry(k, a, x, row, column);
        [m.re[i], m.im[i]].forEach((own, part) => {
          const off = minus(given[part], fraction(own, m.den));
          const distance = { p: abs(off.p), q: off.q };
          if (below(largest, distance)) [largest, where] = [distance, `Bob ${k + 1}, ${name}, row ${row + 1}, column ${column + 1}`];
        });
      }
    }
  });
  const within = !below(radius, largest);
  const distance = largest.p ? `they differ by at most ${significant(largest, 4, 1)} (${where})` : "they are the very same";
  const text = within ? `Your numbers lie within the radius δ = ${significant(radius, 4, -1)}: ${distance}. If they are an assemblage, the theorem is about it.`
    : `Your numbers lie outside the radius δ = ${significant(radius, 4, -1)}: ${distance}. The theorem does not speak about them.`;
  return { within, text };
}
