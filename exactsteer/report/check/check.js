// SPDX-License-Identifier: MIT
// The check of a proof file in JavaScript, written from certificates/FORMAT.md alone: BigInt only,
// no library, no floating-point number.

import { Fault, GivenUp, quoted, requireForm, requireRule, startWatch } from "./fault.js";
import { CLAIMS } from "./claims.js";
import { sha256 } from "./sha256.js";
import { canonical, fields, object, parseBytes, text } from "./strict_json.js";

const FORMAT = "exactsteer proof 1";
const MOST_NOTE = 10000;

/**
 * The verdict on the bytes of a file: "verified" with the claim, the name of the theorem and the
 * numbers of its rules, "rejected" with the rule, "malformed", or "no verdict" where the check gives
 * up. `observe(stage, done, total)` hears what has been done; `budget` is how much may be.
 */
export function check(bytes, observe = () => {}, budget = undefined) {
  startWatch(observe, budget);
  try {
    return { verdict: "verified", ...verified(parseBytes(bytes)) };
  } catch (error) {
    if (error instanceof Fault) {
      const { rule, where, message } = error;
      return { verdict: rule === null ? "malformed" : "rejected", rule, where, message };
    }
    // What the engine cannot hold is no fault of the proof.
    if (error instanceof GivenUp || error instanceof RangeError) {
      return { verdict: "no verdict", message: error.message };
    }
    throw error;
  }
}

function verified(file) {
  const keys = ["statement", "evidence", "provenance", "theorem"];
  const [statement, evidence, provenance, theorem] = fields(file, "file", keys);
  for (const [name, note] of object(provenance, "provenance")) {
    const at = `provenance[${quoted(name)}]`;
    const length = [...text(note, at)].length;
    requireForm(length <= MOST_NOTE, at, `at most ${MOST_NOTE} characters`, `${length}`);
  }
  text(theorem, "theorem");
  const { claim, decide } = claimOf(statement);
  const name = sha256(new TextEncoder().encode(canonical(statement)));
  requireRule(theorem === name, "name", "theorem", name, quoted(theorem));
  return { claim, theorem, found: decide(statement, evidence) };
}

function claimOf(statement) {
  for (const key of ["format", "claim"]) {
    requireForm(object(statement, "statement").has(key), "statement", `the key "${key}"`, "none");
  }
  const format = text(statement.get("format"), "statement.format");
  requireForm(format === FORMAT, "statement.format", quoted(FORMAT), quoted(format));
  const claim = text(statement.get("claim"), "statement.claim");
  requireForm(CLAIMS.has(claim), "statement.claim", "a claim of FORMAT.md", quoted(claim));
  const { keys, check: decide } = CLAIMS.get(claim);
  fields(statement, "statement", ["format", "claim", ...keys]);
  return { claim, decide };
}
