/** Enables <button data-copy="id of the source element" data-copied="label after copying" hidden>. */
export function copyButtons() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
      if (button.dataset.copied) button.textContent = button.dataset.copied;
    });
  }
}
