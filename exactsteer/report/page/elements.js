// Elements of HTML, SVG and MathML. Whatever comes from a file becomes the text of a node, never
// markup, and characters that do not print or that turn the direction of text are shown as escapes.

const NAMESPACES = {
  html: "http://www.w3.org/1999/xhtml",
  svg: "http://www.w3.org/2000/svg",
  math: "http://www.w3.org/1998/Math/MathML",
};
const MOVING = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

/** The text with invisible characters written as escapes; line breaks may stay. */
export function printable(text, { lines = false } = {}) {
  return text.replace(MOVING, (character) => {
    if (lines && character === "\n") return character;
    return `\\u{${character.codePointAt(0).toString(16)}}`;
  });
}

function maker(namespace) {
  return (tag, attributes = {}, ...children) => {
    const node = document.createElementNS(NAMESPACES[namespace], tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false && value !== undefined) node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
    return node;
  };
}

export const html = maker("html");
export const svg = maker("svg");
export const math = maker("math");

export function section(title, ...children) {
  return html("section", {}, html("h2", {}, title), ...children);
}

export function folded(summary, ...children) {
  return html("details", {}, html("summary", {}, summary), ...children);
}

/** The same, its content made when it is opened first: matrices may be many. */
export function foldedLazily(summary, make) {
  const node = folded(summary);
  node.addEventListener("toggle", () => {
    if (node.open && node.childElementCount === 1) node.append(...[make()].flat());
  });
  return node;
}

/** A table with a row of headings; a cell is a text, a node or a list of these. */
export function table(caption, headings, rows) {
  const head = html("tr", {}, headings.map((text) => html("th", { scope: "col" }, text)));
  const body = rows.map(([first, ...cells]) =>
    html("tr", {}, html("th", { scope: "row" }, first), cells.map((cell) => html("td", {}, cell))));
  // Wide tables scroll by themselves, by keyboard too.
  return html("div", { class: "wide", tabindex: "0", role: "group", "aria-label": caption },
    html("table", {}, html("caption", {}, caption), html("thead", {}, head), html("tbody", {}, body)));
}
