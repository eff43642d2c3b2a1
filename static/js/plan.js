import { updateQuota } from "./quota.js";

/** Puts one value of a plan into the form: null is unlimited, a list ticks a group. */
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

/** Picking a plan fills in its values; they stay editable. */
export function planPicker() {
  for (const select of document.querySelectorAll("[data-plan-picker]")) {
    select.addEventListener("change", async () => {
      // The form's word that its fields hold this plan's values: without it the server takes those of the plan.
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
