// Tries the packages in artifacts/packages: each way to start the server, in an empty folder and with empty caches.
// Prints how long it takes, what was downloaded, what is on the disk afterwards, and what still runs when the launcher
// was killed.
//
//   node packaging/try.mjs [--packages FOLDER] [name]        only the ways whose commands contain the name
import { execFile, spawn } from "node:child_process";
import { chmod, lstat, mkdir, mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { createEmulator } from "./npm/messaging-services/index.js";
import { startRegistry } from "./registry.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const endsWithinSeconds = 15;
const startsWithinMs = 120_000;

const { values, positionals: [part = ""] } = parseArgs({
  allowPositionals: true, options: { packages: { type: "string", default: join(here, "../artifacts/packages") } },
});
const packages = await realpath(values.packages);

const ways = {
  "dnx MessagingServices": { start: ["dotnet", "dnx", "MessagingServices", "--yes"] },
  "dotnet tool install --global MessagingServices": {
    install: ["dotnet", "tool", "install", "--global", "MessagingServices"],
    start: ["messaging-services"],
  },
  "npx messaging-services": { start: ["npx", "--yes", "messaging-services"] },
};

let failed = false;
for (const [name, way] of Object.entries(ways)) if (name.includes(part)) await tryOut(name, way);
process.exit(failed ? 1 : 0);

async function tryOut(name, { install, start }) {
  console.log(`\n${name}, as ${userInfo().username}`);
  const home = await realpath(await mkdtemp(join(tmpdir(), "try-packages-")));
  // PostgreSQL does not run as root, and its user must get through.
  await chmod(home, 0o755);
  const registry = await startRegistry(packages);
  try {
    const environment = environmentOf(home, registry.url);
    const folder = join(home, "empty");
    await mkdir(folder);
    await writeFile(join(folder, "nuget.config"), `<configuration><packageSources><clear />
      <add key="packed" value="${packages}" /></packageSources></configuration>\n`);
    // What the SDK does once for each user.
    await run(["dotnet", "nuget", "locals", "all", "--list"], folder, environment);

    const began = Date.now();
    if (install) await run(install, folder, environment);
    const installed = install ? ` (${seconds(began)} of it installed)` : "";
    const first = await sendFrom(start, folder, environment, began);
    console.log(`  first message delivered after ${first.delivered}${installed}`);
    await kill(first.launcher, home);
    const again = await sendFrom(start, folder, environment, Date.now());
    console.log(`  started again: after ${again.delivered}`);
    await kill(again.launcher, home);

    // NuGet keeps some packages twice, in different folders and under different names.
    const kept = (await files(home)).map(({ path }) => basename(path).toLowerCase());
    const nuget = (await files(packages)).filter(({ path }) => kept.includes(basename(path).toLowerCase()));
    const downloaded = nuget.reduce((sum, { size }) => sum + size, registry.downloads());
    console.log(`  downloaded: ${megabytes(downloaded)}`);
    console.log(`  on the disk: ${await diskUse(home)}`);
  } finally {
    registry.close();
    await rm(home, { recursive: true, force: true });
  }
}

function environmentOf(home, registry) {
  const own = /^(NUGET_|DOTNET_CLI_HOME|XDG_|npm_|MESSAGING_SERVICES_)/i;
  const inherited = Object.entries(process.env).filter(([name]) => !own.test(name));
  return {
    ...Object.fromEntries(inherited),
    HOME: home,
    PATH: `${process.env.PATH}:${join(home, ".dotnet/tools")}`,
    XDG_CACHE_HOME: join(home, ".cache"),
    XDG_DATA_HOME: join(home, ".local/share"),
    // Root's would be that of the system.
    ...(process.getuid() === 0 && { EmbeddedPostgres__DataDirectory: join(home, ".local/share/postgres") }),
    DOTNET_CLI_TELEMETRY_OPTOUT: "1",
    npm_config_registry: registry,
    npm_config_update_notifier: "false",
  };
}

async function sendFrom([program, ...options], cwd, env, began) {
  const url = `http://127.0.0.1:${await freePort()}`;
  const launcher = spawn(program, [...options, "--urls", url], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const printed = [];
  for (const output of [launcher.stdout, launcher.stderr]) output.on("data", (text) => printed.push(text));
  const ended = new Promise((_, reject) => {
    launcher.once("error", reject);
    launcher.once("exit", (code) => reject(new Error(`It ended with ${code}:\n${printed.join("")}`)));
  });
  ended.catch(() => {});
  return { launcher, delivered: await Promise.race([send(url, began), ended]) };
}

async function send(url, began) {
  const emulator = await createEmulator({ url, startTimeout: startsWithinMs });
  const account = await emulator.createAccount();
  const message = { To: "+14155550123", From: await account.buyNumber(), Body: "Your code is 482913" };
  await account.request("POST", `/2010-04-01/Accounts/${account.accountSid}/Messages.json`, message);
  await account.waitForMessage({ status: "delivered" });
  return seconds(began);
}

// The launcher alone, by a signal that it cannot see.
async function kill(launcher, home) {
  const began = Date.now();
  launcher.kill("SIGKILL");
  let left = await processesOf(home);
  while (left.length && Date.now() - began < endsWithinSeconds * 1_000) {
    await sleep(100);
    left = await processesOf(home);
  }
  failed ||= left.length > 0;
  console.log(left.length ? `  STILL RUNS after the launcher was killed:\n    ${left.join("\n    ")}`
    : `  launcher killed: nothing runs after ${seconds(began)}`);
  for (const line of left) process.kill(Number(line.split(" ")[0]), "SIGKILL");
}

// Programs, data and scripts are all below the home folder.
async function processesOf(home) {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-ww", "-o", "pid=,args="]);
  return stdout.split("\n").map((line) => line.trim()).filter((line) => line.includes(home));
}

async function run([program, ...options], cwd, env) {
  await promisify(execFile)(program, options, { cwd, env });
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function diskUse(home) {
  const sizes = new Map();
  for (const { path, used } of await files(home)) {
    const place = dirname(relative(home, path)).split("/").slice(0, 2).join("/");
    sizes.set(place, (sizes.get(place) ?? 0) + used);
  }
  const places = [...sizes].filter(([, size]) => size >= 1e5).toSorted(([, a], [, b]) => b - a);
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return [megabytes(all), ...places.map(([place, size]) => `${megabytes(size).padStart(13)}  ~/${place}`)].join("\n");
}

async function files(folder) {
  const found = new Map();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const { size, blocks, ino } = await lstat(path).catch(() => ({}));
    if (ino && !found.has(ino)) found.set(ino, { path, size, used: blocks * 512 });
  }
  return [...found.values()];
}

function seconds(began) {
  return `${((Date.now() - began) / 1_000).toFixed(1)} s`;
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
