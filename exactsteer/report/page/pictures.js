// Pictures of assemblages: Bloch spheres of qubits, tiles of larger matrices, tables of
// probabilities. Settings differ by colour, dashes and label, outcomes by the shape of their marks.

import { trace } from "../check/exact.js";
import { html, svg } from "./elements.js";
import { approximately, bloch, entry, significant } from "./readable.js";

const SIZE = 280;
const RADIUS = 104;
// Room for names on both sides.
const SIDE = 24;
const MOST_DRAWN = 64;
const STEP = Math.PI / 36;
const KEYS = { ArrowLeft: [-4, 0], ArrowRight: [4, 0], ArrowUp: [0, -4], ArrowDown: [0, 4] };

/** All spheres of a page are seen from the same side. */
class View {
  constructor() {
    this.azimuth = -0.55;
    this.elevation = 0.3;
    this.spheres = [];
  }

  turn(right, down) {
    this.azimuth += right * STEP / 4;
    this.elevation = Math.max(-1.5, Math.min(1.5, this.elevation + down * STEP / 4));
    this.spheres.forEach((draw) => draw());
  }

  /** Right, up and towards us. */
  seen([x, y, z]) {
    const [c, s] = [Math.cos(this.azimuth), Math.sin(this.azimuth)];
    const [right, away] = [c * x - s * y, s * x + c * y];
    const [e, f] = [Math.cos(this.elevation), Math.sin(this.elevation)];
    return [right, e * z + f * away, f * z - e * away];
  }
}

export const newView = () => new View();

const at = (view, vector) => {
  const [right, up, depth] = view.seen(vector);
  return [SIZE / 2 + RADIUS * right, SIZE / 2 - RADIUS * up, depth];
};

