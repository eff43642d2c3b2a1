import { menusOf } from "./menu.js";

/** Shows or removes the error of the search field. */
function showError(page) {
  const [here, there] = [document, page].map((root) => root.querySelector("[data-list-error]"));
  if (!here || !there) return;
  here.replaceChildren(...there.cloneNode(true).childNodes);
  const field = document.querySelector("form[data-autosubmit] [type=search]");
  if (here.childElementCount > 0) field?.setAttribute("aria-invalid", "true");
  else field?.removeAttribute("aria-invalid");
  field?.classList.toggle("is-invalid", here.childElementCount > 0);
}

/** Loads the list for the form's values. Replaces it in place if it does not contain the form. */
async function show(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
  const address = `${form.getAttribute("action") || location.pathname}?${query}`;
  const list = document.querySelector("[data-list]");
  if (!list || list.contains(form)) {
    location.assign(address);
    return;
  }
  form.dataset.wanted = address;
  list.classList.add("busy");
  try {
    const response = await fetch(address, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (form.dataset.wanted !== address) return;
    const fresh = page.querySelector("[data-list]");
    // The error of an invalid search (422) appears beside its field, which keeps the focus.
    const understood = response.ok || response.status === 422;
    if (!understood || !fresh) {
      location.assign(address);
      return;
    }
    for (const button of fresh.querySelectorAll("[data-without-js]")) button.hidden = true;
    list.replaceWith(document.adoptNode(fresh));
    menusOf(fresh);
    showError(page);
    history.replaceState(null, "", address);
    watch(fresh);
  } catch {
    if (form.dataset.wanted === address) location.assign(address);
  }
}

function watch(root) {
  for (const form of root.querySelectorAll("form[data-autosubmit]")) {
    let timer;
    form.addEventListener("input", (event) => {
      clearTimeout(timer);
      timer = setTimeout(() => show(form), event.target.type === "search" || event.target.type === "text" ? 350 : 0);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      show(form);
    });
  }
}

/** Submits <form method="get" data-autosubmit> on input, and replaces [data-list] without a reload. */
export function filterForms() {
  watch(document);
}
