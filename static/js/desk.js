/* The desk's keys and its gun. A key works only while the scan field is empty; full-width and input-method forms count as
   well. The bar asks every few seconds how far the class is. */

import { away as goAway, back, waiting } from "./waiting.js";
import { soundOf } from "./sounds.js";

const SAME = { "＋": "+", "－": "-", "−": "-", "–": "-", "＊": "*", "×": "*", "／": "/", "、": "/", "１": "1", "２": "2", "３": "3" };
/* A digit may begin a code or a number: it answers only when nothing follows it for a moment. */
const ALONE_MS = 350;
/* After `/` a digit says which: 1 无证, 2 看不清. */
const SECOND_MS = 4000;
const ASK_MS = 2500;
/* Nobody touched this desk for so long: it stops asking, so that an idle session can end. */
const QUIET_MS = 300_000;
const field = document.querySelector("[data-keep-focus]");
const composing = document.querySelector("[data-composing]");
let alone;
let first = "";
let second;
let touched = Date.now();

document.addEventListener("keydown", (event) => {
  touched = Date.now();
  clearTimeout(alone);
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (document.querySelector("dialog[open]")) return;
  const typing = event.target.closest?.("input:not([data-keep-focus]), select, textarea");
  if (typing && !/^F\d/.test(event.key)) return;
  if (field && field.value !== "" && !/^F\d/.test(event.key)) return;
  const key = SAME[event.key] ?? event.key;
  if (first && /^\d$/.test(key)) return chosen(event, first + key);
  const away = document.querySelector("[data-offline]:not([hidden])");
  if (key === "/" && !away && all("[data-key^='/']").length) return begin(event);
  const target = targetOf(key);
  if (!target) return;
  if (/^\d$/.test(key)) {
    field?.focus();
    alone = setTimeout(() => answer(key, target), ALONE_MS);
    return;
  }
  event.preventDefault();
  target.click();
});

if (field) {
  field.addEventListener("compositionstart", () => { composing.hidden = false; });
  field.addEventListener("compositionend", () => { composing.hidden = true; });
  field.form.addEventListener("submit", send);
}
soundOf(document.querySelector(".verdict.is-new .result-block"));
all("a, button, [tabindex]").length && document.addEventListener("pointerdown", () => { touched = Date.now(); });
keepAsking();

function all(selector, within = document) {
  return [...within.querySelectorAll(selector)];
}

function answer(key, target) {
  if (field && (SAME[field.value] ?? field.value) !== key) return;
  if (field) field.value = "";
  target.click();
}

function begin(event) {
  event.preventDefault();
  first = "/";
  for (const one of all("[data-key^='/']")) one.classList.add("is-waiting-for-second");
  clearTimeout(second);
  second = setTimeout(forget, SECOND_MS);
}

function forget() {
  first = "";
  for (const one of all(".is-waiting-for-second")) one.classList.remove("is-waiting-for-second");
}

function chosen(event, keys) {
  forget();
  const target = all("[data-key]").find((one) => one.dataset.key === keys);
  if (!target) return;
  event.preventDefault();
  target.click();
}

/* By its mark; a button in a form of its own shows its key, and is found by that; what the frame offers comes last. */
function targetOf(key) {
  const shown = key === "-" ? "−" : key;
  const offline = all("[data-offline]:not([hidden]) [data-offline-answer]").find((one) => one.textContent.trim().endsWith(key));
  return offline
    ?? all("[data-key]:not([data-last])").find((one) => one.dataset.key === key)
    ?? all("main kbd, .toast kbd").find((one) => one.textContent.trim() === shown && one.offsetParent)?.closest("button, a")
    ?? all("[data-last]").find((one) => one.dataset.key === key);
}

/* A scan is asked for here first: a broken line then costs nothing, and the code waits in this browser. */
async function send(event) {
  const typed = field.value.trim();
  event.preventDefault();
  if (!typed) return;
  const sent = new URLSearchParams(new FormData(field.form));
  const submitter = field.form;
  field.value = "";
  try {
    const told = await fetch(submitter.action, { method: "POST", body: sent, headers: { Accept: "application/json" } });
    const { go, press } = await told.json();
    if (go) location.assign(go);
    else if (press) targetOf(press)?.click();
    else plainly(typed);
  } catch (broken) {
    if (broken instanceof TypeError) goAway(typed);
    else plainly(typed);
  }
}

/* The answer is a page, not a line: the form goes as it would without a script. */
function plainly(typed) {
  field.value = typed;
  field.form.removeEventListener("submit", send);
  field.form.requestSubmit();
}

function keepAsking() {
  const bar = document.querySelector("[data-live]");
  const dot = document.querySelector("[data-sync] .sync");
  if (!bar || !dot) return;
  let mark = bar.dataset.mark;
  const online = dot.textContent;
  let words = online;
  setInterval(async () => {
    if (document.hidden || document.querySelector("dialog[open]") || Date.now() - touched > QUIET_MS) return;
    try {
      const told = await fetch(bar.dataset.live, { headers: mark ? { "If-None-Match": `"${mark}"` } : {}, redirect: "manual" });
      if (told.status === 200) {
        mark = told.headers.get("ETag")?.replace(/^W\/|"/g, "").replace(/"/g, "") ?? "";
        bar.innerHTML = await told.text();
        words = bar.querySelector("[data-desks]")?.innerHTML ?? words;
      }
      if (told.status === 200 || told.status === 304) say(words, "ok");
      if (told.ok || told.status === 304) back();
    } catch {
      say(dot.parentElement.dataset.away, "offline");
      goAway();
    }
    const left = waiting();
    if (left) say(dot.parentElement.dataset.waiting.replace("#", left), "waiting");
  }, ASK_MS);

  function say(what, state) {
    if (dot.textContent !== what) dot.textContent = what;
    dot.className = `sync is-${state}`;
  }
}
