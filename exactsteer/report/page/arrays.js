// Arrays of numbers in .npz and .mat files. A double is taken as the rational number that it is.

import { fraction, ZERO } from "../check/exact.js";

/** Why a file of data cannot be compared. */
export class DataError extends Error {}

const MOST_NUMBERS = 4194304;
const MOST_UNPACKED = 268435456;

async function inflated(bytes, format) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format));
  const parts = [];
  let total = 0;
  try {
    for (const reader = stream.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      total += value.length;
      if (total > MOST_UNPACKED) throw new DataError("the file unpacks to more than 256 MiB");
      parts.push(value);
    }
  } catch (error) {
    if (error instanceof DataError) throw error;
    throw new DataError("a compressed part of the file is damaged");
  }
  const whole = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The rational number that a double is. */
export function ofDouble(value) {
  if (!Number.isFinite(value)) throw new DataError("an entry is not a finite number");
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  const exponent = Number((word >> 52n) & 0x7ffn);
  const mantissa = (word & 0xfffffffffffffn) | (exponent ? 0x10000000000000n : 0n);
  const power = BigInt(Math.max(exponent, 1) - 1075);
  const signed = word >> 63n ? -mantissa : mantissa;
  if (!signed) return ZERO;
  return power < 0n ? fraction(signed, 1n << -power) : { p: signed << power, q: 1n };
}

const READERS = {
  f8: [8, (v, at, little) => ofDouble(v.getFloat64(at, little))],
  f4: [4, (v, at, little) => ofDouble(v.getFloat32(at, little))],
  i8: [8, (v, at, little) => ({ p: v.getBigInt64(at, little), q: 1n })],
  u8: [8, (v, at, little) => ({ p: v.getBigUint64(at, little), q: 1n })],
  i4: [4, (v, at, little) => ({ p: BigInt(v.getInt32(at, little)), q: 1n })],
  u4: [4, (v, at, little) => ({ p: BigInt(v.getUint32(at, little)), q: 1n })],
  i2: [2, (v, at, little) => ({ p: BigInt(v.getInt16(at, little)), q: 1n })],
  u2: [2, (v, at, little) => ({ p: BigInt(v.getUint16(at, little)), q: 1n })],
  i1: [1, (v, at) => ({ p: BigInt(v.getInt8(at)), q: 1n })],
  u1: [1, (v, at) => ({ p: BigInt(v.getUint8(at)), q: 1n })],
};

/** An array {shape, at(indices) -> [re, im]}; the last index varies fastest unless `fortran`. */
function array(shape, fortran, entry) {
  const count = shape.reduce((a, b) => a * b, 1);
  if (!(count <= MOST_NUMBERS)) throw new DataError(`an array has more than ${MOST_NUMBERS} entries`);
  const place = (indices) => {
    const order = fortran ? [...indices.keys()].reverse() : [...indices.keys()];
    return order.reduce((n, k) => n * shape[k] + indices[k], 0);
  };
  return { shape, at: (indices) => entry(place(indices)) };
}

// ---- numpy ----

/** The arrays of an .npz file by name. */
export async function readNpz(bytes) {
  const view = viewOf(bytes);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) throw new DataError("the .npz file has no directory");
  const arrays = new Map();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new DataError("the directory of the .npz file is damaged");
    const [method, size] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)];
    const [nameSize, extra, note] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const local = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameSize));
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const packed = bytes.subarray(start, start + size);
    if (method !== 0 && method !== 8) throw new DataError(`${name} is packed in an unknown way`);
    arrays.set(name.replace(/\.npy$/, ""), npy(method ? await inflated(packed, "deflate-raw") : packed, name));
    at += 46 + nameSize + extra + note;
  }
  return arrays;
}

function npy(bytes, name) {
  const view = viewOf(bytes);
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  if (!magic.every((byte, i) => bytes[i] === byte)) throw new DataError(`${name} is no array of numpy`);
  const [size, start] = bytes[6] === 1 ? [view.getUint16(8, true), 10] : [view.getUint32(8, true), 12];
  const head = new TextDecoder("latin1").decode(bytes.subarray(start, start + size));
  const type = /'descr': '([<>|=]?)([fciu])(\d+)'/.exec(head);
  const shape = /'shape': \(([0-9, ]*)\)/.exec(head);
  if (!type || !shape) throw new DataError(`${name} does not hold numbers`);
  const complex = type[2] === "c";
  const kind = complex ? `f${Number(type[3]) / 2}` : type[2] + type[3];
  if (!(kind in READERS)) throw new DataError(`${name} holds numbers of an unknown kind`);
  const [width, read] = READERS[kind];
  const [step, little] = [complex ? 2 * width : width, type[1] !== ">"];
  const dimensions = shape[1].split(",").map((n) => n.trim()).filter(Boolean).map(Number);
  const data = start + size;
  return array(dimensions, head.includes("'fortran_order': True"), (i) => {
    const at = data + i * step;
    return [read(view, at, little), complex ? read(view, at + width, little) : ZERO];
  });
}

// ---- MATLAB ----

const MAT_TYPES = { 1: "i1", 2: "u1", 3: "i2", 4: "u2", 5: "i4", 6: "u4", 7: "f4", 9: "f8", 12: "i8", 13: "u8" };

/** The arrays of a .mat file of format 5 to 7 by name. */
export async function readMat(bytes) {
  if (viewOf(bytes).getUint16(124, true) !== 0x0100) throw new DataError("expected a .mat file of version 5 to 7 from a little-endian machine; save with -v7");
  const arrays = new Map();
  for (const { type, data } of elementsOf(bytes, 128)) {
    const [inner] = type === 15 ? elementsOf(await inflated(data, "deflate"), 0) : [{ type, data }];
    if (inner?.type !== 14) continue;
    const [flags, shape, name, re, im] = elementsOf(inner.data, 0);
    const label = new TextDecoder("latin1").decode(name.data);
    const numeric = flags.data[0] >= 6 && flags.data[0] <= 15;
    if (!numeric) continue;
    const dimensions = Array.from({ length: shape.data.length / 4 }, (_, k) => viewOf(shape.data).getInt32(4 * k, true));
    const reader = ({ type: kind, data: part }) => {
      const [width, read] = READERS[MAT_TYPES[kind]] ?? [];
      if (!read) throw new DataError(`${label} holds numbers of an unknown kind`);
      return (i) => read(viewOf(part), i * width, true);
    };
    const [real, imaginary] = [reader(re), im ? reader(im) : () => ZERO];
    arrays.set(label, array(dimensions, true, (i) => [real(i), imaginary(i)]));
  }
  return arrays;
}

function elementsOf(bytes, start) {
  const view = viewOf(bytes);
  const found = [];
  for (let at = start; at + 8 <= bytes.length;) {
    const word = view.getUint32(at, true);
    // Small elements have their size in the upper half of the first word.
    const [type, size, head] = word >>> 16 ? [word & 0xffff, word >>> 16, 4] : [word, view.getUint32(at + 4, true), 8];
    found.push({ type, data: bytes.subarray(at + head, at + head + size) });
    at += head === 4 ? 8 : head + (type === 15 ? size : (size + 7) & ~7);
  }
  return found;
}
