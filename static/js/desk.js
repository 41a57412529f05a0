/* The desk's keys. A key works only while the scan field is empty; full-width and input-method forms count as well. */

const SAME = { "＋": "+", "－": "-", "−": "-", "–": "-", "＊": "*", "×": "*", "／": "/", "、": "/", "１": "1", "２": "2", "３": "3" };
/* A digit may begin a code or a number: it answers only when nothing follows it for a moment. */
const ALONE_MS = 350;
const field = document.querySelector("[data-keep-focus]");
let waiting;

document.addEventListener("keydown", (event) => {
  clearTimeout(waiting);
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (document.querySelector("dialog[open]")) return;
  const typing = event.target.closest?.("input:not([data-keep-focus]), select, textarea");
  if (typing || (field && field.value !== "")) return;
  const key = SAME[event.key] ?? event.key;
  const target = targetOf(key);
  if (!target) return;
  if (/^\d$/.test(key)) {
    field?.focus();
    waiting = setTimeout(() => answer(key, target), ALONE_MS);
    return;
  }
  event.preventDefault();
  target.click();
});

function answer(key, target) {
  if (field && (SAME[field.value] ?? field.value) !== key) return;
  if (field) field.value = "";
  target.click();
}

/* By its mark; a button in a form of its own shows its key, and is found by that. */
function targetOf(key) {
  const shown = key === "-" ? "−" : key;
  return [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key)
    ?? [...document.querySelectorAll("main kbd, .toast kbd")].find((one) => one.textContent.trim() === shown)?.closest("button, a");
}
