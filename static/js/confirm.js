/** Enables the buttons of a form once the user has typed the word in `data-confirm`. */
export function confirmTyping() {
  for (const input of document.querySelectorAll("[data-confirm]")) {
    const buttons = input.form.querySelectorAll("[data-confirm-submit]");
    const update = () => {
      for (const button of buttons) button.disabled = input.value.trim() !== input.dataset.confirm;
    };
    input.addEventListener("input", update);
    window.addEventListener("pageshow", update);
    update();
  }
}
