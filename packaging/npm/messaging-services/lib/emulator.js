import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { EmulatedAccount } from "./account.js";
import { EmulatorError } from "./errors.js";
import { startServer, stopServer } from "./server.js";

const defaultSid = "AC00000000000000000000000000000001";
const defaultToken = "0123456789abcdef0123456789abcdef";
const keptLines = 30;
const banner = /Messaging Services serves at (\S+)/;
// Variables of the environment that configure an application: that of the tests is the application's own.
const forApplications = /__|^ASPNETCORE_|^DOTNET_(ENVIRONMENT|URLS)$/i;
// Settings that say where the data is kept.
const databases = ["connectionstrings:postgres", "embeddedpostgres:datadirectory", "embeddedpostgres:ephemeral"];

/** Starts a server, or connects to one that runs: see index.d.ts. */
export async function createEmulator(options = {}) {
  const url = options.url ?? (options.server ? undefined : process.env.MESSAGING_SERVICES_URL);
  const startTimeout = options.startTimeout ?? 60_000;
  const timeout = AbortSignal.timeout(startTimeout);
  const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout;
  const server = url ? new RunningServer(url) : new OwnServer(options);
  try {
    const account = accountOf(options, !url);
    const main = new EmulatedAccount(await server.ready(signal), account.sid, account.token);
    await main.request("GET", "/emulator/v1/Clock");
    return new Emulator(server, main);
  } catch (error) {
    const last = server.lastLines?.() ?? "";
    await server.close();
    options.signal?.throwIfAborted();
    if (timeout.aborted) throw new EmulatorError(`The server is not ready after ${startTimeout} ms.${last}`);
    throw error;
  }
}

function accountOf({ accountSid, authToken, settings = {} }, isOwn) {
  const setting = (name) => Object.entries(settings).find(([key]) => key.toLowerCase() === name)?.[1];
  const { MESSAGING_SERVICES_ACCOUNT_SID, MESSAGING_SERVICES_AUTH_TOKEN } = isOwn ? {} : process.env;
  return {
    sid: setting("account:sid") ?? accountSid ?? MESSAGING_SERVICES_ACCOUNT_SID ?? defaultSid,
    token: setting("account:authtoken") ?? authToken ?? MESSAGING_SERVICES_AUTH_TOKEN ?? defaultToken,
  };
}

class Emulator {
  #server;
  #main;

  constructor(server, main) {
    this.#server = server;
    this.#main = main;
    this.url = main.url;
    this.accountSid = main.accountSid;
    this.authToken = main.authToken;
  }

  async createAccount({ name, seed } = {}) {
    const { sid, auth_token } = await this.#main.request("POST", "/2010-04-01/Accounts.json", { FriendlyName: name });
    const account = new EmulatedAccount(this.url, sid, auth_token, this.#main);
    try {
      if (seed) await account.seed(seed);
    } catch (error) {
      await account.delete();
      throw error;
    }
    return account;
  }

  request(method, path, parameters) {
    return this.#main.request(method, path, parameters);
  }

  waitForMessage(filter) {
    return this.#main.waitForMessage(filter);
  }

  environment(language) {
    return this.#main.environment(language);
  }

  reset(options) {
    return this.#main.reset(options);
  }

  async close() {
    await this.#server.close();
  }

  async [Symbol.asyncDispose]() {
    await this.close();
  }
}

// A server that somebody else has started. It goes on.
class RunningServer {
  constructor(url) {
    this.url = String(url).replace(/\/+$/, "");
  }

  async ready(signal) {
    await untilReady(this.url, signal);
    return this.url;
  }

  async close() {}
}

class OwnServer {
  #child;
  #ended;
  #lines = [];

  constructor({ server, port = 0, accountSid, authToken, settings = {}, log }) {
    const names = Object.keys(settings).map((name) => name.toLowerCase());
    const all = {
      ...(accountSid && { "Account:Sid": accountSid }),
      ...(authToken && { "Account:AuthToken": authToken }),
      ...(!names.some((name) => databases.includes(name)) && { "EmbeddedPostgres:Ephemeral": true }),
      ...settings,
    };
    const given = Object.entries(all).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !forApplications.test(name)));
    const started = { server, output: "pipe", environment };
    this.#child = startServer(["--urls", `http://127.0.0.1:${port}`, ...given], started);
    this.#ended = new Promise((resolve) => {
      this.#child.once("error", (error) => resolve(`could not be started (${error.message})`));
      this.#child.once("close", (code, signal) => resolve(`ended with ${signal ?? `exit code ${code}`}`));
    });
    for (const output of [this.#child.stdout, this.#child.stderr])
      createInterface({ input: output }).on("line", (line) => {
        this.#lines.push(line);
        if (this.#lines.length > keptLines) this.#lines.shift();
        log?.(line);
      });
  }

  async ready(signal) {
    const stopped = this.#ended.then((how) => {
      throw new EmulatorError(`The server ${how}.${this.lastLines()}`);
    });
    const url = await Promise.race([this.#serving(signal), stopped]);
    await Promise.race([untilReady(url, signal), stopped]);
    stopped.catch(() => {});
    // Whoever forgets to close it can still end: the server then ends, too.
    this.#setReferenced(false);
    return url;
  }

  async close() {
    if (this.#child.exitCode === null && this.#child.signalCode === null && this.#child.pid) {
      this.#setReferenced(true);
      stopServer(this.#child);
    }
    await this.#ended;
  }

  lastLines() {
    return this.#lines.length ? ` Its last lines:\n${this.#lines.join("\n")}` : " It printed nothing.";
  }

  async #serving(signal) {
    for (;;) {
      const url = banner.exec(this.#lines.join("\n"))?.[1];
      if (url) return url;
      await sleep(20, undefined, { signal });
    }
  }

  #setReferenced(isReferenced) {
    for (const handle of [this.#child, this.#child.stdin, this.#child.stdout, this.#child.stderr])
      isReferenced ? handle.ref() : handle.unref();
  }
}

async function untilReady(url, signal) {
  for (;;) {
    const status = await fetch(`${url}/readyz`, { signal }).then((response) => response.status, () => 0);
    if (status === 200) return;
    await sleep(50, undefined, { signal });
  }
}
