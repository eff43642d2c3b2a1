// Reduces Tabler's style sheet to the rules that pages use, and copies the rules
// of the dark theme for the theme "system".
import postcss from "postcss";

const DARK = "[data-bs-theme=dark]";
const SYSTEM = "[data-bs-theme=system]";

/** Returns the classes and data attributes that an element needs for the selector to match. */
function needed(selector) {
  const plain = selector.replace(/:(?:not|is|where|has)\([^()]*(?:\([^()]*\)[^()]*)*\)/g, "");
  return [...plain.matchAll(/(?:\.|\[(?=data-))(-?[A-Za-z_](?:[\w-]|\\.)*)/g)].map((match) => match[1].replaceAll("\\", ""));
}

function dropUnusedRules(root, words) {
  root.walkRules((rule) => {
    if (rule.parent.type === "atrule" && /keyframes$/.test(rule.parent.name)) return;
    const kept = rule.selectors.filter((s) => needed(s).every((name) => words.has(name)));
    if (kept.length === 0) rule.remove();
    else if (kept.length < rule.selectors.length) rule.selectors = kept;
  });
}

function followSystem(root) {
  root.walkRules((rule) => {
    const dark = rule.selectors.filter((s) => s.includes(DARK) && !s.includes(`:not(${DARK}`));
    if (dark.length === 0) return;
    const copy = rule.clone();
    copy.selectors = dark.map((s) => s.replaceAll(DARK, SYSTEM));
    const media = postcss.atRule({ name: "media", params: "(prefers-color-scheme: dark)" });
    media.append(copy);
    rule.after(media);
  });
}

function dropUnusedNames(root) {
  for (;;) {
    const used = new Set();
    const animations = [];
    root.walkDecls((decl) => {
      for (const match of decl.value.matchAll(/var\(\s*(--[\w-]+)/g)) used.add(match[1]);
      if (/^(-webkit-)?animation(-name)?$/.test(decl.prop) || decl.prop.startsWith("--")) animations.push(decl.value);
    });
    let dropped = 0;
    root.walkDecls(/^--/, (decl) => {
      if (used.has(decl.prop)) return;
      decl.remove();
      dropped += 1;
    });
    const named = animations.join(" ");
    root.walkAtRules(/keyframes$/, (rule) => {
      if (named.includes(rule.params)) return;
      rule.remove();
      dropped += 1;
    });
    if (dropped === 0) break;
  }
  root.walk((node) => {
    if (node.nodes && node.nodes.length === 0) node.remove();
  });
}

/** Returns the style sheet without rules whose classes are not among `words`. */
export function refine(css, words) {
  const root = postcss.parse(css);
  root.walkComments((comment) => comment.remove());
  dropUnusedRules(root, words);
  followSystem(root);
  dropUnusedNames(root);
  return root.toString();
}
