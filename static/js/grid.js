/* The keypad grid. Every date goes to the server while it is typed; Enter waits for the answer and keeps the keys that
   come meanwhile. Without this script the grid is a plain form that is judged when it is sent. */

const SAME = { "＋": "+", "－": "-", "−": "-", "＊": "*", "×": "*", "／": "/", "、": "/", "。": ".", "．": "." };
const SETTLE_MS = 120;
const form = document.getElementById("grid");
const rail = form.querySelector("[data-rail]");
const box = form.querySelector("[data-ask]");
const save = document.querySelector("[data-save]");
const composing = form.querySelector("[data-composing]");
const all = (selector, within = form) => [...within.querySelectorAll(selector)];
const dayOf = (cell) => cell.querySelector(".cell-day");
const vaccineOf = (cell) => cell.querySelector(".cell-vaccine");
const sureOf = (cell) => cell.querySelector("[name^=sure-]");

let looks = {};
let asking = 0;
let asked = { body: "", answer: null };
let timer;
let held = null;
/* What the box on the screen does with a key; null while there is none. */
let boxKey = null;

form.addEventListener("input", (event) => {
  if (!event.target.matches(".cell-day, .cell-vaccine")) return;
  closeBox();
  clearTimeout(timer);
  timer = setTimeout(judge, /^\d{8}$/.test(event.target.value.trim()) ? 0 : SETTLE_MS);
});
form.addEventListener("focusin", (event) => {
  const cell = event.target.closest("[data-cell]");
  for (const one of all(".is-here")) one.classList.toggle("is-here", one === cell);
  cell?.classList.add("is-here");
  if (event.target.matches(".cell-day")) event.target.select();
});
window.addEventListener("resize", closeBox);
form.addEventListener("compositionstart", () => { composing.hidden = false; });
form.addEventListener("compositionend", () => { composing.hidden = true; });
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.key === "Tab") return;
  if (held) {
    event.preventDefault();
    held.push(event.key);
  } else if (press(event.key)) event.preventDefault();
});
(all(".cell-day").find((one) => one.getAttribute("aria-invalid")) ?? places()[0]?.querySelector(".cell-day") ?? save).focus();

/* One key, from the keyboard or kept from before. True: it was ours. */
function press(key) {
  const on = SAME[key] ?? key;
  const cell = document.activeElement?.closest?.("[data-cell]");
  if (boxKey) return boxKey(on);
  if (document.activeElement === save && on === "+") return click(save);
  if (!cell || !document.activeElement.matches(".cell-day")) return false;
  const empty = dayOf(cell).value === "";
  if (on === "Enter") accept(cell);
  else if (on === "*") choose(cell, true);
  else if (on === "-" && empty) step(cell, -1);
  else if (on === "+" && empty) click(save);
  else return false;
  return true;
}

function click(button) {
  button.click();
  return true;
}

/* Enter: go on, unless the date cannot be or somebody has to say yes. Keys that come before the answer are kept. */
async function accept(cell) {
  if (dayOf(cell).value.trim() === "") return step(cell, 1);
  held = [];
  await judge();
  const look = looks[cell.dataset.cell];
  if (look?.choices?.length) choose(cell, false);
  else if (look?.state === "refused") {
    say(cell, look.say, "", []);
    dayOf(cell).select();
  }
  else if (look?.state === "asked") ask(cell, look);
  else settle(cell, look);
  const keys = held;
  held = null;
  for (const key of keys) {
    if (held) held.push(key);
    else if (!press(key) && key.length === 1) type(key);
  }
}

/* What was understood stands in the cell from now on. */
function settle(cell, look) {
  if (look?.title) dayOf(cell).value = look.title;
  step(cell, 1);
}

