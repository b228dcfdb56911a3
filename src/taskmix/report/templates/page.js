// Draws the page's charts. Runs before plotly.js is there: it folds the tables that stand in
// for charts and the charts that do not lead, and keeps the charts' room at once; it draws when
// the page is complete, and what is folded when it is opened: without a width nothing can be drawn.
(() => {
  "use strict";
  const PAPER_WIDTH = 680; // px: A4 inside the margins of the print stylesheet
  const CONFIG = { displayModeBar: false, responsive: true, scrollZoom: false };
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const narrow = matchMedia("(max-width: 599px)");
  const plots = [...document.querySelectorAll(".tm-plot")];
  const settings = document.getElementById("tm-settings").textContent;
  const twins = JSON.parse(settings).twins;
  const channels = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)).join(",");
  const rgbTwins = Object.fromEntries(
    Object.entries(twins).map(([light, twin]) => [channels(light), channels(twin)])
  );

  const inDark = (json) =>
    json
      .replace(/#[0-9a-f]{6}/gi, (hex) => twins[hex.toLowerCase()] ?? hex)
      .replace(/(rgba?\()\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)/g, (all, head, r, g, b) =>
        rgbTwins[`${r},${g},${b}`] ? head + rgbTwins[`${r},${g},${b}`] : all
      );

  let printing = false;

  const isPlain = (value) => value && typeof value === "object" && !Array.isArray(value);

  function merge(base, over) {
    const merged = { ...base };
    for (const [key, value] of Object.entries(over)) {
      merged[key] = isPlain(value) && isPlain(base[key]) ? merge(base[key], value) : value;
    }
    return merged;
  }

  async function draw(plot, print = false) {
    const tint = dark.matches && !print ? inDark : (json) => json;
    const { data, layout, narrow: overrides } = JSON.parse(
      tint(document.getElementById(`${plot.id}-spec`).textContent)
    );
    const { template } = JSON.parse(tint(settings));
    const fitted = narrow.matches && !print ? merge(layout, overrides) : layout;
    const height = fitted.height || Number(plot.dataset.height);
    const size = print ? { width: PAPER_WIDTH, height, autosize: false } : { autosize: true };
    plot.style.height = `${height}px`;
    await Plotly.newPlot(plot, data, { ...fitted, ...size, template }, CONFIG);
    plot.dataset.state = "drawn";
  }

  function fail(plot, error) {
    console.warn(`${plot.id} could not be drawn: ${error}`);
    plot.dataset.state = "failed";
    const figure = plot.closest("figure");
    figure.querySelector(".tm-undrawn").hidden = false;
    const table = figure.querySelector(".tm-data");
    if (table) table.open = true;
  }

  const isFolded = (plot) => plot.closest("details:not([open])") !== null;

  const drawn = (plot, print) => draw(plot, print).catch((error) => fail(plot, error));

  async function drawSome(some, print = false) {
    // Paper does not wait; on the screen the first chart is to be seen before the last is drawn.
    if (print) await Promise.all(some.map((plot) => drawn(plot, true)));
    else
      for (const plot of some) {
        if (printing) return;
        await drawn(plot, false);
        await new Promise((resolve) => setTimeout(resolve));
      }
    const open = plots.filter((plot) => !isFolded(plot));
    const complete = open.every((plot) => plot.dataset.state === "drawn");
    root.dataset.charts = complete ? "drawn" : "incomplete";
  }

  const drawAll = (print) => drawSome(plots.filter((plot) => !isFolded(plot)), print);

  async function unpackPlotly(packed) {
    const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    script.textContent = await new Response(stream).text();
    document.head.append(script);
  }

  async function start() {
    const packed = document.getElementById("tm-packed");
    if (packed) {
      // Where it cannot be unpacked, every chart fails and its table opens.
      await unpackPlotly(packed.textContent).catch((error) => console.warn(String(error)));
      packed.remove();
    }
    await drawAll();
    dark.addEventListener("change", () => drawAll());
    narrow.addEventListener("change", () => drawAll());
  }

  let folded = [];
  addEventListener("beforeprint", () => {
    printing = true;
    folded = [...document.querySelectorAll(".tm-details:not([open]), .tm-more:not([open])")];
    for (const details of folded) details.open = true;
    drawAll(true);
  });
  addEventListener("afterprint", () => {
    printing = false;
    for (const details of folded) details.open = false;
    drawAll();
  });

  for (const more of document.querySelectorAll(".tm-more")) {
    more.open = false;
    more.addEventListener("toggle", () => {
      if (more.open && !printing) drawSome(plots.filter((plot) => more.contains(plot)));
    });
  }

  root.dataset.charts = "waiting";
  for (const plot of plots) {
    plot.style.height = `${plot.dataset.height}px`;
    const table = plot.closest("figure").querySelector(".tm-data");
    if (table) table.open = false;
  }
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
