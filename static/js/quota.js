/** Disables the number field of a limit while "Unlimited" is checked. */
export function updateQuota(field) {
  field.querySelector("[data-quota-number]").disabled = field.querySelector("[data-quota-switch]").checked;
}

export function quotaFields() {
  for (const field of document.querySelectorAll("[data-quota]")) {
    field.addEventListener("change", () => updateQuota(field));
    updateQuota(field);
  }
}
