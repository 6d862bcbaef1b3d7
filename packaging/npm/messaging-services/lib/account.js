import { EmulatorError } from "./errors.js";

const waitSeconds = 10;
const maxWaitSeconds = 60;

/** An account of the server: see index.d.ts. */
export class EmulatedAccount {
  #parent;

  constructor(url, accountSid, authToken, parent) {
    this.url = url;
    this.accountSid = accountSid;
    this.authToken = authToken;
    this.#parent = parent;
  }

  async request(method, path, parameters = {}) {
    const form = new URLSearchParams(Object.entries(parameters).flatMap(([name, value]) => [value].flat()
      .filter((item) => item !== undefined && item !== null).map((item) => [name, String(item)])));
    const isSent = method === "POST" || method === "PUT";
    const query = !isSent && form.size ? `${path.includes("?") ? "&" : "?"}${form}` : "";
    return this.#send(method, path + query, isSent ? form : undefined);
  }

  async buyNumber(number) {
    const path = `/2010-04-01/Accounts/${this.accountSid}/IncomingPhoneNumbers.json`;
    const { phone_number } = await this.request("POST", path, number ? { PhoneNumber: number } : { AreaCode: "415" });
    return phone_number;
  }

  seed(seed) {
    return this.#send("POST", "/emulator/v1/Seed", JSON.stringify(seed), { "Content-Type": "application/json" });
  }

  async reset({ all = false } = {}) {
    await this.request("POST", "/emulator/v1/Reset", all ? { Scope: "all" } : {});
  }

  async waitForMessage({ to, from, containing, status, direction, after, timeout = waitSeconds * 1_000 } = {}) {
    const Timeout = Math.min(maxWaitSeconds, Math.ceil(timeout / 1_000));
    return this.request("GET", "/emulator/v1/Messages/Wait",
      { To: to, From: from, BodyContains: containing, Status: status, Direction: direction, After: after, Timeout });
  }

  async environment(language = "node") {
    return this.request("GET", "/emulator/v1/Environment", { Language: language, Format: "json" });
  }

  async delete() {
    if (!this.#parent) throw new EmulatorError("The main account cannot be deleted: close the emulator instead.");
    await this.#parent.request("DELETE", `/emulator/v1/Accounts/${this.accountSid}`);
  }

  async [Symbol.asyncDispose]() {
    await this.delete();
  }

  async #send(method, path, body, headers = {}) {
    const credentials = Buffer.from(`${this.accountSid}:${this.authToken}`).toString("base64");
    const all = { Authorization: `Basic ${credentials}`, ...headers };
    let response;
    try {
      response = await fetch(this.url + path, { method, body, headers: all });
    } catch (error) {
      throw new EmulatorError(`The server at ${this.url} does not answer: ${error.cause?.message ?? error.message}`);
    }
    const text = await response.text();
    const content = /json/.test(response.headers.get("content-type") ?? "") && text ? JSON.parse(text) : text;
    if (response.ok) return content || undefined;
    const { code, message = text } = content;
    throw new EmulatorError(
      `${method} ${path} is answered with ${response.status}${code ? ` (${code})` : ""}: ${message}`,
      { status: response.status, code });
  }
}
