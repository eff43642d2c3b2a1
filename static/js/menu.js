/** Returns the visible items of a menu. */
function items(menu) {
  return [...menu.querySelectorAll("a[href], button")].filter((item) => item.checkVisibility());
}

function opener(menu) {
  return document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
}

/** Adds the ARIA roles of a menu. Without this script it is a list of links and buttons, so the HTML has no such roles. */
function announce(menu) {
  menu.setAttribute("role", "menu");
  opener(menu)?.setAttribute("aria-haspopup", "menu");
  for (const item of menu.querySelectorAll("a[href], button")) {
    item.setAttribute("role", "menuitem");
    item.tabIndex = -1;
  }
  for (const between of menu.querySelectorAll("form, p")) between.setAttribute("role", "none");
}

/** Returns the item that a key moves the focus to, or undefined. */
function target(menu, key) {
  const all = items(menu);
  const at = all.indexOf(document.activeElement);
  const letter = (item) => item.textContent.trim().toLowerCase().startsWith(key.toLowerCase());
  switch (key) {
    case "ArrowDown":
      return all[(at + 1) % all.length];
    case "ArrowUp":
      return all[(at <= 0 ? all.length : at) - 1];
    case "Home":
      return all[0];
    case "End":
      return all.at(-1);
    default:
      return key.length === 1 && key !== " " ? [...all.slice(at + 1), ...all.slice(0, at + 1)].find(letter) : undefined;
  }
}

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const menu = event.target.closest("[data-menu]:popover-open");
  if (menu) {
    if (event.key === "Tab") {
      opener(menu)?.focus();
      menu.hidePopover();
      return;
    }
    const next = target(menu, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
    return;
  }
  const button = event.target.closest("[popovertarget]");
  const closed = button && document.getElementById(button.getAttribute("popovertarget"));
  if (!closed?.matches("[data-menu]") || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  closed.showPopover({ source: button });
  if (event.key === "ArrowUp") items(closed).at(-1)?.focus();
}

/** Adds the ARIA roles of the menus below `root`. */
export function menusOf(root) {
  for (const menu of root.querySelectorAll("[data-menu]")) announce(menu);
}

/**
 * Adds keyboard control to <div id="m" popover data-menu> with a button popovertarget="m".
 * Arrow keys, Home, End and first letters move the focus; Escape closes the menu.
 */
export function menus() {
  menusOf(document);
  document.addEventListener("keydown", press);
  // Toggle events do not bubble, so the listener needs the capture phase.
  document.addEventListener(
    "toggle",
    (event) => {
      if (!(event.target instanceof Element) || !event.target.matches("[data-menu]")) return;
      if (event.newState === "open" && !event.target.contains(document.activeElement)) items(event.target)[0]?.focus();
    },
    true,
  );
}
