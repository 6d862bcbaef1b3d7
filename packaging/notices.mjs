// What others have written and the server contains, with their licenses.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const framework = "net10.0";
// What the build of the console puts into its scripts.
const bundled = ["@tanstack/virtual-core", "clsx", "esm-env", "svelte", "uplot"];
const line = `\n${"-".repeat(80)}\n\n`;

/**
 * @param {string} assets The file project.assets.json of the restored server.
 * @param {string} file Gets the text.
 */
export async function writeNotices(assets, file) {
  const { targets, libraries, project, packageFolders } = JSON.parse(await readFile(assets, "utf8"));
  const [folder] = Object.keys(packageFolders);
  const licenses = new Set();
  const parts = [];
  for (const name of published(targets[framework], project.frameworks[framework].dependencies)) {
    const path = join(folder, libraries[name].path);
    const specification = (await readdir(path)).find((found) => found.endsWith(".nuspec"));
    const { license, text } = await describe(name, await readFile(join(path, specification), "utf8"), path);
    if (license) licenses.add(license);
    parts.push(text);
  }
  for (const name of bundled) parts.push(await describeBundled(name));
  const texts = await Promise.all([...licenses].toSorted().map(async (license) =>
    `${license}\n\n${await readFile(join(here, "licenses", `${license}.txt`), "utf8")}`));
  await writeFile(file, [
    "Messaging Services contains the following works of others. The packages for Linux and macOS\n"
    + "also contain PostgreSQL: its licenses and those of its libraries are in the folder \"licenses\" of its "
    + "archive.\n",
    ...parts, ...texts].join(line));
}

// The packages that are beside the program, without those that only the build needs.
function published(target, dependencies) {
  const names = new Map(Object.keys(target).map((name) => [name.split("/")[0].toLowerCase(), name]));
  const found = new Set();
  const visit = (name) => {
    const full = names.get(name.toLowerCase());
    if (!full || found.has(full)) return;
    found.add(full);
    Object.keys(target[full].dependencies ?? {}).forEach(visit);
  };
  for (const [name, { suppressParent }] of Object.entries(dependencies)) if (suppressParent !== "All") visit(name);
  for (const [name, { type }] of Object.entries(target)) if (type === "project") visit(name.split("/")[0]);
  return [...found].filter((name) => target[name].type === "package"
    && Object.keys(target[name].runtime ?? {}).some((path) => !path.endsWith("_._"))).toSorted();
}

async function describe(name, specification, folder) {
  const value = (tag) => new RegExp(`<${tag}(?: [^>]*)?>([^<]*)</${tag}>`).exec(specification)?.[1];
  const isFile = /<license type="file">/.test(specification);
  const license = value("license");
  const text = [name.replace("/", " "), value("copyright") ?? `By ${value("authors")}`, value("projectUrl"),
    isFile ? await readFile(join(folder, license), "utf8") : `License: ${license}, below`];
  return { license: isFile ? undefined : license, text: `${text.filter(Boolean).join("\n")}\n` };
}

async function describeBundled(name) {
  const folder = join(here, "../src/MessagingServices.Console/node_modules", name);
  const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const license = (await readdir(folder)).find((found) => /^licen[cs]e/i.test(found));
  const text = license ? await readFile(join(folder, license), "utf8") : "License: MIT, below\n";
  return `${name} ${version} (in the console)\n\n${text}`;
}
