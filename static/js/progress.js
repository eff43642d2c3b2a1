/** Polls the page of a running import. Updates its progress, and reloads the page at the end. */
export function watchProgress() {
  const shown = document.querySelector("[data-progress]");
  if (!shown) return;
  const PAUSE = 1500;
  async function look() {
    let text;
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" }, redirect: "manual" });
      if (!answer.ok) return location.reload();
      text = await answer.text();
    } catch {
      // The panel is unreachable, for example while it restarts.
      return setTimeout(look, PAUSE * 4);
    }
    const next = new DOMParser().parseFromString(text, "text/html").querySelector("[data-progress]");
    if (!next) return location.reload();
    if (next.innerHTML !== shown.innerHTML) shown.innerHTML = next.innerHTML;
    setTimeout(look, PAUSE);
  }
  setTimeout(look, PAUSE);
}
