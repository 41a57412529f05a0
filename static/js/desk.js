/* The desk's keys. A key works only while the scan field is empty; full-width and input-method forms count as well. */

const SAME = { "＋": "+", "－": "-", "−": "-", "–": "-", "＊": "*", "×": "*", "／": "/", "、": "/", "１": "1", "２": "2", "３": "3" };
const field = document.querySelector("[data-keep-focus]");

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (document.querySelector("dialog[open]")) return;
  const typing = event.target.closest?.("input:not([data-keep-focus]), select, textarea");
  if (typing || (field && field.value !== "")) return;
  const key = SAME[event.key] ?? event.key;
  const target = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key)
    ?? byPrintedKey(key);
  if (!target) return;
  event.preventDefault();
  target.click();
});

/* Buttons made by a form of their own show their key; it is read from there. */
function byPrintedKey(key) {
  const shown = key === "-" ? "−" : key;
  const mark = [...document.querySelectorAll(".button kbd, .toast kbd")].find((one) => one.textContent.trim() === shown);
  return mark?.closest("button, a");
}
