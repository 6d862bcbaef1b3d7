import type { paths } from "./schema";

/** An error of the API, in Twilio's shape. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: number | null,
    message: string,
  ) {
    super(message);
  }
}

type Method = "get" | "post" | "delete";
type Content<R> = R extends { content: { "application/json": infer T } } ? T : undefined;
type Success<R> = Content<R[keyof R & (200 | 201 | 202)]>;
type Operation<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>;
type Response<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { responses: infer R } ? Success<R> : undefined;
type Query<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { parameters: { query?: infer Q } } ? keyof NonNullable<Q> | Paging : Paging;
type Form<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { requestBody?: infer B } ? keyof FormOf<NonNullable<B>> : never;
type FormOf<B> = B extends { content: { "application/x-www-form-urlencoded": infer F } } ? NonNullable<F> : object;
type Paging = "PageSize" | "PageToken" | "Page";

/** `undefined` is left out; an empty text is sent, because it clears a setting. */
type Value = string | number | boolean | readonly string[] | undefined | null;

export type Call<Q extends PropertyKey = string, F extends PropertyKey = string> = {
  /** The placeholders of the path. `AccountSid` is the account of the tab unless it stands here. */
  in?: Record<string, string>;
  query?: Partial<Record<Q, Value>>;
  form?: Partial<Record<F, Value>>;
  json?: unknown;
  files?: { name: string; file: File }[];
  /** With the account that is signed in, whichever account the tab shows. */
  asOwner?: boolean;
  signal?: AbortSignal;
};

/** Who calls: set by the session. */
export const caller = {
  account: null as string | null,
  owner: null as string | null,
  unauthorized: () => {},
};

export function get<P extends keyof paths>(path: P, call: Call<Query<P, "get">, never> = {}) {
  return send("GET", path, call) as Promise<Response<P, "get">>;
}

export function post<P extends keyof paths>(path: P, call: Call<Query<P, "post">, Form<P, "post">> = {}) {
  return send("POST", path, call) as Promise<Response<P, "post">>;
}

export function remove<P extends keyof paths>(path: P, call: Call<Query<P, "delete">, never> = {}) {
  return send("DELETE", path, call) as Promise<undefined>;
}

export async function send(method: string, path: string, call: Call<never, never> = {}): Promise<unknown> {
  const account = call.asOwner ? caller.owner : caller.account;
  const response = await fetch(address(path, call, account), {
    method,
    headers: headers(call, account),
    body: body(call),
    signal: call.signal ?? null,
    credentials: "same-origin",
  });
  if (response.ok) return response.status === 204 ? undefined : response.json();
  if (response.status === 401) caller.unauthorized();
  throw await error(response);
}

/** The address of the next page, which the API names with scheme and host, as a path on this server. */
export function page<T>(url: string): Promise<T> {
  const { pathname, search } = new URL(url, location.origin);
  return send("GET", pathname + search) as Promise<T>;
}

function address(path: string, call: Call<never, never>, account: string | null): string {
  const named = { AccountSid: account ?? "", ...call.in };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent((named as Record<string, string>)[name] ?? ""),
  );
  const query = parameters(call.query ?? {}).toString();
  return query ? `${filled}?${query}` : filled;
}

function headers(call: Call<never, never>, account: string | null): Record<string, string> {
  return {
    Accept: "application/json",
    ...(account ? { "X-Account": account } : {}),
    ...(call.json === undefined ? {} : { "Content-Type": "application/json" }),
  };
}

function body(call: Call<never, never>): BodyInit | null {
  if (call.json !== undefined) return JSON.stringify(call.json);
  const form = parameters(call.form ?? {});
  if (!call.files?.length) return call.form ? form : null;
  const multipart = new FormData();
  for (const [name, value] of form) multipart.append(name, value);
  for (const { name, file } of call.files) multipart.append(name, file);
  return multipart;
}

function parameters(values: object): URLSearchParams {
  const result = new URLSearchParams();
  for (const [name, value] of Object.entries(values) as [string, Value][]) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) result.append(name, String(one));
  }
  return result;
}

async function error(response: globalThis.Response): Promise<ApiError> {
  try {
    const { code, message } = (await response.json()) as { code?: number; message?: string };
    return new ApiError(response.status, code ?? null, message ?? response.statusText);
  } catch {
    return new ApiError(response.status, null, `The server answered ${response.status}.`);
  }
}

/** A sentence for people about what went wrong. */
export function explain(failure: unknown): string {
  if (failure instanceof ApiError && failure.status === 404)
    return "This account has no such thing: it was deleted, or belongs to another account.";
  if (failure instanceof ApiError) return failure.code ? `${failure.message} (${failure.code})` : failure.message;
  return "The server cannot be reached.";
}
