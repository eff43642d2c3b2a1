// Returns the layout faults of the open page, a line for each element. Nothing may overflow the window or its box, be cut off, or
// need horizontal scrolling, and no short word may be broken.
const SCROLLS = "pre, textarea, input, select, .csv-text";
// Elements for screen readers only, or shown only while they have the focus.
const HIDDEN = ".visually-hidden, .skip-link, .skip-to-actions, script, style, option";
const SHORT = /\p{L}{2,22}/gu;
const width = document.documentElement.clientWidth;
const found = [];
const range = document.createRange();

const isHidden = (element, style) => element.matches(HIDDEN) || style.clipPath !== "none" || !element.checkVisibility({ visibilityProperty: true });
const bare = (text) => text.replace(/\s+/g, "");

function named(element) {
  const text = element.textContent.replace(/\s+/g, " ").trim().slice(0, 60);
  const place = [];
  for (let at = element; at && at !== document.body && place.length < 4; at = at.parentElement) {
    place.unshift(at.localName + (at.id ? `#${at.id}` : "") + [...at.classList].map((name) => `.${name}`).join(""));
  }
  return `${place.join(" > ")} “${text}”`;
}

/** Returns whether a title of the element or of an ancestor contains the whole text. */
function isTold(element) {
  return bare(element.closest("[title]")?.title ?? "").includes(bare(element.textContent));
}

/** Returns whether text of the element is outside of its box. Other overflowing content is decoration. */
function cutsText(element, box) {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || parent.closest(HIDDEN) || !parent.checkVisibility()) continue;
    range.selectNodeContents(texts.currentNode);
    for (const part of range.getClientRects()) {
      if (part.right > box.right + 1 || part.left < box.left - 1 || part.bottom > box.bottom + 3) return true;
    }
  }
  return false;
}

function check(element, style) {
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0 || style.display === "inline") return;
  if (box.right > width + 1 || box.left < -1) found.push(`outside the window (${Math.round(box.left)} to ${Math.round(box.right)}): ${named(element)}`);
  if (element.matches(SCROLLS)) return;
  const over = element.scrollWidth - element.clientWidth;
  if (over > 1) {
    const how = { hidden: "cut", clip: "cut", auto: "has to be scrolled", scroll: "has to be scrolled" }[style.overflowX] ?? "sticks out of its box";
    if (!(how === "cut" && (isTold(element) || !cutsText(element, box)))) found.push(`${how} by ${over} px: ${named(element)}`);
  }
  if (element.matches(".tag, .state, .btn") && cutsText(element, box)) found.push(`text sticks out of its box: ${named(element)}`);
  const below = element.scrollHeight - element.clientHeight;
  if (below > 1 && /hidden|clip/.test(style.overflowY) && !isTold(element) && cutsText(element, box)) found.push(`cut at its end by ${below} px: ${named(element)}`);
}

function checkWords(node, element) {
  if (!node.data.trim() || element.matches("code, textarea")) return;
  range.selectNodeContents(node);
  if (range.getClientRects().length < 2) return;
  for (const word of node.data.matchAll(SHORT)) {
    // A part of an address or of another long text without spaces, which must break somewhere.
    const before = node.data.slice(0, word.index).match(/\S*$/)[0];
    const after = node.data.slice(word.index).match(/^\S*/)[0];
    if (before.length + after.length > 24 || /[@/_]|\.\w/.test(before + after)) continue;
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const lines = new Set([...range.getClientRects()].filter((part) => part.width > 0).map((part) => Math.round(part.top)));
    if (lines.size > 1) found.push(`the word “${word[0]}” is broken: ${named(element)}`);
  }
}

function walk(element) {
  const style = getComputedStyle(element);
  if (isHidden(element, style)) return;
  check(element, style);
  if (element.matches("pre, svg")) return;
  for (const child of element.childNodes) {
    if (child.nodeType === Node.ELEMENT_NODE) walk(child);
    else if (child.nodeType === Node.TEXT_NODE) checkWords(child, element);
  }
}

walk(document.body);
return found.slice(0, 12);
