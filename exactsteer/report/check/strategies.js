// SPDX-License-Identifier: MIT
// FORMAT.md, section 3.10: strategies as written in a file.

import { quoted, requireForm } from "./fault.js";

/** The outcomes lambda[j][x] of a text such as "0,1;1,0,0". */
export function strategy(name, where, { outcomes }) {
  const parts = name.split(";").map((part) => part.split(","));
  const ok = parts.length === outcomes.length && parts.every((part, j) =>
    part.length === outcomes[j].length && part.every((n, x) =>
      /^(?:0|[1-9][0-9]{0,5})$/.test(n) && Number(n) < outcomes[j][x]));
  requireForm(ok, where, "a strategy of the scenario", quoted(name));
  return parts.map((part) => part.map(Number));
}

export const strategyText = (lambda) => lambda.map((row) => row.join(",")).join(";");
