import { execFileSync } from "node:child_process";
import { fstatSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { startServer, stopServer } from "./server.js";

/**
 * Runs the server until it ends, and then ends with its exit code. The server does not outlive this process.
 * @param {string[]} options Those of the server.
 */
export function launch(options) {
  let server;
  try {
    server = startServer(options, { output: "inherit" });
  } catch (error) {
    fail(error.message);
  }

  server.on("error", (error) => fail(`The server could not be started: ${error.message}`));
  server.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
  let isStopping = false;
  const stop = (signal) => {
    if (isStopping) server.kill(signal);
    else stopServer(server, signal);
    isStopping = true;
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => stop(signal));
  process.on("SIGHUP", () => stop("SIGTERM"));
  process.on("SIGQUIT", () => server.kill("SIGQUIT"));
  if (isPipe()) process.stdin.on("error", () => stop("SIGTERM")).once("close", () => stop("SIGTERM")).resume();
  if (process.env.npm_command === "exec") watchParent(() => stop("SIGTERM"));
}

// A program that holds the other end has ended, or wants the server to end. A terminal and /dev/null say nothing.
function isPipe() {
  try {
    const input = fstatSync(0);
    return input.isFIFO() || input.isSocket();
  } catch {
    return false;
  }
}

// npx that is killed tells nothing to what it runs: to this process, or to a shell that runs this process.
function watchParent(onEnd) {
  const parent = process.ppid;
  const { command, parent: npx } = read(parent);
  const isShell = /^(sh|dash|bash|zsh|ash|busybox)$/.test(command);
  const timer = setInterval(() => {
    if (process.ppid === parent && !(isShell && hasEnded(npx, parent))) return;
    clearInterval(timer);
    onEnd();
  }, 250);
  timer.unref();
}

function hasEnded(npx, shell) {
  if (process.platform === "linux") return read(shell).parent !== npx;
  try {
    process.kill(npx, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function read(pid) {
  try {
    // "1234 (sh) S 1230 ..."
    const [, command, parent] = process.platform === "linux"
      ? /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "latin1"))
      : /(?:.*\/)?-?(\S+)\s+(\d+)$/.exec(String(execFileSync("ps", ["-o", "comm=,ppid=", "-p", String(pid)])).trim());
    return { command, parent: Number(parent) };
  } catch {
    return {};
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
