import { updateQuota } from "./quota.js";

/** Sets a field to a value of a plan. `null` is unlimited; a list checks the boxes of a group. */
function fill(form, name, value) {
  if (Array.isArray(value)) {
    const wanted = new Set(value.map(String));
    for (const box of form.querySelectorAll(`input[type=checkbox][name="${name}"]`)) box.checked = wanted.has(box.value);
    return;
  }
  const input = form.querySelector(`[name="${name}"]:not([type=hidden])`);
  if (!(input instanceof HTMLInputElement)) return;
  if (input.type === "checkbox") {
    input.checked = Boolean(value);
    return;
  }
  const unlimited = form.querySelector(`[name="${name}_ul"]:not([type=hidden])`);
  if (unlimited) {
    unlimited.checked = value === null;
    updateQuota(unlimited.closest("[data-quota]"));
  }
  input.value = value ?? "";
}

/** Fills in the values of a selected plan. They remain editable. */
export function planPicker() {
  for (const select of document.querySelectorAll("[data-plan-picker]")) {
    select.addEventListener("change", async () => {
      // `plan_applied` says that the fields hold the values of this plan. Without it, the server uses the plan's values instead.
      const applied = select.form.elements.namedItem("plan_applied");
      if (applied) applied.value = "";
      if (!select.value) return;
      const address = select.dataset.planPicker.replace("{}", encodeURIComponent(select.value));
      const response = await fetch(address, { headers: { accept: "application/json" } });
      if (!response.ok) return;
      const { values } = await response.json();
      if (address !== select.dataset.planPicker.replace("{}", encodeURIComponent(select.value))) return;
      for (const [name, value] of Object.entries(values)) fill(select.form, name, value);
      if (applied) applied.value = select.value;
    });
  }
}
