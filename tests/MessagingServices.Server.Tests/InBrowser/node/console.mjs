// A browser with the console of the server under test, and the API beside it.
import { chromium } from "playwright-core";

export const { BASE_URL, ACCOUNT_SID, AUTH_TOKEN } = process.env;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  // As root, in containers, there is no sandbox to have. The name is another machine as far as the browser knows.
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--host-resolver-rules=MAP console.test 127.0.0.1"],
});

// What the browser's console says is an error of the test, unless the test expects it.
const complaints = [];
let expected = () => false;

export const expectComplaints = (fits) => (expected = fits);

export async function context(options = {}) {
  const made = await browser.newContext({ viewport: { width: 1280, height: 820 }, ...options });
  made.setDefaultTimeout(30_000);
  made.on("weberror", (error) => complaints.push(error.error().message));
  made.on("console", (message) => {
    if (message.type() === "error" && !expected(message)) complaints.push(`${message.text()} ${message.location().url}`);
  });
  return made;
}

export const shared = await context();

// A tab at a place of the console, once its page is there.
export async function open(path, within = shared) {
  const page = await within.newPage();
  await page.goto(`${BASE_URL}/console${path}`);
  await page.locator("h1").waitFor();
  return page;
}

export const row = (page, sid) => page.locator(`[data-testid=message-row][data-sid="${sid}"]`);

const authorization = `Basic ${btoa(`${ACCOUNT_SID}:${AUTH_TOKEN}`)}`;

export async function call(method, path, form, credentials = authorization) {
  const query = form && method === "GET" ? `?${new URLSearchParams(form)}` : "";
  const response = await fetch(BASE_URL + path + query, {
    method,
    headers: { Authorization: credentials },
    ...(form && method !== "GET" ? { body: new URLSearchParams(form) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

export const send = (form) => call("POST", `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages.json`, form);

// A Messaging Service with one phone number of the US.
export async function service(settings = {}, number = "+14155550100") {
  const made = await call("POST", "/v1/Services", { FriendlyName: "Demo", ...settings });
  const phone = await call("POST", `/2010-04-01/Accounts/${ACCOUNT_SID}/IncomingPhoneNumbers.json`, { PhoneNumber: number });
  await call("POST", `/v1/Services/${made.sid}/PhoneNumbers`, { PhoneNumberSid: phone.sid });
  return { sid: made.sid, number };
}

export async function until(holds, what) {
  for (let round = 0; round < 300; round++) {
    if (await holds()) return;
    await new Promise((next) => setTimeout(next, 100));
  }
  throw new Error(`Not so within 30 seconds: ${what}`);
}

// The end of a script: the browser's console must be empty.
export async function done() {
  await browser.close();
  if (complaints.length > 0) throw new Error(`The browser's console says:\n${complaints.join("\n")}`);
}
