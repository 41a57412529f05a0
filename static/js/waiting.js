/* Scans that wait for the network. A code is mixed with bytes of a pad that only the server can make again; the bytes are
   forgotten at once, and the mixture alone is stored. See docs/decisions. */

const KEPT = "chayan waiting";
const BLOCK = 64;
const panel = document.querySelector("[data-offline]");
const returned = document.querySelector("[data-returned]");
let pad = null;
let used = 0;
let code = "";
let sending = false;

if (panel) {
  fetchPad();
  for (const one of panel.querySelectorAll("[data-offline-answer]")) {
    one.addEventListener("click", () => keep(one.dataset.offlineAnswer));
  }
  tell();
}

/* The line broke: with the code that was scanned, or noticed by the bar. */
export function away(typed = "") {
  if (!panel) return;
  panel.hidden = false;
  document.querySelector("[data-desk-body]").hidden = true;
  if (typed) take(typed);
}

/* The line is there: what waits goes out, and the desk is as before. */
export async function back() {
  if (!panel || sending) return;
  if (!panel.hidden && !code) {
    panel.hidden = true;
    document.querySelector("[data-desk-body]").hidden = false;
  }
  if (!pad || used > 0) fetchPad();
  if (stored().length) await send();
}

export function waiting() {
  return stored().length;
}

function take(typed) {
  const plain = typed.normalize("NFKC").trim().replace(/^https?:\/\/\S*\/(\d{21})\/?$/i, "$1"); // what a notice carries
  const digits = plain.replace(/[\s-]/g, "").toUpperCase();
  const readable = /^\d{6,63}$|^\d{17}X$/.test(digits);
  panel.querySelector("[data-only-codes]").hidden = readable;
  const full = !pad || used * BLOCK >= pad.bytes.length || stored().length >= 64;
  panel.querySelector("[data-full]").hidden = !full;
  code = readable && !full ? digits : "";
  const question = panel.querySelector("[data-offline-question]");
  question.hidden = !code;
  const words = question.querySelector("[data-code]");
  words.textContent = words.dataset.code.replace("#", code.slice(-4));
}

function keep(answer) {
  if (!code) return;
  const block = used++;
  const bytes = pad.bytes.subarray(block * BLOCK, (block + 1) * BLOCK);
  const sealed = [...bytes].map((one, place) => one ^ (code.charCodeAt(place) || 0));
  bytes.fill(0);
  const item = { token: token(), pad: pad.name, block, sealed: hex(sealed), answer };
  store([...stored(), item]);
  code = "";
  panel.querySelector("[data-offline-question]").hidden = true;
  document.querySelector("[data-keep-focus]")?.focus();
}

async function send() {
  sending = true;
  try {
    const csrf = document.querySelector("input[name=csrf_token]").value;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
    const answer = await fetch(panel.dataset.offline, { method: "POST", headers, body: JSON.stringify({ items: stored() }) });
    const told = await answer.json();
    const done = new Set(told.items.map((one) => one.token));
    store(stored().filter((one) => !done.has(one.token)));
    show(told.items.filter((one) => one.state === "unknown" || one.state === "unreadable"));
  } catch { /* still away, or signed out: it waits on */ }
  sending = false;
}

/* What the server could not place is said until somebody looked. */
function show(items) {
  if (!items.length) return;
  returned.hidden = false;
  returned.querySelector("p").textContent = returned.dataset.returned.replace("#", items.length);
  returned.querySelector("ul").replaceChildren(...items.map((one) => {
    const row = document.createElement("li");
    row.textContent = `…${one.end}`;
    return row;
  }));
}

async function fetchPad() {
  try {
    const told = await (await fetch(panel.dataset.pad)).json();
    pad = { name: told.pad, bytes: Uint8Array.from(atob(told.bytes), (one) => one.charCodeAt(0)) };
    used = 0;
  } catch { /* the old one goes on */ }
}

function stored() {
  try { return JSON.parse(localStorage.getItem(KEPT) ?? "[]"); } catch { return []; }
}

function store(items) {
  if (items.length) localStorage.setItem(KEPT, JSON.stringify(items));
  else localStorage.removeItem(KEPT);
  tell();
}

function tell() {
  const words = panel.querySelector("[data-queued]");
  words.hidden = !stored().length;
  words.textContent = words.dataset.queued.replace("#", stored().length);
}

/* crypto.randomUUID asks for https; random bytes do not. */
function token() {
  const made = hex([...crypto.getRandomValues(new Uint8Array(16))]);
  return made.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function hex(bytes) {
  return bytes.map((one) => one.toString(16).padStart(2, "0")).join("");
}
