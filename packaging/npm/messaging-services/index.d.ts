/// <reference lib="esnext.disposable" />

/** A message as the API of Twilio and of the server shows it. */
export interface EmulatedMessage {
  sid: string;
  account_sid: string;
  from: string | null;
  to: string;
  body: string;
  status: string;
  direction: string;
  error_code: number | null;
  error_message: string | null;
  messaging_service_sid: string | null;
  num_media: string;
  num_segments: string;
  [member: string]: unknown;
}

/** Which message to wait for. What is absent matches every message. */
export interface MessageFilter {
  /** The recipient, such as `+14155550123`. */
  to?: string;
  /** The sender. */
  from?: string;
  /** A part of the text, case-sensitive. */
  containing?: string;
  /** The present status, such as `delivered`. */
  status?: string;
  direction?: "inbound" | "outbound-api" | "outbound-call" | "outbound-reply";
  /** The SID of a message: the oldest matching one that was stored after it. Without it, the newest matching one. */
  after?: string;
  /** Milliseconds to wait, rounded up to seconds: 0 to 60,000. Default 10,000. */
  timeout?: number;
}

/** Values of parameters of a request; a list is a parameter that occurs several times. */
export type Parameters = Record<string, string | number | boolean | readonly string[] | null | undefined>;

/** What the emulator and each of its accounts can do. */
interface Account {
  /** The URL of the server, without a slash at the end, such as `http://127.0.0.1:43210`. */
  readonly url: string;
  /** `AC` and 32 hexadecimal digits. */
  readonly accountSid: string;
  readonly authToken: string;
  /**
   * Waits for a message of the account. It may be there already.
   * @throws {EmulatorError} 404: none came in time.
   */
  waitForMessage(filter?: MessageFilter): Promise<EmulatedMessage>;
  /**
   * The environment variables with which an application calls this server instead of Twilio, without a change of its code.
   * @param language Of the application: `node` (default), `python`, `csharp`, `java`, `go`, `php`, `ruby`, `cli` or `curl`.
   */
  environment(language?: string): Promise<Record<string, string>>;
  /** Removes the messages of the account, with all that came of them; `all`: also its numbers, services and rules. */
  reset(options?: { all?: boolean }): Promise<void>;
  /**
   * Calls any API of the server with the account's credentials, and reads its JSON.
   * @param path Such as `/emulator/v1/Clock`.
   * @param parameters A form for `POST` and `PUT`, else the query.
   * @throws {EmulatorError} The answer is an error: `status` and Twilio's `code` are those of the answer.
   */
  request<T = any>(method: "GET" | "POST" | "PUT" | "DELETE", path: string, parameters?: Parameters): Promise<T>;
}

/** An account with messages, numbers, a clock and rules of its own: tests that run at once do not notice each other. */
export interface EmulatedAccount extends Account, AsyncDisposable {
  /** Buys a number, or any free one, and returns it. */
  buyNumber(number?: string): Promise<string>;
  /** Adds numbers, senders and Messaging Services: the JSON of `POST /emulator/v1/Seed`. Returns what was made. */
  seed(seed: object): Promise<any>;
  /** Deletes the account with all that is its own. */
  delete(): Promise<void>;
}

/** A running server and its main account. */
export interface Emulator extends Account, AsyncDisposable {
  /** Makes an account. `seed` is the JSON of `POST /emulator/v1/Seed`. */
  createAccount(options?: { name?: string; seed?: object }): Promise<EmulatedAccount>;
  /** Stops the server, and waits for its end. A server that ran before goes on. */
  close(): Promise<void>;
}

export interface EmulatorOptions {
  /** A server that runs already. Default: the environment variable `MESSAGING_SERVICES_URL`; without both, one is started. */
  url?: string | URL;
  /** The main account. Default: `MESSAGING_SERVICES_ACCOUNT_SID` for a server that runs already, else the default one. */
  accountSid?: string;
  /** Default: `MESSAGING_SERVICES_AUTH_TOKEN` for a server that runs already, else the default one. */
  authToken?: string;
  /** The port of the server. Default: a free one. */
  port?: number;
  /**
   * Settings of the server, such as `{ "Clock:Frozen": true }`. Without one that names a database, the data is thrown
   * away. Variables of the environment, such as `Clock__Frozen`, do not reach the server.
   */
  settings?: Record<string, string | number | boolean>;
  /** The program to start instead of the installed one. Default: the environment variable `MESSAGING_SERVICES_SERVER`. */
  server?: string;
  /** Milliseconds until the server must be ready. Default 60,000. */
  startTimeout?: number;
  /** Ends the start. */
  signal?: AbortSignal;
  /** Gets each line that the server prints. */
  log?: (line: string) => void;
}

/**
 * Starts a server and waits until it is ready. The server does not outlive this process.
 * @throws {EmulatorError} There is no server for this machine, or it did not start. The message has its last lines.
 */
export function createEmulator(options?: EmulatorOptions): Promise<Emulator>;

/** Says what failed, and what to do. */
export class EmulatorError extends Error {
  /** The HTTP status of an answer. */
  readonly status?: number;
  /** Twilio's code of an answer. */
  readonly code?: number;
}
