const key = (text) => text.trim().toLowerCase();

/** Enables the buttons of a form once the user has typed the word in `data-confirm`. Like the server, it ignores case. */
export function confirmTyping() {
  for (const input of document.querySelectorAll("[data-confirm]")) {
    const buttons = input.form.querySelectorAll("[data-confirm-submit]");
    const update = () => {
      for (const button of buttons) button.disabled = key(input.value) !== key(input.dataset.confirm);
    };
    input.addEventListener("input", update);
    window.addEventListener("pageshow", update);
    update();
  }
}
