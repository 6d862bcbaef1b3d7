import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { EmulatorError } from "./errors.js";

const platforms = ["linux-x64", "linux-arm64", "darwin-arm64"];
const others = 'Use the Docker image, or "dnx MessagingServices" of the .NET 10 SDK with a PostgreSQL of your own.';

/**
 * Starts the server. It stops when its input ends, so it does not outlive this process, however that ends.
 * @param {string[]} options Those of the server.
 * @param {{ server?: string, output: "inherit" | "pipe", environment?: NodeJS.ProcessEnv }} how A server to start
 * instead of the installed one, and its environment instead of that of this process.
 * @returns {import("node:child_process").ChildProcess}
 * @throws {EmulatorError} There is none for this machine.
 */
export function startServer(options, { server, output, environment = process.env }) {
  const [program, ...first] = findServer(server || process.env.MESSAGING_SERVICES_SERVER);
  const child = spawn(program, [...first, ...options], {
    stdio: ["pipe", output, output],
    env: { ...environment, Process__StopWithInput: "true" },
    // Ctrl-C in a terminal goes to this process only, which then stops the server once.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  // It may end before its input does.
  child.stdin.on("error", () => {});
  return child;
}

/**
 * Stops a server in order; one that does not stop gets the signal after three seconds, and is killed after ten.
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} [signal]
 */
export function stopServer(child, signal = "SIGTERM") {
  child.stdin.end();
  const timers = [setTimeout(() => child.kill(signal), 3_000), setTimeout(() => child.kill("SIGKILL"), 10_000)];
  child.once("exit", () => timers.forEach(clearTimeout));
}

function findServer(named) {
  if (!named) return [installedServer()];
  const path = resolve(named);
  if (!existsSync(path)) throw new EmulatorError(`${path}, the server to start, is missing.`);
  return path.endsWith(".dll") ? ["dotnet", path] : [path];
}

function installedServer() {
  const platform = `${process.platform}-${process.arch}`;
  const name = `@messaging-services/${platform}`;
  if (!platforms.includes(platform))
    throw new EmulatorError(`There is no server for ${platform} on npm, only for ${platforms.join(", ")}. ${others}`);
  if (process.platform === "linux" && !process.report.getReport().header.glibcVersionRuntime)
    throw new EmulatorError(`The server on npm needs glibc, which this Linux does not have. ${others}`);
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return join(dirname(manifest), "server", "MessagingServices.Server");
  } catch {
    throw new EmulatorError(`The package ${name}, which contains the server, is not installed. It is an optional `
      + "dependency of messaging-services: install that again, without --omit=optional and on this kind of machine.");
  }
}
