// SPDX-License-Identifier: MIT
// FORMAT.md, section 1: bytes to values. Objects become Maps, lists arrays, strings strings; there
// is nothing else in a proof file.

import { Fault, quoted, requireForm } from "./fault.js";

export const MAX_BYTES = 16777216;
const MAX_DEPTH = 12;
const HALF_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const ESCAPES = new Map([
  ['"', '"'], ["\\", "\\"], ["/", "/"], ["b", "\b"], ["f", "\f"], ["n", "\n"], ["r", "\r"],
  ["t", "\t"],
]);

/** The value in the bytes of a file. */
export function parseBytes(bytes) {
  requireForm(bytes.length <= MAX_BYTES, "file", `at most ${MAX_BYTES} bytes`, "more");
  let text;
  try {
    // A byte order mark stays in the text, where no value begins with it.
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Fault(null, "file", "UTF-8", "other bytes");
  }
  return new Reader(text).file();
}

/** JSON text to values, character by character. */
export class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  file() {
    const value = this.value(1);
    this.space();
    this.require(this.at === this.text.length, "the end of the file");
    return value;
  }

  require(ok, expected) {
    if (ok) return;
    const got = this.at < this.text.length ? quoted(this.text[this.at]) : "the end of the file";
    throw new Fault(null, `character ${this.at} of the file`, expected, got);
  }

  space() {
    const pattern = /[ \t\n\r]*/y;
    pattern.lastIndex = this.at;
    pattern.test(this.text);
    this.at = pattern.lastIndex;
  }

  /** The next character that is no white space, without taking it. */
  peek() {
    this.space();
    return this.text[this.at];
  }

  take(character) {
    this.require(this.peek() === character, `'${character}'`);
    this.at += 1;
  }

  value(depth) {
    const first = this.peek();
    if (first === '"') return this.string();
    this.require(first === "{" || first === "[", "a string, a list or an object");
    this.require(depth <= MAX_DEPTH, `at most ${MAX_DEPTH} levels`);
    return first === "{" ? this.object(depth) : this.list(depth);
  }

  object(depth) {
    const found = new Map();
    this.take("{");
    while (this.peek() !== "}") {
      if (found.size) this.take(",");
      this.require(this.peek() === '"', "a key");
      const key = this.string();
      requireForm(!found.has(key), "file", "every key once in an object", quoted(key));
      this.take(":");
      found.set(key, this.value(depth + 1));
    }
    this.take("}");
    return found;
  }

  list(depth) {
    const found = [];
    this.take("[");
    while (this.peek() !== "]") {
      if (found.length) this.take(",");
      found.push(this.value(depth + 1));
    }
    this.take("]");
    return found;
  }

  string() {
    const parts = [];
    const plain = /[^"\\\u0000-\u001f]*/y;
    for (this.at += 1; ; ) {
      plain.lastIndex = this.at;
      parts.push(plain.exec(this.text)[0]);
      this.at = plain.lastIndex;
      if (this.text[this.at] === '"') break;
      this.require(this.text[this.at] === "\\", "a printable character or '\"'");
      parts.push(this.escape());
    }
    this.at += 1;
    const found = parts.join("");
    requireForm(!HALF_PAIR.test(found), "file", "whole characters", "half a surrogate pair");
    return found;
  }

  escape() {
    const letter = this.text[this.at + 1];
    if (letter === "u") {
      const digits = this.text.slice(this.at + 2, this.at + 6);
      this.require(/^[0-9a-fA-F]{4}$/.test(digits), "an escape of four hexadecimal digits");
      this.at += 6;
      return String.fromCharCode(parseInt(digits, 16));
    }
    this.require(ESCAPES.has(letter), "an escape of JSON");
    this.at += 2;
    return ESCAPES.get(letter);
  }
}

/** The canonical text of section 2.5. */
export function canonical(value) {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  // The default order compares code units: of printable ASCII, all a statement has, code points.
  const parts = [...value.keys()].sort().map((k) => `${JSON.stringify(k)}:${canonical(value.get(k))}`);
  return `{${parts.join(",")}}`;
}

// ---- The kinds of values, with the place for a message ----

export function text(value, where) {
  requireForm(typeof value === "string", where, "a string", kind(value));
  return value;
}

export function list(value, where) {
  requireForm(Array.isArray(value), where, "a list", kind(value));
  return value;
}

export function object(value, where) {
  requireForm(value instanceof Map, where, "an object", kind(value));
  return value;
}

/** The values at the keys of an object that has exactly these keys. */
export function fields(value, where, keys) {
  const found = object(value, where);
  for (const key of keys) requireForm(found.has(key), where, `the key ${quoted(key)}`, "none");
  if (found.size > keys.length) {
    const known = new Set(keys);
    const further = [...found.keys()].find((key) => !known.has(key));
    requireForm(false, where, "no further key", quoted(further));
  }
  return keys.map((key) => found.get(key));
}

function kind(value) {
  if (typeof value === "string") return "a string";
  return Array.isArray(value) ? "a list" : "an object";
}
