const rules = {
  min: (text, item) => [...text].length >= Number(item.dataset.count),
  lower: (text) => /\p{Ll}/u.test(text),
  upper: (text) => /\p{Lu}/u.test(text),
  digit: (text) => /\p{Nd}/u.test(text),
  special: (text) => /[^\p{L}\p{N}]/u.test(text),
};

function reveal(button, shown) {
  const input = document.getElementById(button.dataset.reveal);
  input.type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", String(shown));
  const use = button.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, shown ? "#eye-off" : "#eye"));
}

function revealButtons() {
  for (const button of document.querySelectorAll("[data-reveal]")) {
    button.hidden = false;
    button.addEventListener("click", () => reveal(button, button.getAttribute("aria-pressed") !== "true"));
    // Browsers store the value of a text field in the form history, so the field must be a password field again.
    document.getElementById(button.dataset.reveal).form?.addEventListener("submit", () => reveal(button, false));
  }
}

function suggestions() {
  for (const button of document.querySelectorAll("[data-suggest]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const name = button.dataset.suggest;
      for (const id of [name, `${name}_confirm`]) {
        const input = document.getElementById(id);
        if (!input) continue;
        input.value = button.dataset.suggestion;
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }
      const show = document.querySelector(`[data-reveal="${name}"]`);
      if (show) reveal(show, true);
    });
  }
}

function policies() {
  for (const list of document.querySelectorAll("[data-policy]")) {
    const input = document.getElementById(list.dataset.policy);
    const items = list.querySelectorAll("[data-rule]");
    const update = () => {
      for (const item of items) {
        const met = input.value !== "" && rules[item.dataset.rule](input.value, item);
        item.classList.toggle("met", met);
        let note = item.querySelector(".visually-hidden");
        if (!note) {
          note = document.createElement("span");
          note.className = "visually-hidden";
          item.append(note);
        }
        note.textContent = met ? ` (${list.dataset.met})` : "";
      }
    };
    input.addEventListener("input", update);
    update();
  }
}

/** Adds buttons that reveal a password or insert a generated one, and checks off the requirements while the user types. */
export function passwordFields() {
  revealButtons();
  suggestions();
  policies();
}
