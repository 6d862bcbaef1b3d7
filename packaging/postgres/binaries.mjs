// What the programs of a PostgreSQL need of its libraries, and the part of a universal binary for one architecture.
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";

const programs = ["initdb", "pg_ctl", "postgres"];
const modules = ["dict_snowball", "plpgsql"];
// Loaded only by clients that sign in by OAuth.
const optional = new Set(["libpq-oauth-18.dylib"]);

const universalMagic = 0xcafebabe;
const cpuTypes = { arm64: 0x0100000c };

/**
 * Reads the programs, the two modules that initdb loads, and the libraries that they need, under the names by which
 * they need them.
 * @param {string} folder The folder "native" of the package.
 * @param {string | undefined} architecture The part to take of universal binaries.
 * @returns {Promise<{ files: Map<string, Buffer>, links: Map<string, string> }>} By path; a link names a file beside
 * it.
 */
export async function readBinaries(folder, architecture) {
  const shared = architecture ? ".dylib" : ".so";
  const files = new Map();
  for (const program of programs) files.set(`bin/${program}`, await read(`bin/${program}`));
  for (const module of modules.map((name) => `lib/postgresql/${name}${shared}`)) files.set(module, await read(module));

  // npm keeps no links: the package lists them.
  const listed = JSON.parse(await readFile(join(folder, "pg-symlinks.json"), "utf8"));
  const sources = new Map(listed.map(({ source, target }) => [basename(target), basename(source)]));
  for (const name of await readdir(join(folder, "lib"))) if (name.includes(shared)) sources.set(name, name);

  const links = new Map();
  const placed = new Map();
  const unread = [...files.values()];
  for (let binary = unread.pop(); binary; binary = unread.pop())
    for (const [name, source] of sources) {
      if (optional.has(name) || files.has(`lib/${name}`) || links.has(`lib/${name}`) || !needs(binary, name)) continue;
      // Needed by two names, it is still one library.
      if (placed.has(source)) links.set(`lib/${name}`, placed.get(source));
      else {
        const library = await read(`lib/${source}`);
        files.set(`lib/${name}`, library);
        placed.set(source, name);
        unread.push(library);
      }
    }
  return { files, links };

  async function read(path) {
    const content = await readFile(join(folder, path));
    return architecture ? thin(content, architecture) : content;
  }
}

// A binary has the names of the libraries that it needs as texts, after a zero or a slash and before a zero.
function needs(binary, name) {
  for (let at = binary.indexOf(`${name}\0`); at > 0; at = binary.indexOf(`${name}\0`, at + 1))
    if (binary[at - 1] === 0 || binary[at - 1] === 0x2f) return !isOwnName(binary, name);
  return false;
}

// The first such name of a library of macOS is its own.
function isOwnName(binary, name) {
  const identity = 0xd;
  if (binary.readUInt32LE(0) !== 0xfeedfacf) return false;
  for (let command = 0, at = 32; command < binary.readUInt32LE(16); command++, at += binary.readUInt32LE(at + 4))
    if (binary.readUInt32LE(at) === identity)
      return basename(textAt(binary, at + binary.readUInt32LE(at + 8))) === name;
  return false;
}

function textAt(binary, at) {
  return binary.toString("utf8", at, binary.indexOf(0, at));
}

// Each part has a signature of its own, which stays valid.
function thin(content, architecture) {
  if (content.readUInt32BE(0) !== universalMagic) return content;
  for (let index = 0; index < content.readUInt32BE(4); index++) {
    const entry = 8 + 20 * index;
    if (content.readUInt32BE(entry) !== cpuTypes[architecture]) continue;
    const start = content.readUInt32BE(entry + 8);
    return content.subarray(start, start + content.readUInt32BE(entry + 12));
  }
  throw new Error(`A binary has no part for ${architecture}.`);
}
