/* A scanner ends every code with Enter: in the field of a vial it ticks the dose and goes on to the next, not into the record. */
const vials = [...document.querySelectorAll("[data-vial]")];

for (const [place, field] of vials.entries()) {
  const box = field.closest(".given")?.querySelector("input[type=checkbox]");
  field.addEventListener("input", () => { if (box && field.value.trim()) box.checked = true; });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    (vials[place + 1] ?? field.form.querySelector("button[type=submit]")).focus();
  });
}
