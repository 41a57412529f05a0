/* A file on its way: how much has gone and how long the rest takes at the pace so far, then how long the server has been
   reading. Without a script the form is sent as any other, and so it is where anything here goes wrong. */

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    const file = form.querySelector("input[type=file]").files[0];
    if (!file) return;
    event.preventDefault();
    send(form);
  });
}

function send(form) {
  const { line, bar, words } = shown(form);
  const request = new XMLHttpRequest();
  const began = Date.now();
  let reading;
  line.hidden = false;
  form.querySelector("button:not([type=button])").disabled = true;
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    const seconds = (Date.now() - began) / 1000;
    bar.max = total;
    bar.value = loaded;
    const left = Math.ceil((seconds / loaded) * (total - loaded));
    words.textContent = said(line.dataset.sending, { done: megabytes(loaded), all: megabytes(total), left });
  });
  request.upload.addEventListener("load", () => {
    const sent = Date.now();
    bar.removeAttribute("value"); // how long reading takes is not known: no share is shown
    const tell = () => { words.textContent = said(line.dataset.reading, { n: Math.floor((Date.now() - sent) / 1000) }); };
    tell();
    reading = setInterval(tell, 1000);
  });
  request.addEventListener("loadend", () => {
    clearInterval(reading);
    const next = request.status === 200 && request.response?.next;
    if (next) location.assign(next);
    else form.submit(); // a refusal is a page of its own
  });
  request.open("POST", form.action);
  request.responseType = "json";
  request.setRequestHeader("Accept", "application/json");
  request.send(new FormData(form));
}

function shown(form) {
  const line = form.querySelector("[data-sending]");
  return { line, bar: line.querySelector("progress"), words: line.querySelector("[role=status]") };
}

function said(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}
