// A page: its proofs, the check of each in a worker, and what is shown of the one that is open.

import { Fault } from "../check/fault.js";
import { parseBytes } from "../check/strict_json.js";
import { checkInBackground } from "./background.js";
import { takeAway, withSize } from "./citing.js";
import { compare, readData } from "./comparison.js";
import { DataError } from "./arrays.js";
import { foldedLazily, html, printable, section, table } from "./elements.js";
import { boundSection, inequalitySection, intervalSection, matricesOf, modelSections, pictured, radiusNote } from "./evidence.js";
import { newView } from "./pictures.js";
import { approximately, inFull } from "./readable.js";
import { readAssemblage, readProof } from "./reading.js";
import { headline, rules, scenarioWords, sentence } from "./sentences.js";

const MAIN = document.querySelector("main");
const INDEX = document.getElementById("index");
const SIGNS = { verified: "✓", rejected: "✗", malformed: "✗", "no verdict": "?", stopped: "?", "not covered": "○", checking: "…" };

/** Every checker of the page gives a verdict of its own. */
const CHECKERS = [
  { name: "JavaScript, exact integers, written from FORMAT.md alone", run: checkInBackground("check") },
  { name: "a program that Coq has proved correct, as JavaScript", run: checkInBackground("verified") },
];

const shelf = [];
let open = null;

// ---- The proofs of the page ----

const bytesOf = (node) => Uint8Array.from(atob(node.textContent.trim()), (character) => character.charCodeAt(0));

function newEntry(name, bytes) {
  const text = printable(new TextDecoder().decode(bytes), { lines: true });
  let [proof, reason] = [null, null];
  try {
    proof = readProof(bytes);
  } catch (error) {
    // Whatever is wrong with the file, the checkers say so.
    reason = error instanceof Fault ? error.message : "the file is not of the form of FORMAT.md";
  }
  const entry = { name, bytes, text, proof, reason, verdicts: CHECKERS.map(() => ({ verdict: "checking" })), stops: [] };
  shelf.push(entry);
  return entry;
}

async function checkAll(entry) {
  await Promise.all(CHECKERS.map(async ({ run }, i) => {
    entry.verdicts[i] = { verdict: "checking" };
    const { result, stop } = run(entry.bytes, (progress) => {
      entry.verdicts[i] = { verdict: "checking", ...progress };
      refresh(entry);
    });
    entry.stops[i] = stop;
    refresh(entry);
    entry.verdicts[i] = await result;
    entry.stops[i] = null;
    if (open === entry) show(entry);
    refresh(entry);
  }));
}

// ---- Verdicts ----

