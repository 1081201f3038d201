/* The two weekly charts as Chart.js configurations: numbers and colours in, plain objects out. */
import { medians, minutes, ranges, sayMinutes, sayRatings } from "./weekly.js";

const TOP = 10.4;
const FOOT = -1.6; // the server's drawing leaves the same room under "no pain"
const ROOM = 4; // in pixels, for half a dot at either end; the canvas is as much wider
const FONT = { family: "system-ui, sans-serif", size: 14 };
// Line, dot and pill in pixels, by how many weeks share the width.
const SIZES = {
  few: [2.5, 6.5, 14],
  some: [2.5, 5, 8],
  many: [1.75, 2.5, 3],
  most: [1.5, 1.25, 1.5],
};
const DAY_DOTS = { few: 3, some: 2.5, many: 2, most: 2 };

/** Medians as lines over pills from lowest to highest; `colours` by name. */
export function painChart(data, colours) {
  const [thin, dot, pill] = SIZES[data.density];
  const { line, field, ink, middle } = colours;
  const ringed = {
    borderColor: line,
    borderWidth: thin,
    pointBorderColor: line,
    pointBorderWidth: dot / 2,
    pointRadius: dot * 0.75,
  };
  const dotted = {
    borderColor: ink,
    borderWidth: thin,
    borderDash: [1, 6],
    pointBorderWidth: 0,
    pointStyle: "rect",
    pointRadius: dot * 0.8,
  };
  const looks = {
    before: { ...ringed, pointBackgroundColor: line },
    after: { ...ringed, pointBackgroundColor: field },
    tenderness: { ...dotted, pointBackgroundColor: ink },
    median: { ...ringed, pointBackgroundColor: line },
  };
  const drawn = Object.entries(looks).filter(([name]) => name in data.words);
  const datasets = drawn.map(([name, look]) => {
    const own = { name, label: data.words[name], data: medians(data, name) };
    return { ...own, ...look, clip: false, spanGaps: false };
  });
  const beforeDatasetsDraw = (chart) => {
    drawPills(chart, data, middle, pill);
    drawDays(chart, data.days ?? [], ink, DAY_DOTS[data.density]);
  };
  const pills = { id: "pills", beforeDatasetsDraw };
  const say = ({ dataset: { name, label }, dataIndex }) =>
    sayRatings(rowAt(data, dataIndex), name, label, data.lang);
  const settings = options(data, colours, { min: FOOT, max: TOP }, say);
  return { type: "line", data: { datasets }, plugins: [pills, ownWeek()], options: settings };
}

/** Minutes at levels 1-4, hanging from the top; `colours.levels` in that order. */
export function minutesChart(data, colours) {
  const barThickness = ({ chart }) => ((chart.chartArea?.width ?? 0) / data.weeks) * 0.65;
  const datasets = colours.levels.map((colour, at) => {
    const look = { backgroundColor: colour, hoverBackgroundColor: colour, borderRadius: 6 };
    return { label: data.words.levels[at], data: minutes(data, at + 1), barThickness, ...look };
  });
  const y = { min: 0, max: data.fullMinutes, reverse: true, stacked: true };
  const say = ({ raw, dataset }) => sayMinutes(raw.y, dataset.label);
  const settings = options(data, colours, y, say);
  return { type: "bar", data: { datasets }, plugins: [ownWeek()], options: settings };
}

/* Words, scale and grid stay the server's, so the axes only place things. */
function options(data, { back, front }, y, label) {
  const unseen = { type: "linear", display: false };
  const x = { min: -0.5, max: data.weeks - 0.5, offset: false, stacked: y.stacked };
  const filter = ({ raw }) => !Number.isNaN(raw.y);
  const title = ([item]) => rowAt(data, Math.round(item.raw.x)).week;
  const fonts = { titleFont: FONT, bodyFont: FONT };
  const look = { backgroundColor: back, titleColor: front, bodyColor: front, ...fonts };
  return {
    animation: false,
    parsing: false,
    normalized: true,
    maintainAspectRatio: false,
    layout: { autoPadding: false, padding: { left: ROOM, right: ROOM } },
    interaction: { mode: "index", intersect: false },
    scales: { x: { ...unseen, ...x }, y: { ...unseen, ...y } },
    plugins: { tooltip: { ...look, displayColors: false, filter, callbacks: { title, label } } },
  };
}

/* A tip is of the week that is pointed at: where that one is a hole, Chart.js takes the nearest. */
function ownWeek() {
  let pointed;
  const beforeEvent = ({ scales: { x } }, args) => {
    const week = Math.round(x.getValueForPixel(args.event.x));
    args.changed ||= week !== pointed; // the nearest may be the same one as before
    pointed = week;
  };
  const beforeTooltipDraw = (_chart, { tooltip: { dataPoints } }) =>
    Math.round(dataPoints[0].raw.x) === pointed;
  return { id: "own-week", beforeEvent, beforeTooltipDraw };
}

function drawPills({ ctx, scales: { x, y } }, data, colour, width) {
  ctx.save();
  Object.assign(ctx, { strokeStyle: colour, globalAlpha: 0.45, lineWidth: width, lineCap: "round" });
  ctx.beginPath();
  for (const span of [...ranges(data, "before"), ...ranges(data, "after"), ...ranges(data, "median")]) {
    ctx.moveTo(x.getPixelForValue(span.x), y.getPixelForValue(span.high));
    ctx.lineTo(x.getPixelForValue(span.x), y.getPixelForValue(span.low));
  }
  ctx.stroke();
  ctx.restore();
}

function drawDays({ ctx, scales: { x, y } }, days, colour, radius) {
  ctx.save();
  ctx.fillStyle = colour;
  for (const [at, rating] of days) {
    ctx.beginPath();
    ctx.arc(x.getPixelForValue(at), y.getPixelForValue(rating), radius, 0, 7);
    ctx.fill();
  }
  ctx.restore();
}

const rowAt = (data, week) => data.rows.find((row) => row.at === week);
