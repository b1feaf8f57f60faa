"use strict";
// Review with the keyboard, citations to the clipboard, claims in a panel. Without JavaScript all of it are links and forms.

const typing = (element) => element.matches && element.matches("input, textarea, select, [contenteditable]");

function deck() {
  const list = document.querySelector("[data-deck]");
  return list ? [...list.children] : [];
}

function current(cards) {
  return cards.findIndex((card) => card === document.activeElement || card.contains(document.activeElement));
}

function go(cards, at) {
  const card = cards[Math.max(0, Math.min(cards.length - 1, at))];
  if (!card) return;
  card.focus();
  card.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    const panel = document.getElementById("panel");
    if (panel && panel.childElementCount) { close(panel); return; }
    if (typing(event.target)) { const card = event.target.closest(".card"); if (card) card.focus(); }
    return;
  }
  if (typing(event.target)) return;
  const cards = deck();
  if (!cards.length) return;
  const at = current(cards);
  if (event.key === "j" || event.key === "k") {
    event.preventDefault();
    go(cards, event.key === "j" ? at + 1 : at - 1);
    return;
  }
  const card = cards[at];
  const found = card && card.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!found) return;
  event.preventDefault();
  if (found.tagName === "DETAILS") {
    found.open = !found.open;
    if (found.open) found.querySelector("input[name=why]").focus();
  } else {
    found.click();
  }
});

// after a judgement the card keeps the keyboard; the next is one key away
document.addEventListener("htmx:afterSwap", (event) => {
  const card = event.detail.target.closest && event.detail.target.closest("[data-deck] > .card");
  if (card) card.focus();
});

document.addEventListener("htmx:responseError", (event) => {
  const target = event.detail.target;
  if (!target || !target.classList.contains("judged")) return;
  const told = document.createElement("p");
  told.className = "wrong";
  told.setAttribute("role", "alert");
  told.textContent = event.detail.xhr.status === 401 ? "Not kept: you are no longer signed in." : "Not kept: the desk refused it. Open the page anew.";
  target.append(told);
});

let opener = null;

function close(panel) {
  panel.replaceChildren();
  document.querySelectorAll(".mark.now").forEach((mark) => mark.classList.remove("now"));
  if (opener) opener.focus();
}

document.addEventListener("htmx:afterSwap", (event) => {
  const panel = event.detail.target;
  if (panel.id !== "panel") return;
  const link = event.detail.requestConfig.elt;
  opener = link;
  document.querySelectorAll(".mark.now").forEach((mark) => mark.classList.remove("now"));
  document.querySelectorAll(`.mark[href="${CSS.escape(link.getAttribute("href"))}"]`).forEach((mark) => mark.classList.add("now"));
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet close";
  button.textContent = "Close";
  button.addEventListener("click", () => close(panel));
  panel.firstElementChild.prepend(button);
  panel.closest(".beside").scrollTop = 0;
});

function copies(root) {
  root.querySelectorAll(".copy[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy).textContent;
      try { await navigator.clipboard.writeText(text); button.textContent = "Copied"; } catch { button.textContent = "Select and copy"; }
    });
  });
}

document.addEventListener("DOMContentLoaded", () => copies(document));
document.addEventListener("htmx:load", (event) => copies(event.detail.elt));
