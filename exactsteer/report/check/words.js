// SPDX-License-Identifier: MIT
// FORMAT.md, section 3.6: letters, words, levels and products of words.
//
// A letter is "x.a", the setting and the outcome; a part is an array of letters, a word a list of
// parts, one for each Alice. Words are handled as their names, such as "A0 B1.2" or "1".

import { requireForm, quoted } from "./fault.js";
import { list, text } from "./strict_json.js";

const MOST_CHARACTERS = 1024;
const MOST_ALICES = 26;
const ALICES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The letters of each Alice: {name, x, a, projector}, by setting and then by outcome. */
export function alphabet({ outcomes }) {
  const ok = outcomes.length <= MOST_ALICES;
  requireForm(ok, "statement.scenario", `at most ${MOST_ALICES} Alices`, `${outcomes.length}`);
  return outcomes.map((row, j) => row.flatMap((o, x) => {
    const name = `${ALICES[j]}${x}`;
    const projectors = Array.from({ length: o - 1 }, (_, a) => ({ name: `${name}.${a}`, x, a, projector: true }));
    return o === 2 ? [{ name, x, a: 0, projector: false }] : projectors;
  }));
}

export function wordText(word) {
  return word.flat().map((letter) => letter.name).join(" ") || "1";
}

/** The words of a list or of a level, at least one and at most `most`. */
export function words(value, where, letters, most) {
  const found = typeof value === "string" ? level(value, where, letters, most)
    : listed(value, where, letters, most);
  const ok = found.length > 0 && found.length <= most;
  requireForm(ok, where, `1 to ${most} words`, `${found.length}`);
  return found;
}

function listed(value, where, letters, most) {
  requireForm(list(value, where).length <= most, where, `at most ${most} words`, `${value.length}`);
  const known = new Map();
  letters.forEach((row, j) => row.forEach((letter) => known.set(letter.name, { j, letter })));
  const seen = new Set();
  return value.map((item, i) => {
    const at = `${where}[${i}]`;
    const name = text(item, at);
    const short = name.length <= MOST_CHARACTERS;
    requireForm(short, at, `at most ${MOST_CHARACTERS} characters`, `${name.length}`);
    const word = letters.map(() => []);
    let last = 0;
    for (const token of name === "1" ? [] : name.split(" ")) {
      requireForm(known.has(token), at, "letters of the scenario", quoted(token));
      const { j, letter } = known.get(token);
      requireForm(j >= last, at, "the letters of the Alices in order", quoted(name));
      const reduced = word[j].at(-1)?.x !== letter.x;
      requireForm(reduced, at, "a reduced word", quoted(name));
      word[j].push(letter);
      last = j;
    }
    requireForm(!seen.has(name), at, "every word once", quoted(name));
    seen.add(name);
    return word;
  });
}

function level(value, where, letters, most) {
  const names = ALICES.slice(0, letters.length);
  const found = new Map();
  for (const term of new Set(value.split("+"))) {
    const numeric = /^(?:[0-9]|[1-9][0-9])$/.test(term);
    const named = /^[A-Z]{1,64}$/.test(term) && [...term].every((name) => names.includes(name));
    requireForm(numeric || named, where, "numbers up to 99 and names of Alices", quoted(term));
    const counts = [...names].map((name) => [...term].filter((other) => other === name).length);
    const members = numeric ? upTo(Number(term), letters, most) : exactly(counts, letters, most);
    for (const word of members ?? []) found.set(wordText(word), word);
    const ok = members !== null && found.size <= most;
    requireForm(ok, where, `at most ${most} words`, "more");
  }
  return [...found.values()].sort(before);
}

/** The order of the words of a level. */
function before(s, t) {
  const length = (word) => word.reduce((sum, part) => sum + part.length, 0);
  if (length(s) !== length(t)) return length(s) - length(t);
  for (let j = 0; j < s.length; j += 1) {
    if (s[j].length !== t[j].length) return t[j].length - s[j].length;
  }
  for (let j = 0; j < s.length; j += 1) {
    for (let i = 0; i < s[j].length; i += 1) {
      const [one, other] = [s[j][i], t[j][i]];
      if (one.x !== other.x) return one.x - other.x;
      if (one.a !== other.a) return one.a - other.a;
    }
  }
  return 0;
}

/** The parts with one letter more; null if there are more than `most`. */
function longer(parts, row, most) {
  const found = [];
  for (const part of parts) {
    for (const letter of row) {
      if (part.at(-1)?.x !== letter.x) found.push([...part, letter]);
      if (found.length > most) return null;
    }
  }
  return found;
}

/** All words of at most `total` letters, or null if there are more than `most`. */
function upTo(total, letters, most) {
  // Each step appends the parts of one Alice; what is found so far are words themselves.
  let found = [{ word: [], left: total }];
  for (const row of letters) {
    const next = [];
    for (const { word, left } of found) {
      let parts = [[]];
      for (let length = 0; length <= left && parts.length; length += 1) {
        for (const part of parts) next.push({ word: [...word, part], left: left - length });
        if (next.length > most) return null;
        if (length < left) parts = longer(parts, row, most);
        if (parts === null) return null;
      }
    }
    found = next;
  }
  return found.map(({ word }) => word);
}

/** All words with these numbers of letters of each Alice, or null if there are more than `most`. */
function exactly(counts, letters, most) {
  // An Alice with one setting has no part of two letters, one without letters none of one. Any
  // other part is the beginning of a longer one, so no step finds more parts than there are words.
  const settings = letters.map((row) => new Set(row.map((letter) => letter.x)).size);
  if (counts.some((n, j) => n > (settings[j] < 2 ? settings[j] : n))) return [];
  let found = [[]];
  for (const [j, row] of letters.entries()) {
    let parts = [[]];
    for (let length = 0; length < counts[j]; length += 1) {
      parts = longer(parts, row, most);
      if (parts === null) return null;
    }
    if (found.length * parts.length > most) return null;
    found = found.flatMap((word) => parts.map((part) => [...word, part]));
  }
  return found;
}

/** The part s^dagger t, reduced, or null if it is 0. */
function partProduct(s, t) {
  const left = s.slice().reverse();
  let start = 0;
  while (left.length && start < t.length && left.at(-1).x === t[start].x) {
    const letter = left.pop();
    if (letter.projector) {
      // P_a P_a = P_a stands between letters of other settings; P_a P_b = 0.
      return letter.a === t[start].a ? [...left, ...t.slice(start)] : null;
    }
    start += 1;
  }
  return [...left, ...t.slice(start)];
}

/** The name of s^dagger t, or null if the product is 0. */
export function productText(s, t) {
  const word = [];
  for (let j = 0; j < s.length; j += 1) {
    const part = partProduct(s[j], t[j]);
    if (part === null) return null;
    word.push(part);
  }
  return wordText(word);
}
