/* Files go one by one as soon as they are chosen, so that many need no more than one at a time; the answers stand in order. */

const form = document.querySelector("[data-photos]");
const list = document.querySelector("[data-photo-files]");
const told = document.querySelector("[data-photos-progress]");
const heavy = document.querySelector("[data-heavy]");
let queue = Promise.resolve();
let all = 0;
let done = 0;

form.classList.add("photos-by-script");
form.querySelector("[data-send]").hidden = true;
form.addEventListener("change", (event) => {
  const files = [...event.target.files];
  all += files.length;
  for (const file of files) queue = queue.then(() => send(file));
  event.target.value = "";
});
form.addEventListener("submit", (event) => event.preventDefault());

async function send(file) {
  say();
  if (file.size > Number(form.dataset.largest)) {
    show(heavyOne(file.name));
  } else {
    try {
      const body = new FormData();
      body.append("csrf_token", form.querySelector("[name=csrf_token]").value);
      body.append("files", file);
      const answer = await fetch(form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const items = [...page.querySelectorAll("[data-photo-files] > li")];
      if (!items.length) throw new Error("no answer");
      items.forEach(show);
    } catch {
      const item = heavyOne(file.name);
      item.querySelector(".notice > div").textContent = form.dataset.away;
      show(item);
    }
  }
  done += 1;
  say();
}

function heavyOne(name) {
  const item = heavy.content.firstElementChild.cloneNode(true);
  item.querySelector("h2").textContent = name;
  return item;
}

function show(item) {
  list.prepend(document.importNode(item, true));
}

function say() {
  told.textContent = done < all ? form.dataset.progress.replace("{n}", done + 1).replace("{all}", all) : "";
}