function verdictText({ verdict, rule, where, message, milliseconds, stage, done, total }) {
  const time = milliseconds === undefined ? "" : ` (${milliseconds < 1000 ? `${Math.max(1, Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(1)} s`})`;
  switch (verdict) {
    case "verified": return ["VERIFIED", ` in this page just now${time}; nothing was loaded or sent`];
    case "rejected": return ["REJECTED", ` by the rule “${printable(rule)}”${details(where, message)}${time}`];
    case "malformed": return ["MALFORMED", `${details(where, message)}${time}`];
    case "not covered": return ["NOT COVERED", `: there is no verified checker yet for the claim “${printable(message)}”`];
    case "no verdict": return ["NO VERDICT", `: ${printable(message)}; check the saved file with recheck.py or exactsteer check`];
    case "stopped": return ["STOPPED", ": no verdict"];
    default: return ["CHECKING", total ? `: ${stage}, ${Math.floor(100 * done / total)} per cent` : ""];
  }
}

const details = (where, message) => (where === undefined ? "" : ` at ${printable(where)}: ${printable(message)}`);

/** The verdicts of an entry in a few words. */
function inShort({ verdicts }) {
  return verdicts.map((one) => `${SIGNS[one.verdict]} ${verdictText(one)[0]}${one.rule ? ` (${printable(one.rule)})` : ""}`).join(" ");
}

const isVerified = ({ verdicts: [first, ...others] }) =>
  first.verdict === "verified" && others.every(({ verdict }) => ["verified", "not covered", "no verdict", "stopped"].includes(verdict));

function verdictLine(entry, i) {
  const [word, rest] = verdictText(entry.verdicts[i]);
  const line = html("li", { class: `verdict ${entry.verdicts[i].verdict.replace(" ", "-")}` },
    html("b", {}, `${SIGNS[entry.verdicts[i].verdict]} ${word}`), rest, html("span", { class: "checker" }, ` Checker: ${CHECKERS[i].name}. `));
  if (entry.stops[i]) line.append(button("Stop", entry.stops[i]));
  if (entry.verdicts[i].verdict === "stopped") line.append(button("Check again", () => checkAll(entry)));
  return line;
}

function button(text, act) {
  const node = html("button", { type: "button" }, text);
  node.addEventListener("click", act);
  return node;
}

/** The verdicts of an entry anew, in the index and where it is open. */
function refresh(entry) {
  const cell = document.getElementById(`verdict-${shelf.indexOf(entry)}`);
  if (cell) cell.textContent = inShort(entry);
  if (open !== entry) return;
  document.getElementById("verdicts")?.replaceChildren(...CHECKERS.map((_, i) => verdictLine(entry, i)));
}

// ---- The open proof ----

function show(entry) {
  open = entry;
  const { proof, name, verdicts } = entry;
  const verified = isVerified(entry);
  const refused = verdicts.some(({ verdict }) => verdict === "rejected" || verdict === "malformed");
  const shown = proof ? contents(entry, verified) : [html("p", {}, `Nothing can be shown of this file: ${printable(entry.reason)}.`)];
  const standing = verified ? "" : refused ? "Not proved: " : "Claim: ";
  const title = proof ? standing + headline(proof.claim) : printable(name);
  MAIN.replaceChildren(
    html("h1", {}, title),
    html("ul", { id: "verdicts", "aria-live": "polite" }),
    refused ? html("p", { class: "warning" }, "This proof does not hold. What follows is what the file says, and it is not proved.") : "",
    ...shown.flat(Infinity).filter((node) => node), takeAway(entry, refused ? null : proof), dropSection(entry));
  document.title = `${title}: exactsteer`;
  refresh(entry);
}

/** A page without a proof: an assemblage, as notebooks show it. */
function showAssemblage(file) {
  const { title, scenario, centre } = readAssemblage(file);
  MAIN.replaceChildren(html("h1", {}, printable(title)), html("p", {}, scenarioWords(scenario)),
    ...[pictured(centre, { scenario }, newView()), matricesOf("The matrices, exactly", "σ", centre)].flat().filter((node) => node));
  document.title = printable(title);
}

function contents(entry, verified) {
  const { proof } = entry;
  try {
    return [...views(entry, verified ? entry.verdicts[0].found : null, verified), statementSection(entry)];
  } catch (error) {
    if (!(error instanceof Fault || error instanceof TypeError || error instanceof RangeError)) throw error;
    return [html("p", {}, `Not all of this file can be shown (${printable(proof.claim)}).`)];
  }
}

/** What the verified checker printed: its theorem is about this text. */
function statementSection({ verdicts: [, { text }] }) {
  return text ? foldedLazily("The statement that the verified checker proved", () => html("pre", { tabindex: "0" }, printable(text))) : null;
}

function views({ proof, name }, found, verified) {
  const view = newView();
  const { claim, centre, noise, scenario, radius } = proof;
  const delta = approximately(radius);
  return [
    html("p", { class: "theorem" }, html("b", {}, verified ? "Theorem. " : "Claim. "), sentence(withSize(proof))),
    html("p", { class: "note" }, "Name of the theorem: ", html("code", {}, printable(proof.theorem)), `. File: ${printable(name)}.`),
    section("The scenario", html("p", {}, scenarioWords(scenario)),
      proof.factors ? html("p", {}, `The matrices are joint states of ${proof.factors.length} Bobs, of dimensions ${proof.factors.join(", ")}.`) : null),
    centre ? section("What was measured",
      scenario.D > 1 ? html("p", { class: "note" }, "Each mark is the state in which a Bob is left when the Alices find the outcomes a for the settings x, written a|x; a larger mark is more probable. Lines of one colour join the outcomes of one setting. Drag a sphere to turn it.") : null,
      pictured(centre, proof, view, delta),
      matricesOf("The assemblage, exactly", "σ", centre)) : null,
    noise ? section("The noise", pictured(noise, proof, view), matricesOf("The noise, exactly", "σ", noise)) : null,
    proof.lower && claim !== "quantum bound" ? intervalSection(proof) : null,
    claim === "quantum bound" ? boundSection(proof, found) : inequalitySection(proof, found),
    centre ? section("What the radius means", radiusNote(proof)) : null,
    modelSections(proof, view),
    section("What was checked",
      table(verified ? "Every rule of this claim holds" : "The rules of this claim", ["rule", "what has to hold"], rules(claim).map(([rule, words]) => [html("code", {}, rule), words])),
      found?.I ? html("p", { class: "note" }, `I = ${inFull(found.I)}, B = ${inFull(found.B)}, I + δB = ${inFull(found.most)}.`) : null,
      html("p", { class: "note" }, "The first check of this page is a convenience: the references are the kernel and recheck.py, which share no code with it. The second follows from a theorem, as far as docs/formal_audit.md of exactsteer says.")),
    proof.provenance?.size ? foldedLazily("Where the proof comes from", () => html("dl", {}, [...proof.provenance].map(([key, text]) => [html("dt", {}, printable(key)), html("dd", {}, printable(text))]))) : null,
  ];
}

// ---- Files of one's own ----

function dropSection(entry) {
  const input = html("input", { type: "file", id: "file", accept: ".json,.npz,.mat" });
  const answer = html("p", { role: "status", id: "answer" });
  input.addEventListener("change", () => input.files.length && take(input.files[0], answer));
  return section("Your own file",
    html("p", {}, html("label", { for: "file" }, "Choose a file, or drop one anywhere on this page: a proof is checked; an assemblage (.json, .npz, .mat as exactsteer reads them) is compared with the theorem shown. Nothing leaves this machine. ")), input, answer);
}

async function take(file, answer) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder().decode(bytes.subarray(0, 1 << 24));
  if (/^\s*\{/.test(text) && /"(?:statement|evidence)"\s*:/.test(text)) {
    const entry = newEntry(file.name, bytes);
    listAll();
    show(entry);
    checkAll(entry);
    return;
  }
  if (!open?.proof?.centre) {
    answer.textContent = "The theorem shown is not about an assemblage: there is nothing to compare with.";
    return;
  }
  try {
    answer.textContent = compare(await readData(bytes), open.proof).text;
  } catch (error) {
    if (error instanceof DataError || error instanceof RangeError) answer.textContent = `The file cannot be compared: ${printable(error.message)}.`;
    else throw error;
  }
}

// ---- The index ----

function listAll() {
  if (shelf.length < 2) return;
  const rows = shelf.map((entry, i) => {
    const link = html("a", { href: `#proof-${i}` }, printable(entry.name));
    return [link, entry.proof?.claim ?? "cannot be read", html("span", { id: `verdict-${i}` }, inShort(entry))];
  });
  INDEX.replaceChildren(html("details", { open: true }, html("summary", {}, `${shelf.length} proofs`), table("The proofs of this page", ["file", "claim", "verdict"], rows)));
  INDEX.hidden = false;
}

function openByAddress() {
  const format = location.hash === "#format" && document.querySelector("#format details");
  if (format) format.open = true;
  const entry = shelf[Number(/^#proof-(\d+)$/.exec(location.hash)?.[1] ?? -1)];
  if (!entry) return;
  show(entry);
  MAIN.scrollIntoView();
}

async function start() {
  const alone = document.querySelector("script.assemblage");
  if (alone) {
    showAssemblage(parseBytes(bytesOf(alone)));
    document.documentElement.dataset.checked = "all";
    return;
  }
  document.querySelectorAll("script.proof").forEach((node) => newEntry(node.dataset.name, bytesOf(node)));
  listAll();
  show(shelf[0]);
  openByAddress();
  window.addEventListener("hashchange", openByAddress);
  window.addEventListener("beforeprint", () => document.querySelectorAll("main details").forEach((node) => { node.open = true; }));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) take(event.dataTransfer.files[0], document.getElementById("answer"));
  });
  for (const entry of [...shelf]) await checkAll(entry);
  document.documentElement.dataset.checked = "all";
}

start();
