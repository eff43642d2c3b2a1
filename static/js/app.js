// Progressive enhancement: every page works without this script.
import { confirmTyping } from "./confirm.js";
import { copyButtons } from "./copy.js";
import { filterForms } from "./filter.js";
import { menus } from "./menu.js";
import { passwordFields } from "./password.js";
import { planPicker } from "./plan.js";
import { watchProgress } from "./progress.js";
import { quotaFields } from "./quota.js";
import { singleSubmit } from "./submit.js";

for (const button of document.querySelectorAll("[data-without-js]")) button.hidden = true;
document.querySelector("[data-focus]")?.focus();

confirmTyping();
copyButtons();
filterForms();
menus();
passwordFields();
planPicker();
quotaFields();
singleSubmit();
watchProgress();
