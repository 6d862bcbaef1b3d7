// With a script in place of the server: what the launcher passes on, and when it ends.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../cli.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "launcher-"));
after(() => rmSync(folder, { recursive: true }));

test("options, output and exit code are those of the server", async () => {
  const server = `console.log(process.argv.slice(2).join("|"), process.env.Process__StopWithInput); process.exit(3);`;
  const launcher = launch(server, { options: ["--urls", "http://127.0.0.1:9090", "a b"] });
  const [output] = await once(launcher.stdout, "data");
  assert.equal(String(output), "--urls|http://127.0.0.1:9090|a b true\n");
  assert.equal((await once(launcher, "exit"))[0], 3);
});

const waits = `console.log(process.pid); process.stdin.on("end", () => process.exit(7)).resume();`;

test("its input that ends stops the server in order", async () => {
  const launcher = launch(waits);
  await once(launcher.stdout, "data");
  launcher.stdin.end();
  assert.equal((await once(launcher, "exit"))[0], 7);
});

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"])
  test(`${signal} stops the server in order`, async () => {
    const launcher = launch(waits, { input: "ignore" });
    await once(launcher.stdout, "data");
    launcher.kill(signal);
    assert.equal((await once(launcher, "exit"))[0], 7);
  });

for (const input of ["/dev/null", bin])
  test(`the end of ${input === bin ? "a file" : input} says nothing, and SIGQUIT is passed on`, async () => {
    const launcher = launch(`process.on("SIGQUIT", () => process.exit(9)); ${waits}`, { input: openSync(input, "r") });
    await once(launcher.stdout, "data");
    launcher.kill("SIGQUIT");
    assert.equal((await once(launcher, "exit"))[0], 9);
  });

test("a second signal reaches a server that does not stop", async () => {
  const launcher = launch(`process.on("SIGTERM", () => process.exit(5)); setInterval(() => {}, 1000);
    process.stdin.resume();
    process.stdin.on("end", () => console.log("stopping")); console.log("started");`, { input: "ignore" });
  await once(launcher.stdout, "data");
  launcher.kill("SIGTERM");
  await once(launcher.stdout, "data");
  launcher.kill("SIGTERM");
  assert.equal((await once(launcher, "exit"))[0], 5);
});

test("a launcher that was killed takes the server with it", async () => {
  const launcher = launch(waits);
  const [pid] = await once(launcher.stdout, "data");
  launcher.kill("SIGKILL");
  await gone(Number(pid));
});

test("npx that was killed takes the server with it", async () => {
  // As npx does: it starts the launcher by a shell, with its own input.
  const script = `require("child_process").spawn("sh", ["-c", process.argv[1]], { stdio: "inherit" });
    setInterval(() => {}, 1000);`;
  const npx = spawn(process.execPath, ["--eval", script, `"${process.execPath}" "${bin}"`],
    { stdio: ["ignore", "pipe", "inherit"], env: { ...environment(waits), npm_command: "exec" } });
  const [pid] = await once(npx.stdout, "data");
  npx.kill("SIGKILL");
  await gone(Number(pid));
});

test("a machine without a server is told what to do", async () => {
  const launcher = launch(undefined, {});
  const [error] = await once(launcher.stderr, "data");
  assert.match(String(error), /^(The package @messaging-services\/\S+, which contains|There is no server for)/);
  assert.equal((await once(launcher, "exit"))[0], 1);
});

function launch(server, { options = [], input = "pipe" } = {}) {
  return spawn(process.execPath, [bin, ...options],
    { stdio: [input, "pipe", server ? "inherit" : "pipe"], env: environment(server) });
}

function environment(server) {
  const { npm_command, MESSAGING_SERVICES_SERVER, ...inherited } = process.env;
  if (server === undefined) return inherited;
  const path = join(folder, `server-${Math.random().toString(36).slice(2)}.cjs`);
  writeFileSync(path, `#!${process.execPath}\n${server}\n`);
  chmodSync(path, 0o755);
  return { ...inherited, MESSAGING_SERVICES_SERVER: path };
}

async function gone(pid) {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
