// SPDX-License-Identifier: MIT
// The check in a worker, so that a page stays awake while a large file is checked.

import { check } from "./check.js";

const IN_WORKER = typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope;
const PAUSE = 100;

if (IN_WORKER) {
  self.onmessage = ({ data: { bytes } }) => {
    const started = performance.now();
    let last = started;
    const report = check(bytes, (stage, done, total) => {
      const now = performance.now();
      if (now - last < PAUSE) return;
      last = now;
      self.postMessage({ stage, done, total });
    });
    self.postMessage({ report: { ...report, milliseconds: performance.now() - started } });
  };
}
