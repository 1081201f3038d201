// Builds static/vendor: Chart.js with only what the charts use, all style sheets as one, and each
// custom element with the modules it needs, without their comments and spaces.
import { build, transform } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";

const out = "static/vendor";
const components = (await readdir("static/css/components")).filter((name) => name.endsWith(".css"));
const sheets = ["tokens", "reset", "base"]
  .map((name) => `static/css/${name}.css`)
  .concat(components.sort().map((name) => `static/css/components/${name}`))
  .concat("static/css/utilities.css");

// Each by itself, so that a brace left open in one cannot swallow the others.
async function minified(path) {
  const css = await readFile(path, "utf8");
  const { code, warnings } = await transform(css, { loader: "css", minify: true, target: "esnext" });
  if (warnings.length) throw new Error(`${path}: ${warnings[0].text}`);
  return code;
}

await mkdir(out, { recursive: true });
await writeFile(`${out}/app.css`, (await Promise.all(sheets.map(minified))).join(""));
await build({
  entryPoints: ["static/js/lib/chart-parts.js"],
  outfile: `${out}/chart.js`,
  bundle: true,
  format: "esm",
  minify: true,
  legalComments: "eof",
});

await rm(`${out}/js`, { recursive: true, force: true });
// These are one file each, because their modules pack tighter together. Of the others, what two share,
// or one loads later, is a file of its own; headers weigh more than modules.
const app = "static/js/phone/app.js";
const alone = [app, ...["guide", "shell", "prepare", "together"].map((name) => `static/js/elements/sweet-${name}.js`)];
const elements = (await readdir("static/js/elements"))
  .filter((name) => name.endsWith(".js"))
  .map((name) => `static/js/elements/${name}`);
const others = elements.filter((path) => !alone.includes(path));
for (const entryPoints of [...alone.map((path) => [path]), others]) {
  await build({
    entryPoints,
    outbase: "static/js",
    outdir: `${out}/js`,
    chunkNames: "shared/[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    target: "esnext",
  });
}

// The service worker is no module, and its view puts what it keeps before it.
for (const name of ["sw", "sw-push", "sw-off"]) {
  const source = await readFile(`static/js/${name}.js`, "utf8");
  const { code } = await transform(source, { minify: true, target: "esnext" });
  await writeFile(`${out}/js/${name}.js`, code);
}
