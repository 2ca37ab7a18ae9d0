// Checks in workers, each made of a script of this very page.

const POLICY = globalThis.trustedTypes?.createPolicy("exactsteer", { createScriptURL: (text) => text });

/** An address that workers may be made of; browsers with trusted types ask for a policy. */
function addressOf(source) {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  return POLICY ? POLICY.createScriptURL(address) : address;
}

/**
 * The check by the script with this id, as a function of the bytes and of what hears its progress:
 * {result, stop}, the promise of a report, and what ends the check without one.
 */
export function checkInBackground(id) {
  const address = addressOf(document.getElementById(id).textContent);
  // A worker that has done its work and takes the next.
  let idle = null;
  return (bytes, observe) => {
    const worker = idle ?? new Worker(address);
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
  };
}
