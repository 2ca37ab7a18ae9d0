// The check in a worker, which is made of the script of this very page.

const SOURCE = document.getElementById("check").textContent;

/** An address that workers may be made of; browsers with trusted types ask for a policy. */
function trusted(address) {
  const policy = globalThis.trustedTypes?.createPolicy("exactsteer", { createScriptURL: (text) => text });
  return policy ? policy.createScriptURL(address) : address;
}

const ADDRESS = trusted(URL.createObjectURL(new Blob([SOURCE], { type: "text/javascript" })));

// A worker that has done its work and takes the next.
let idle = null;

/** {result, stop}: the promise of a report, and what ends the check without one. */
export function checkInBackground(bytes, observe) {
  const worker = idle ?? new Worker(ADDRESS);
  idle = null;
  let stop = null;
  const result = new Promise((resolve) => {
    const broken = (report) => {
      worker.terminate();
      resolve(report);
    };
    stop = () => broken({ verdict: "stopped" });
    worker.onmessage = ({ data: { report, ...progress } }) => {
      if (!report) {
        observe(progress);
        return;
      }
      if (idle) worker.terminate();
      else idle = worker;
      resolve(report);
    };
    worker.onerror = (event) => broken({ verdict: "no verdict", message: `the check failed: ${event.message}` });
    worker.postMessage({ bytes });
  });
  return { result, stop };
}
