// Formulas in MathML and in LaTeX.

import { html, math } from "./elements.js";
import { entry, readable } from "./readable.js";

const letter = (text) => math("mi", {}, text);
const operator = (text) => math("mo", {}, text);
const bracket = (text) => math("mo", { stretchy: "false" }, text);
const literal = (text) => math("mn", {}, text);
export const row = (...children) => math("mrow", {}, ...children);

/** A formula of its own; what is wider than the page scrolls, by keyboard too. */
export const formula = (...children) => html("div", { class: "formula", tabindex: "0" },
  math("math", { display: "block" }, row(...children)));

/** Words and signs of a formula: "W", "+", "3" become the elements they are. */
export function terms(text) {
  return text.split(" ").map((token) => {
    if (/^[0-9.]+$/.test(token)) return literal(token);
    if (/^\p{L}+$/u.test(token)) return letter(token);
    return /^[()[\]|]$/.test(token) ? bracket(token) : operator(token);
  });
}

/** A symbol with an element below and a number above: sigma^(k)_{a|x}. */
export function labelled(symbol, below, above = null) {
  const under = math("mtext", {}, below.replace("|", " | ").replaceAll("*", "∗"));
  if (above === null) return math("msub", {}, letter(symbol), under);
  const raised = row(bracket("("), literal(`${above}`), bracket(")"));
  return math("msubsup", {}, letter(symbol), under, raised);
}

/** sum over k, a, x of tr[F sigma] for families named `symbol`. */
export function traceSum(symbol) {
  const sum = math("munder", {}, operator("∑"), row(letter("k"), operator(","), letter("a"), operator(","), letter("x")));
  return [sum, letter("tr"), bracket("["), labelled(symbol, "a|x", "k"), labelled("σ", "a|x", "k"), bracket("]")];
}

/** sum over a, x. */
export const elementSum = () => math("munder", {}, operator("∑"), row(letter("a"), operator(","), letter("x")));

function cellText(m, i, j, unit = "i") {
  const [re, im] = [m.re[i * m.columns + j], m.im[i * m.columns + j]];
  const size = im === 1n || im === -1n ? "" : `${im < 0n ? -im : im}`;
  const imaginary = im ? `${im < 0n ? "-" : re ? "+" : ""}${size}${unit}` : "";
  return re || !im ? `${re}${imaginary}` : imaginary;
}

/** The matrix as a fraction times a table of Gaussian integers. */
export function matrixFormula(m) {
  const rows = Array.from({ length: m.rows }, (_, i) => math("mtr", {},
    Array.from({ length: m.columns }, (__, j) =>
      math("mtd", {}, math("mtext", {}, cellText(m, i, j).replaceAll("-", "−"))))));
  const body = [operator("("), math("mtable", {}, rows), operator(")")];
  return m.den === 1n ? row(...body) : row(math("mfrac", {}, literal("1"), literal(`${m.den}`)), ...body);
}

/** "W^(1)_{0|1} = matrix", as a block. */
export function equation(symbol, below, above, m) {
  return formula(labelled(symbol, below, above), operator("="), matrixFormula(m));
}

/** A matrix of at most this size is printed; larger ones stay in the file. */
export const PRINTED_ROWS = 16;

export function latexMatrix(m) {
  const lines = Array.from({ length: m.rows }, (_, i) =>
    Array.from({ length: m.columns }, (__, j) => cellText(m, i, j)).join(" & "));
  const factor = m.den === 1n ? "" : `\\tfrac{1}{${m.den}}`;
  return `${factor}\\begin{pmatrix} ${lines.join(" \\\\ ")} \\end{pmatrix}`;
}

/** One line "symbol^{(k)}_{a|x} &= matrix" for each matrix of the families. */
export function latexFamilies(symbol, families) {
  return families.flatMap((family, k) => [...family].map(([name, m]) =>
    `${symbol}^{(${k + 1})}_{${name.replaceAll("*", "\\ast")}} &= ${latexMatrix(m)}`));
}

/** A small matrix by its entries, for tables. */
export function entriesText(m) {
  return Array.from({ length: m.rows }, (_, i) =>
    Array.from({ length: m.columns }, (__, j) => {
      const [re, im] = entry(m, i, j);
      return im.p ? `${readable(re)} + ${readable(im)} i` : readable(re);
    }).join(", ")).join("; ");
}
