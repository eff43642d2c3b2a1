// Bundles the panel's CSS, JavaScript, fonts and icons. Prints one line for each
// output file: "<plain name> <hashed name>".
// Usage: node <dir>/build.mjs <words file> <out dir>, in the directory of node_modules, which is
// <dir> or above it.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { refine } from "./refine-css.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const [wordsFile, outDir] = process.argv.slice(2);
const target = ["chrome123", "firefox121", "safari17.5"];
const manifest = [];

rmSync(outDir, { recursive: true, force: true });
mkdirSync(outDir, { recursive: true });

function emit(name, contents) {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 12);
  const ext = extname(name);
  const hashed = `${basename(name, ext)}.${hash}${ext}`;
  writeFileSync(join(outDir, hashed), contents);
  manifest.push(`${name} ${hashed}`);
  return hashed;
}

async function bundle(entry, options) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(here, entry)],
    outdir: outDir,
    bundle: true,
    write: false,
    target,
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    ...options,
  });
  return outputFiles;
}

const styles = await bundle("css/app.css", {
  assetNames: "[name]",
  publicPath: ".",
  loader: { ".woff2": "file" },
});
let css = "";
const fonts = new Map();
for (const file of styles) {
  const name = basename(file.path);
  if (name.endsWith(".css")) css = file.text;
  else fonts.set(name, emit(name, file.contents));
}
// Fonts get hashed names, too. The style sheet contains these names, so its hash depends on the fonts.
for (const [name, hashed] of fonts) css = css.replaceAll(`./${name}`, hashed);
// Our own classes are always kept. Only unused classes of Tabler are removed.
const own = readdirSync(join(here, "css")).map((name) => readFileSync(join(here, "css", name), "utf8"));
const words = readFileSync(wordsFile, "utf8").split("\n").concat(own.join("\n").match(/[\w-]+/g));
css = refine(css, new Set(words));
const { code } = await esbuild.transform(css, { loader: "css", minify: true, target, charset: "utf8", legalComments: "none" });
emit("app.css", code);

const [script] = await bundle("js/app.js", { minify: true, format: "esm" });
emit("app.js", script.text);

const icons = readFileSync(join(here, "icons.txt"), "utf8")
  .split("\n")
  .map((line) => line.replace(/#.*/, "").trim())
  .filter(Boolean);
const symbols = icons.map((name) => {
  const file = join("node_modules/@tabler/icons/icons/outline", `${name}.svg`);
  const inner = readFileSync(file, "utf8").replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
});
emit("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);

for (const name of readdirSync(join(here, "img")).sort()) emit(name, readFileSync(join(here, "img", name)));

console.log(manifest.sort().join("\n"));
