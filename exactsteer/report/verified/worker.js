// SPDX-License-Identifier: MIT
// The checker that Coq has proved correct (checker.js, before this) in a worker. What is here, and
// what it calls, is trusted beside it: see docs/formal_audit.md.

// Its lists take about 80 bytes for each byte of a file.
const MOST_BYTES = 1 << 22;

/** The verdict on the bytes of a file, with the text of the statement that was verified. */
function verifiedReport(bytes) {
  if (bytes.length > MOST_BYTES) return { verdict: "no verdict", message: `a file of more than ${MOST_BYTES} bytes` };
  try {
    const { word, text } = globalThis.exactsteerVerified(bytes);
    switch (word) {
      case "verified": return { verdict: word, text };
      case "rejected": return { verdict: word, rule: text };
      case "no verified checker": return { verdict: "not covered", message: text };
      case "malformed": return { verdict: word };
      default: return { verdict: "no verdict", message: text };
    }
  } catch (error) {
    // What the engine cannot hold is no fault of the proof.
    if (error instanceof RangeError) return { verdict: "no verdict", message: error.message };
    throw error;
  }
}

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  self.onmessage = ({ data: { bytes } }) => {
    const started = performance.now();
    const report = verifiedReport(bytes);
    self.postMessage({ report: { ...report, milliseconds: performance.now() - started } });
  };
}
