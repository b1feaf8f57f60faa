"use strict";
// Evidence opens and closes in place; charts are drawn where they come into view. Without JavaScript both are links and pictures.

document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.target;
  if (!link.classList || !link.classList.contains("ev")) return;
  const slot = event.detail.target;
  if (slot && slot.dataset.of === link.getAttribute("hx-get")) {
    event.preventDefault();
    slot.replaceChildren();
    delete slot.dataset.of;
    link.setAttribute("aria-expanded", "false");
  }
});

document.addEventListener("htmx:afterSwap", (event) => {
  const link = event.detail.requestConfig && event.detail.requestConfig.elt;
  if (!link || !link.classList.contains("ev")) return;
  document.querySelectorAll(".ev[aria-expanded=true]").forEach((other) => {
    if (other !== link && other.closest("li, figure, td, p") === link.closest("li, figure, td, p")) other.setAttribute("aria-expanded", "false");
  });
  event.detail.target.dataset.of = link.getAttribute("hx-get");
  link.setAttribute("aria-expanded", "true");
});

const dark = window.matchMedia("(prefers-color-scheme: dark)");
let loading = null;

function library() {
  if (!loading) {
    const load = (name) => new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = `/static/vendor/${name}`;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
    loading = load("vega.min.js").then(() => load("vega-lite.min.js")).then(() => load("vega-embed.min.js"));
  }
  return loading;
}

async function draw(plot) {
  const address = new URL(plot.dataset.spec, location.href);
  if (dark.matches) address.searchParams.set("theme", "dark");
  address.searchParams.set("width", Math.floor(plot.clientWidth));
  const [answer] = await Promise.all([fetch(address), library()]);
  if (!answer.ok) { plot.textContent = "This chart could not be drawn."; return; }
  const spec = await answer.json();
  const made = await window.vegaEmbed(plot, spec, {
    ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip: { disableDefaultStyle: true },
  });
  // the chart says in words what it shows, and the list or table beside it has every entry: its thousand shapes would only be in the way
  plot.querySelector("svg").setAttribute("aria-hidden", "true");
  if (plot.closest(".tall")) zoomed(plot, made.view);
  made.view.addEventListener("click", (event, item) => {
    const of = item && item.datum && item.datum.of;
    const slot = plot.closest("figure") && plot.closest("figure").querySelector(".slot");
    if (!of || !slot) return;
    window.htmx.ajax("GET", `/evidence?of=${encodeURIComponent(of)}`, { target: slot, swap: "innerHTML" });
  });
}

// what the wheel and the mouse do, for the keyboard and for fingers: the stretch of time in view is a signal of the chart
function zoomed(plot, view) {
  const figure = plot.closest("figure");
  const held = Object.keys(view.getState({ signals: (name) => name && name.startsWith("zoom_"), data: () => false }).signals);
  const span = held.find((name) => !/^zoom_(tuple|translate|zoom|modify|x$|x_)/.test(name));
  const title = figure.querySelector("h3").textContent;
  const change = (by, far) => () => {
    const [from, to] = (view.signal(span) || view.scale("x").domain()).map(Number);
    const middle = (from + to) / 2 + far * (to - from);
    const half = by * (to - from) / 2;
    view.signal(span, by ? [middle - half, middle + half] : null).runAsync();
  };
  const old = figure.querySelector(".zoom");
  if (old) old.remove();
  if (!span) return;
  const row = document.createElement("div");
  row.className = "zoom";
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", `Time in view: ${title}`);
  for (const [sign, name, by, far] of [["←", "Earlier", 1, -0.5], ["−", "Longer time", 2, 0], ["+", "Shorter time", 0.5, 0],
    ["→", "Later", 1, 0.5], ["All", "All of the time", 0, 0]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.title = name;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", change(by, far));
    row.append(button);
  }
  plot.before(row);
}

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    seen.unobserve(entry.target);
    draw(entry.target).catch((error) => {
      entry.target.textContent = "This chart could not be drawn.";
      console.error(error);
    });
  }
}, { rootMargin: "600px" });

const watch = (root) => root.querySelectorAll(".plot[data-spec]").forEach((plot) => seen.observe(plot));
document.addEventListener("DOMContentLoaded", () => watch(document));
document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) watch(event.detail.elt); });
dark.addEventListener("change", () => document.querySelectorAll(".plot[data-spec]").forEach((plot) => { if (plot.childElementCount) draw(plot); }));
window.addEventListener("beforeprint", () => document.querySelectorAll(".plot[data-spec]").forEach((plot) => { if (!plot.childElementCount) draw(plot); }));
