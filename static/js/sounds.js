/* One, two, three notes or one low, by result. Off until somebody at this machine switches it on. */

const KEPT = "chayan sound";
const NOTES = { complete: [880], waived: [880], catch_up: [660, 880], review: [660, 880, 660], no_certificate: [220] };
const NOTE_SECONDS = 0.12;

const boxes = [...document.querySelectorAll("[data-sound]")];
for (const box of boxes) {
  box.checked = wanted();
  box.closest("[hidden]")?.removeAttribute("hidden");
  box.addEventListener("change", () => {
    try { localStorage.setItem(KEPT, box.checked ? "1" : "0"); } catch { /* a browser that keeps nothing stays silent */ }
    if (box.checked) play(NOTES.catch_up);
  });
}

export function soundOf(block) {
  const result = block && Object.keys(NOTES).find((one) => block.classList.contains(`is-${one}`));
  if (result && wanted()) play(NOTES[result]);
}

function wanted() {
  try { return localStorage.getItem(KEPT) === "1"; } catch { return false; }
}

function play(notes) {
  const sound = new AudioContext();
  notes.forEach((pitch, place) => {
    const voice = sound.createOscillator();
    const loud = sound.createGain();
    const from = sound.currentTime + place * NOTE_SECONDS;
    voice.frequency.value = pitch;
    loud.gain.setValueAtTime(0.12, from);
    loud.gain.exponentialRampToValueAtTime(0.001, from + NOTE_SECONDS);
    voice.connect(loud).connect(sound.destination);
    voice.start(from);
    voice.stop(from + NOTE_SECONDS);
  });
}
