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
  made.view.addEventListener("click", (event, item) => {
    const of = item && item.datum && item.datum.of;
    const slot = plot.closest("figure") && plot.closest("figure").querySelector(".slot");
    if (!of || !slot) return;
    window.htmx.ajax("GET", `/evidence?of=${encodeURIComponent(of)}`, { target: slot, swap: "innerHTML" });
  });
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