function type(key) {
  const field = document.activeElement;
  if (!field?.matches?.("input")) return;
  field.setRangeText(key, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function ask(cell, look) {
  say(cell, look.say, look.question, [["Enter", box.dataset.yes], ["−", box.dataset.again]]);
  boxKey = (key) => {
    if (key === "Enter") {
      sureOf(cell).value = look.title;
      closeBox();
      accept(cell);
    } else if (key === "-" || key === "Escape") again(cell);
    return true;
  };
}

function again(cell) {
  closeBox();
  dayOf(cell).value = sureOf(cell).value = "";
  dayOf(cell).focus();
  judge();
}

/* Which product: a number, or its name; `*` also opens one cell more. */
function choose(cell, more) {
  const offers = all("option", cell.querySelector("template[data-offers]").content);
  const hints = offers.map((one, place) => [String(place + 1), one.textContent]);
  const spare = more && nextSpare(cell);
  if (spare) hints.push(["0", box.dataset.spare]);
  say(cell, box.dataset.which, "", hints);
  const other = document.createElement("input");
  other.className = "input";
  other.setAttribute("list", "vaccines");
  other.setAttribute("aria-label", box.dataset.other);
  other.placeholder = box.dataset.other;
  box.append(other);
  boxKey = (key) => {
    const offer = offers[Number(key) - 1];
    if (document.activeElement === other && other.value && key !== "Enter" && key !== "Escape") return false;
    if (key === "Escape" || key === "-") closeBox();
    else if (key === "0" && spare) open(spare);
    else if (/^[1-9]$/.test(key) && offer) named(cell, offer.value);
    else if (key === "Enter" && other.value) named(cell, other.value);
    else if (key.length === 1 && !/[\d*+/.]/.test(key)) { other.focus(); return false; }
    else return key.length === 1 || key === "Enter";
    return true;
  };
}

function named(cell, product) {
  vaccineOf(cell).value = product;
  closeBox();
  dayOf(cell).focus();
  if (dayOf(cell).value) accept(cell);
}

function nextSpare(cell) {
  return all(".is-spare", cell.parentElement)[0];
}

function open(spare) {
  closeBox();
  spare.classList.remove("is-spare");
  dayOf(spare).focus();
}

function say(cell, fact, question, hints) {
  box.setAttribute("aria-label", question || fact);
  box.replaceChildren(line("b", fact), ...(question ? [line("p", question)] : []));
  const keys = line("p", "");
  for (const [key, words] of hints) {
    const hint = document.createElement("button");
    hint.type = "button";
    hint.append(line("kbd", key), ` ${words}`);
    hint.addEventListener("click", () => { dayOf(cell).focus(); boxKey?.(key === "−" ? "-" : key); });
    keys.append(hint);
  }
  if (hints.length) box.append(keys);
  box.hidden = false;
  const place = cell.getBoundingClientRect();
  const ground = form.getBoundingClientRect();
  const below = place.bottom + box.offsetHeight + 60 < window.innerHeight;
  box.style.insetInlineStart = `${Math.max(0, Math.min(place.left - ground.left, ground.width - box.offsetWidth))}px`;
  box.style.insetBlockStart = `${below ? place.bottom - ground.top + 6 : place.top - ground.top - box.offsetHeight - 6}px`;
}

function closeBox() {
  box.hidden = true;
  boxKey = null;
}

function line(tag, words) {
  const made = document.createElement(tag);
  if (tag === "kbd") made.className = "key";
  made.textContent = words;
  return made;
}

/* The cells that Enter leads through. */
function places() {
  return all("[data-cell]:not(.is-spare)");
}

function step(cell, by) {
  closeBox();
  const here = places();
  (here[here.indexOf(cell) + by]?.querySelector(".cell-day") ?? (by > 0 ? save : dayOf(cell))).focus();
}

/* The whole grid to the server, once as long as nothing changed; only the newest answer is shown. */
function judge() {
  clearTimeout(timer);
  const body = new URLSearchParams(new FormData(form));
  if (body.toString() !== asked.body) asked = { body: body.toString(), answer: answerTo(body, ++asking) };
  return asked.answer;
}

async function answerTo(body, mine) {
  try {
    const told = await (await fetch(form.dataset.judge, { method: "POST", body })).json();
    if (mine === asking) show(told);
  } catch {
    if (mine !== asking) return;
    rail.dataset.away = box.dataset.away;
    asked = { body: "", answer: null };
  }
}

function show(told) {
  looks = told.cells;
  delete rail.dataset.away;
  rail.innerHTML = told.rail;
  for (const cell of all("[data-cell]")) {
    const look = looks[cell.dataset.cell] ?? { state: "empty", caption: "", say: "" };
    const rest = [...cell.classList].filter((name) => ["dose-cell", "is-spare", "is-here"].includes(name));
    cell.className = [...rest, `is-${look.state}`].join(" ");
    cell.querySelector("[id^=caption-]").textContent = look.caption || (look.state === "refused" ? look.say : "");
    dayOf(cell).toggleAttribute("aria-invalid", look.state === "refused");
  }
}
