/* A job's page looks again every second while work goes on; without a script the page reloads itself. */

const EVERY = 1000;

lookAgain();

function lookAgain() {
  if (document.querySelector("[data-live][data-going-on]")) setTimeout(refresh, EVERY);
}

async function refresh() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return location.reload();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
    const shown = document.querySelector("[data-live]");
    if (!fresh) return location.reload();
    const focused = shown.contains(document.activeElement) ? describe(document.activeElement) : null;
    shown.replaceWith(document.adoptNode(fresh));
    if (focused) document.querySelector(focused)?.focus();
  } catch {
    /* The line broke: the next look tells. */
  }
  lookAgain();
}

/* Whoever stands on a button with the keyboard stays on it. */
function describe(element) {
  const form = element.closest("form");
  return form ? `form[action="${form.getAttribute("action")}"] button` : null;
}
