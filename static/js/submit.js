/** Prevents double submission of POST forms. */
export function singleSubmit() {
  const locked = new Set();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (locked.has(form)) {
      event.preventDefault();
      return;
    }
    locked.add(form);
    // aria-disabled instead of disabled, because browsers omit a disabled button from the form data.
    for (const button of form.querySelectorAll("button[type=submit]")) {
      button.setAttribute("aria-disabled", "true");
      button.classList.add("busy");
    }
  });
  window.addEventListener("pageshow", () => {
    for (const form of locked) {
      for (const button of form.querySelectorAll("button[type=submit]")) {
        button.removeAttribute("aria-disabled");
        button.classList.remove("busy");
      }
    }
    locked.clear();
  });
}
