/* The sheet of doses: Enter goes to the next cell. Without this script Enter reads the sheet once and saves nothing. */

for (const sheet of document.querySelectorAll("form[data-enter-goes-on]")) {
  sheet.addEventListener("keydown", (event) => {
    const cell = event.target;
    // During composition Enter belongs to the input method.
    if (event.key !== "Enter" || event.isComposing || !cell.matches("input[type=text]")) return;
    event.preventDefault();
    const cells = [...sheet.querySelectorAll("input[type=text]")].filter((one) => one.offsetParent);
    const next = cells[cells.indexOf(cell) + 1] || document.querySelector(`button[form=${sheet.id}][value=save]`);
    next.focus();
    next.select?.();
  });
}