/** The circle of points circle(t), dashed where it is behind. */
function ring(view, circle) {
  const paths = { front: "", back: "" };
  let before = null;
  for (let t = 0; t <= 2 * Math.PI + STEP / 2; t += STEP) {
    const [x, y, depth] = at(view, circle(t));
    const side = depth >= 0 ? "front" : "back";
    paths[side] += `${side === before ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
    before = side;
  }
  return Object.entries(paths).map(([side, d]) => svg("path", { d, class: `ring ${side}` }));
}

/** The mark of an outcome: disc, circle, square, diamond, then again. */
function mark(outcome, x, y, size, style) {
  const shape = outcome % 4;
  if (shape < 2) return svg("circle", { cx: x, cy: y, r: size, class: `${style} ${shape ? "open" : "full"}` });
  const turn = shape === 3 ? `rotate(45 ${x} ${y})` : undefined;
  return svg("rect", { x: x - size, y: y - size, width: 2 * size, height: 2 * size, transform: turn, class: `${style} open` });
}

/**
 * A sphere that can be turned, with `points`: {label, group, outcome, m}. Points of one group are
 * joined to their mean; the radius delta is drawn around each.
 */
export function sphere(points, view, caption, delta = 0) {
  const drawn = points.slice(0, MOST_DRAWN).map((point) => ({ ...point, ...bloch(point.m) }))
    .filter(({ weight }) => weight > 0);
  nameTogether(drawn);
  const groups = [...new Set(drawn.map(({ group }) => group))];
  const means = groups.map((group) => mean(drawn.filter((point) => point.group === group)));
  const picture = svg("svg", {
    viewBox: `${-SIDE} 0 ${SIZE + 2 * SIDE} ${SIZE}`, class: "sphere", tabindex: "0", role: "img",
    "aria-label": `${caption}. Arrow keys turn it. ${drawn.map(description).join("; ")}`,
  });
  const draw = () => {
    const c = SIZE / 2;
    const axes = [["x", [1, 0, 0]], ["y", [0, 1, 0]], ["z", [0, 0, 1]]].flatMap(([name, axis]) => {
      const [[x, y], [u, v]] = [at(view, axis), at(view, axis.map((n) => 1.14 * n))];
      return [svg("line", { x1: c, y1: c, x2: x, y2: y, class: "axis" }),
        svg("text", { x: u, y: v + 4, class: "axis-name" }, name)];
    });
    const circles = [
      (t) => [Math.cos(t), Math.sin(t), 0], (t) => [Math.cos(t), 0, Math.sin(t)],
      (t) => [0, Math.cos(t), Math.sin(t)],
    ];
    const ordered = drawn.map((point) => ({ ...point, place: at(view, point.vector) }))
      .sort((p, q) => p.place[2] - q.place[2]);
    picture.replaceChildren(svg("circle", { cx: c, cy: c, r: RADIUS, class: "ball" }),
      ...circles.flatMap((circle) => ring(view, circle)), ...axes,
      ...ordered.map((point) => halo(point, delta)).filter((node) => node),
      ...ordered.flatMap((point) => tip(point, groups.indexOf(point.group), at(view, means[groups.indexOf(point.group)]))),
      ...ordered.map((point) => nameTag(point, groups.indexOf(point.group))));
  };
  turnable(picture, view);
  view.spheres.push(draw);
  draw();
  const more = points.length > MOST_DRAWN ? ` The first ${MOST_DRAWN} of ${points.length} are drawn.` : "";
  return html("figure", {}, picture, html("figcaption", {}, caption, more));
}

/** Points at one place share the name of the first. */
function nameTogether(points) {
  const first = new Map();
  for (const point of points) {
    const place = point.vector.map((v) => v.toFixed(2)).join();
    point.name = first.has(place) ? "" : point.label;
    if (first.has(place)) first.get(place).others += 1;
    else first.set(place, Object.assign(point, { others: 0 }));
  }
  for (const point of first.values()) if (point.others) point.name += ` +${point.others}`;
}

function mean(points) {
  const total = points.reduce((sum, { weight }) => sum + weight, 0) || 1;
  return [0, 1, 2].map((i) => points.reduce((sum, p) => sum + p.weight * p.vector[i], 0) / total);
}

/** What the radius lets a tip be; points at one place have one. */
function halo({ name, weight, place: [x, y] }, delta) {
  const reach = RADIUS * 2 * delta / weight;
  return name && reach >= 1 ? svg("circle", { cx: x, cy: y, r: Math.min(reach, RADIUS), class: "halo" }) : null;
}

const markSize = (weight) => 3 + 7 * Math.sqrt(Math.min(weight, 1));

function tip({ outcome, weight, place: [x, y] }, group, [mx, my]) {
  const style = `group${group % 6}`;
  return [svg("line", { x1: mx, y1: my, x2: x, y2: y, class: `${style} ray` }), mark(outcome, x, y, markSize(weight), style)];
}

/** The name of a point, outwards of it. */
function nameTag({ name, weight, place: [x, y] }, group) {
  let [dx, dy] = [x - SIZE / 2, y - SIZE / 2];
  if (Math.hypot(dx, dy) < 6) [dx, dy] = [1, -1];
  const away = (markSize(weight) + 6) / Math.hypot(dx, dy);
  const anchor = Math.abs(dx) < 12 ? "middle" : dx > 0 ? "start" : "end";
  return svg("text", { x: x + dx * away, y: y + dy * away + 4, "text-anchor": anchor, class: `group${group % 6} label` }, name);
}

function description({ label, weight, vector }) {
  return `${label}: probability ${weight.toFixed(4)}, Bloch vector ${vector.map((v) => v.toFixed(3)).join(", ")}`;
}

function turnable(picture, view) {
  let from = null;
  picture.addEventListener("pointerdown", (event) => {
    from = [event.clientX, event.clientY];
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener("pointermove", (event) => {
    if (!from) return;
    view.turn(event.clientX - from[0], event.clientY - from[1]);
    from = [event.clientX, event.clientY];
  });
  for (const name of ["pointerup", "pointercancel"]) picture.addEventListener(name, () => { from = null; });
  picture.addEventListener("keydown", (event) => {
    if (!(event.key in KEYS)) return;
    event.preventDefault();
    view.turn(...KEYS[event.key]);
  });
}

/** Matrices as tiles: area for modulus, a hand for the phase. */
export function tiles(points, caption) {
  const figures = points.slice(0, MOST_DRAWN).map(({ label, m }) => {
    const weight = approximately(trace(m));
    const unit = 96 / m.rows;
    const cells = [];
    const largest = Math.max(...m.re.map((_, i) => Math.hypot(Number(m.re[i]), Number(m.im[i])) / Number(m.den)), 1e-300);
    for (let i = 0; i < m.rows; i += 1) {
      for (let j = 0; j < m.rows; j += 1) {
        const [re, im] = entry(m, i, j).map(approximately);
        const side = unit * 0.94 * Math.sqrt(Math.hypot(re, im) / largest);
        if (side < 0.2) continue;
        const [cx, cy] = [(j + 0.5) * unit, (i + 0.5) * unit];
        const angle = Math.atan2(im, re);
        cells.push(svg("rect", { x: cx - side / 2, y: cy - side / 2, width: side, height: side, class: "tile" }));
        if (i !== j && side > 4) {
          cells.push(svg("line", { x1: cx, y1: cy, x2: cx + side / 2 * Math.cos(angle), y2: cy - side / 2 * Math.sin(angle), class: "hand" }));
        }
      }
    }
    const name = `${label}, ${m.rows} × ${m.rows}, trace ${weight.toFixed(4)}`;
    return html("figure", { class: "small" }, svg("svg", { viewBox: "-1 -1 98 98", role: "img", "aria-label": name },
      svg("rect", { x: -0.5, y: -0.5, width: 97, height: 97, class: "frame" }), cells), html("figcaption", {}, `${label}, p = ${weight.toFixed(4)}`));
  });
  const more = points.length > MOST_DRAWN ? `, the first ${MOST_DRAWN} of ${points.length}` : "";
  return html("div", { role: "group", "aria-label": caption }, html("p", { class: "note" }, `${caption}${more}. The area of a tile is the modulus of an entry, its hand the phase.`), html("div", { class: "row" }, figures));
}

/** p(a|x) as a table: a row for each pair of the first Alice, a column for the others'. */
export function distribution(values, { pairs, outcomes }, caption) {
  const rest = pairs.slice(1).reduce((all, row) => all.flatMap((one) => row.map((pair) => [...one, pair])), [[]]);
  const written = (chosen) => chosen.map(([a, x]) => `${a}|${x}`).join(", ");
  const head = outcomes.length === 1 ? ["p(a|x)"] : rest.map(written);
  const rows = pairs[0].map((pair) => html("tr", {}, html("th", { scope: "row" }, written([pair])), rest.map((others) => {
    const chosen = [pair, ...others];
    const key = `${chosen.map(([a]) => a).join(",")}|${chosen.map(([, x]) => x).join(",")}`;
    const p = trace(values.get(key));
    const cell = html("td", { class: "shade" }, significant(p, 4));
    cell.style.setProperty("--share", `${Math.round(100 * Math.max(0, Math.min(1, approximately(p))))}%`);
    return cell;
  })));
  return html("div", { class: "wide", tabindex: "0", role: "group", "aria-label": caption }, html("table", { class: "grid" },
    html("caption", {}, caption),
    html("thead", {}, html("tr", {}, html("th", { scope: "col" }, outcomes.length === 1 ? "a|x" : "Alice 1 \\ others"), head.map((text) => html("th", { scope: "col" }, text)))),
    html("tbody", {}, rows)));
}
