// A registry of npm for the packed packages, as "npx" sees one.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";

/**
 * Serves the tarballs of a folder on a free port of this machine.
 * @param {string} folder
 * @returns {Promise<{ url: string, downloads: () => number, close: () => void }>} `downloads`: the bytes of all
 * tarballs that were downloaded.
 */
export async function startRegistry(folder) {
  const packages = new Map();
  const tarballs = new Map();
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".tgz"))) {
    const { stdout } = await promisify(execFile)("tar", ["-xzOf", join(folder, file), "package/package.json"]);
    const manifest = JSON.parse(stdout);
    const content = await readFile(join(folder, file));
    packages.set(manifest.name, { file, manifest, integrity: hashOf(content) });
    tarballs.set(`/-/${file}`, content);
  }

  let downloads = 0;
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url);
    const tarball = tarballs.get(path);
    const found = packages.get(path.slice(1));
    if (tarball) {
      downloads += tarball.length;
      response.end(tarball);
    } else if (found) {
      response.setHeader("Content-Type", "application/json").end(JSON.stringify(describe(found, url)));
    } else response.writeHead(404).end("{}");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    downloads: () => downloads,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function describe({ file, manifest, integrity }, url) {
  const { name, version } = manifest;
  const dist = { integrity, tarball: `${url}/-/${file}` };
  return { name, "dist-tags": { latest: version }, versions: { [version]: { ...manifest, dist } } };
}

function hashOf(content) {
  return `sha512-${createHash("sha512").update(content).digest("base64")}`;
}
