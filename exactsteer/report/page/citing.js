// What can be taken from a page: the proof file, a citation, LaTeX.

import { folded, html, section } from "./elements.js";
import { latexFamilies, PRINTED_ROWS } from "./formulas.js";
import { headline, sentence } from "./sentences.js";

export const PAPER = "https://arxiv.org/abs/2604.07078";
const SPECIALS = {
  "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", $: "\\$", "&": "\\&", "#": "\\#", _: "\\_", "%": "\\%",
  "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "σ": "$\\sigma$", "δ": "$\\delta$", "λ": "$\\lambda$",
  "Σ": "$\\Sigma$", "≤": "$\\le$", "≥": "$\\ge$", "−": "$-$", "≈": "$\\approx$", "|": "$|$",
};

const RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function latexText(text) {
  const plain = text.replace(/[\\{}$&#_%^~σδλΣ≤≥−≈|]/g, (character) => SPECIALS[character]);
  return plain.replace(/·10(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, sign, digits) =>
    `$\\cdot 10^{${sign && "-"}${[...digits].map((digit) => RAISED_DIGITS.indexOf(digit)).join("")}}$`);
}

/** The theorem and the matrices of the inequality and of the assemblage in LaTeX. */
export function latexOf(proof) {
  const symbol = proof.inequality?.symbol;
  const families = [
    ...(proof.inequality ? latexFamilies(symbol, proof.inequality.families.filter(small)) : []),
    ...latexFamilies("\\sigma", (proof.centre ?? []).filter(small)),
  ];
  const body = families.length ? ["\\begin{align*}", families.map((line) => `  ${line}`).join(" \\\\\n"), "\\end{align*}"] : [];
  return [`\\begin{theorem}[\\texttt{${proof.theorem.slice(0, 16)}}]`, latexText(sentence(withSize(proof))), "\\end{theorem}", ...body].join("\n");
}

const small = (family) => [...family.values()].every((m) => m.rows <= PRINTED_ROWS);

export const withSize = (proof) => ({ ...proof, size: proof.functional?.size ?? 0 });

export const citation = ({ claim, theorem }) =>
  `“${headline(claim)}”, theorem ${theorem} of the proof file format “exactsteer proof 1”, re-checked in exact arithmetic; after arXiv:2604.07078.`;

function copied(label, text) {
  const field = html("textarea", { readonly: true, rows: "4", "aria-label": label, spellcheck: "false" });
  field.value = text;
  const button = html("button", { type: "button" }, `Copy ${label}`);
  button.addEventListener("click", () => {
    field.select();
    // The clipboard of the newer interface is closed to pages opened from a file.
    document.execCommand("copy");
    button.textContent = "Copied";
  });
  return html("div", { class: "copied" }, field, button);
}

/** A link that saves these very bytes. */
export function saveLink(name, bytes) {
  const link = html("a", { download: name.replace(/[^A-Za-z0-9._+-]/g, "_"), href: "#" }, "Save the proof file");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "application/json" }));
  return link;
}

export function takeAway({ name, bytes, text }, proof) {
  const size = `${bytes.length.toLocaleString("en")} bytes`;
  const format = document.getElementById("format") ? html("a", { href: "#format" }, "FORMAT.md") : "FORMAT.md";
  return section("Take it with you",
    html("p", {}, saveLink(name, bytes), ` (${size}, as it is). `, html("code", {}, "python3 -I recheck.py"), " checks it again with Python's standard library alone; what has to hold is written in ", format, ". The paper: ", html("a", { href: PAPER, rel: "noreferrer" }, "arXiv:2604.07078"), "."),
    proof ? [folded("Citation", copied("citation", citation(proof))), folded("LaTeX", copied("LaTeX", latexOf(proof)))] : null,
    folded("The text of the proof file", html("pre", { class: "file", tabindex: "0" }, text.length > 200000 ? `${text.slice(0, 200000)}\n… (${text.length} characters; save the file to see all)` : text)));
}
