/* The camera page: reads codes with the browser's own reader, else with ours in WebAssembly, else on the server; each code
   goes the way of a scanner gun. A code counts when two pictures in a row say the same. */

const camera = document.querySelector("[data-camera]");
const video = camera.querySelector("video");
const hint = camera.querySelector("[data-hint]");
const last = document.querySelector("[data-last]");
const torch = document.querySelector("[data-torch]");
const words = camera.dataset;
const WANTED = ["qr_code", "code_128", "ean_13", "data_matrix", "code_39"];
const WASM = ["QRCode", "MicroQRCode", "Code128", "EAN13", "DataMatrix", "Code39"];
const AGAIN_MS = 5_000;
const PAUSE_MS = 120;
const LONGEST_SIDE = 1280;
/* No other code is as long as a voucher; it has a page of its own. */
const VOUCHER = /^\d{190,}$/;
const canvas = document.createElement("canvas");
let before = "";
let sent = { text: "", at: 0 };

start();

async function start() {
  if (!navigator.mediaDevices?.getUserMedia) return say(words.wordsInsecure);
  say(words.wordsStarting);
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } },
    });
    await video.play();
  } catch (refusal) {
    return say(refusal.name === "NotAllowedError" ? words.wordsDenied : words.wordsNone);
  }
  offerTorch(video.srcObject.getVideoTracks()[0]);
  const read = await reader();
  say(words.wordsReady);
  go(read);
}

async function go(read) {
  for (;;) {
    if (!document.hidden && video.readyState >= 2) await look(read);
    await new Promise((next) => setTimeout(next, PAUSE_MS));
  }
}

async function look(read) {
  let texts = [];
  try { texts = await read(); } catch { /* this picture cannot be read: the next one may */ }
  const [text] = texts;
  if (text && text === before) await seen(text);
  before = text ?? "";
}

/* The quickest of three ways that this browser has. */
async function reader() {
  return (await ownReader()) ?? (await wasmReader()) ?? serverReader;
}

async function ownReader() {
  try {
    const formats = (await window.BarcodeDetector?.getSupportedFormats()) ?? [];
    const usable = WANTED.filter((one) => formats.includes(one));
    if (!usable.includes("qr_code") || !usable.includes("code_128")) return null;
    const detector = new BarcodeDetector({ formats: usable });
    return async () => (await detector.detect(video)).map((one) => one.rawValue);
  } catch {
    return null;
  }
}

async function wasmReader() {
  try {
    await ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => words.wasm }, fireImmediately: true });
    return async () => {
      const found = await ZXingWASM.readBarcodes(picture(), { formats: WASM, tryHarder: true, maxNumberOfSymbols: 2 });
      return found.filter((one) => one.isValid).map((one) => one.text);
    };
  } catch {
    return null;
  }
}

async function serverReader() {
  picture();
  const frame = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
  const body = new FormData();
  body.append("csrf_token", words.token);
  body.append("frame", frame, "frame.jpg");
  const answer = await fetch(words.frame, { method: "POST", body });
  return (await answer.json()).codes;
}

function picture() {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  brush.drawImage(video, 0, 0, canvas.width, canvas.height);
  return brush.getImageData(0, 0, canvas.width, canvas.height);
}

/* The same way as the gun: the desk first, which saves where everything is known; then what stands there now. */
async function seen(text) {
  if (text === sent.text && Date.now() - sent.at < AGAIN_MS) return;
  sent = { text, at: Date.now() };
  navigator.vibrate?.(40);
  document.dispatchEvent(new Event("pointerdown")); // somebody is at work here: no lock
  camera.classList.add("has-read");
  say(words.wordsRead);
  try {
    if (!VOUCHER.test(text)) {
      const answer = await post(words.scan, { code: text }, "application/json");
      const told = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
      if (told.go && !told.go.includes("/desk/children/")) return void location.assign(told.go);
    }
    const line = await post(words.line, { code: text });
    if (!line.ok) throw new TypeError("no line");
    const page = new DOMParser().parseFromString(await line.text(), "text/html");
    last.replaceChildren(...page.body.childNodes);
    say(words.wordsReady);
  } catch {
    sent = { text: "", at: 0 };
    say(words.wordsAway);
  }
  setTimeout(() => camera.classList.remove("has-read"), 600);
}

function post(address, fields, accept) {
  const body = new URLSearchParams({ csrf_token: words.token, ...fields });
  return fetch(address, { method: "POST", body, headers: accept ? { Accept: accept } : {} });
}

function offerTorch(track) {
  if (!track?.getCapabilities?.().torch) return;
  torch.hidden = false;
  torch.addEventListener("click", async () => {
    const on = torch.getAttribute("aria-pressed") !== "true";
    await track.applyConstraints({ advanced: [{ torch: on }] });
    torch.setAttribute("aria-pressed", String(on));
  });
}

function say(what) {
  if (hint.textContent !== what) hint.textContent = what;
}
