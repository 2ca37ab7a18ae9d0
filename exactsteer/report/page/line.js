// Numbers on a line: where the assemblage, the bounds and the ends of an interval lie.

import { html, svg } from "./elements.js";

const WIDTH = 440;
const MARGIN = 26;
const BASE = 46;

/**
 * A line with `marks` {at, letter, text, kind} and `bands` {from, to, kind}; values are for drawing,
 * `text` says the number. What each letter means stands in a list below.
 */
export function numberLine(caption, marks, bands = [], ends = null) {
  const values = [...marks.map(({ at }) => at), ...bands.flatMap(({ from, to }) => [from, to])].filter(Number.isFinite);
  let [least, most] = ends ?? [Math.min(...values), Math.max(...values)];
  if (!ends) {
    // Numbers that agree in all digits drawn here are not pulled apart, unless the interval is the point.
    const close = most - least < 1e-6 * Math.abs(most) && !bands.length;
    const space = (close ? Math.abs(most) : 0.12 * (most - least)) || 1;
    [least, most] = [least - space, most + space];
  }
  const x = (v) => MARGIN + (WIDTH - 2 * MARGIN) * (Math.max(least, Math.min(most, v)) - least) / (most - least || 1);
  const drawnBands = bands.map(({ from, to, kind }) => svg("rect", {
    x: x(from), y: BASE - 9, width: Math.max(x(to) - x(from), 1.5), height: 18, class: `band ${kind}`,
  }));
  // Letters that would touch stand higher.
  const places = [];
  const drawnMarks = marks.map((one) => {
    const place = x(one.at);
    const height = places.filter((other) => Math.abs(other - place) < 16).length;
    places.push(place);
    return [
      svg("line", { x1: place, x2: place, y1: BASE - 13, y2: BASE + 13, class: `tick ${one.kind}` }),
      svg("text", { x: place, y: BASE - 18 - 15 * height, class: `letter ${one.kind}` }, one.letter),
    ];
  });
  const picture = svg("svg", { viewBox: `0 0 ${WIDTH} 70`, class: "line", role: "img", "aria-label": `${caption}: ${marks.map(({ letter, text }) => `${letter}, ${text}`).join("; ")}` },
    drawnBands, svg("line", { x1: 8, x2: WIDTH - 8, y1: BASE, y2: BASE, class: "base" }), drawnMarks);
  return html("figure", { class: "full" }, picture, html("figcaption", {}, caption,
    html("ul", { class: "legend" }, marks.map(({ letter, text, kind }) => html("li", {}, html("b", { class: kind }, letter), " ", text)))));
}
