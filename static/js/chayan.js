/* What the pages gain from a script. Everything works without it; what counts happens on the server. */

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

revealWhatNeedsAScript();
focusWhereWorkGoesOn();
letToastsGo();
openDialogs();
warnOfUnsavedWork();
closeMenuOutside();
lockWhenIdle();
copyTexts();
showTheOwnTab();

/* On a phone there are more tabs than room. */
function showTheOwnTab() {
  const own = document.querySelector(".tabs [aria-current]");
  const tabs = own?.closest(".tabs");
  if (tabs) tabs.scrollLeft = own.offsetLeft - (tabs.clientWidth - own.offsetWidth) / 2;
}

function revealWhatNeedsAScript() {
  for (const button of all("[data-lock]")) button.hidden = false;
}

/* A form with faults: its summary first. The desk: the scan field takes the focus back after every action. */
function focusWhereWorkGoesOn() {
  document.querySelector("[data-focus]")?.focus();
  const field = document.querySelector("[data-keep-focus]");
  if (!field) return;
  document.addEventListener("click", (event) => {
    if (!event.target.closest("a, button, input, select, textarea, label, summary, dialog")) field.focus();
  });
}

/* Toasts stay 6 seconds, and as long as somebody reads or holds them. */
function letToastsGo() {
  for (const toast of all("[data-toast]")) {
    let timer;
    const wait = () => { timer = setTimeout(() => toast.remove(), 6000); };
    const hold = () => clearTimeout(timer);
    toast.addEventListener("pointerenter", hold);
    toast.addEventListener("pointerleave", wait);
    toast.addEventListener("focusin", hold);
    toast.addEventListener("focusout", wait);
    wait();
  }
}

/* A link with data-dialog opens that dialog here instead of going to the page that asks the same question. */
function openDialogs() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-dialog]");
    const dialog = link && document.getElementById(link.dataset.dialog);
    if (!dialog?.showModal) return;
    event.preventDefault();
    dialog.showModal();
  });
}

/* Leaving a form marked data-unsaved after a change: the browser asks once. */
function warnOfUnsavedWork() {
  let changed = false;
  for (const form of all("form[data-unsaved]")) {
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { changed = false; });
  }
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

function closeMenuOutside() {
  const menu = document.querySelector("details.menu");
  if (!menu) return;
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

/* Shared PCs: after idle minutes, or by 锁屏, an opaque cover; the session on the server ends with it. The page behind is
   inert and kept, so that the same person goes on where it was left; another person gets a fresh page. */
function lockWhenIdle() {
  const cover = document.querySelector("[data-lock-screen]");
  if (!cover?.showModal) return;
  const { idleMinutes, presence, person } = document.body.dataset;
  const limit = Number(idleMinutes) * 60_000;
  const form = cover.querySelector("form");
  const title = document.title;
  let active = Date.now();
  let told = Date.now();
  let token = "";
  let locked = false;

  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) {
    document.addEventListener(kind, noteActivity, { passive: true, capture: true });
  }
  for (const button of all("[data-lock]")) button.addEventListener("click", lock);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F8") return;
    event.preventDefault();
    lock();
  });
  // A sleeping machine wakes late: compare times, do not count ticks.
  setInterval(() => { if (Date.now() - active >= limit) lock(); }, 5_000);
  document.addEventListener("visibilitychange", () => { if (Date.now() - active >= limit) lock(); });
  // Browsers let a second Escape close any dialog: the key is taken away, and whatever closes the cover brings it back.
  cover.addEventListener("keydown", (event) => { if (event.key === "Escape") event.preventDefault(); });
  cover.addEventListener("cancel", (event) => event.preventDefault());
  cover.addEventListener("close", () => { if (locked) cover.showModal(); });
  form.addEventListener("submit", unlock);

  function noteActivity() {
    if (locked) return;
    active = Date.now();
    // Somebody who types for a quarter of an hour is present, though no page was asked for.
    if (active - told < 240_000) return;
    told = active;
    fetch(presence, { method: "HEAD" }).catch(() => {});
  }

  async function lock() {
    if (locked) return;
    locked = true;
    all("dialog[open]").forEach((dialog) => dialog.close());
    all("[data-toast]").forEach((toast) => toast.remove());
    document.title = cover.dataset.title;
    cover.showModal();
    form.querySelector("input:not([type=hidden])").focus();
    try {
      const page = await post(cover.dataset.signOut, { csrf_token: cover.dataset.token });
      token = tokenOf(page.document);
    } catch { /* offline: the cover stays, the session ends by itself */ }
  }

  async function unlock(event) {
    event.preventDefault();
    const [name, password] = all("input:not([type=hidden])", form);
    try {
      if (!token) token = tokenOf((await ask(form.action)).document);
      const page = await post(form.action, { csrf_token: token, name: name.value, password: password.value });
      const who = page.document.body.dataset.person;
      if (!who) return refuse(page.document.querySelector(".field-error")?.textContent.trim() || form.dataset.wrong, page);
      if (who !== person) return void location.reload();
      renew(tokenOf(page.document));
      form.reset();
      locked = false;
      cover.close();
      active = Date.now();
      document.title = title;
    } catch {
      refuse(form.dataset.away);
    }
  }

  function refuse(words, page) {
    const fault = form.querySelector(".lock-fault");
    fault.hidden = false;
    fault.querySelector("span").textContent = words;
    if (page) token = tokenOf(page.document) || token;
    const password = form.querySelector("[type=password]");
    password.value = "";
    password.focus();
  }

  /* The new session has a new token: forms kept behind the cover must carry it. */
  function renew(fresh) {
    for (const input of all("input[name=csrf_token]")) input.value = fresh;
    cover.dataset.token = fresh;
    token = "";
  }
}

async function ask(address, options) {
  const response = await fetch(address, options);
  return { document: new DOMParser().parseFromString(await response.text(), "text/html") };
}

function post(address, fields) {
  return ask(address, { method: "POST", body: new URLSearchParams(fields) });
}

function tokenOf(page) {
  return page.querySelector("input[name=csrf_token]")?.value || page.querySelector("[data-token]")?.dataset.token || "";
}

/* A text to paste: one button. Without HTTPS a browser has no clipboard for pages, but it copies what is selected. */
function copyTexts() {
  for (const button of all("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      const copied = navigator.clipboard
        ? await navigator.clipboard.writeText(field.value).then(() => true, () => false)
        : document.execCommand("copy");
      const said = document.querySelector(`[data-copied="${button.dataset.copy}"]`);
      if (said) said.hidden = !copied;
    });
  }
}
