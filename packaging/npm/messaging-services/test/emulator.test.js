// Starts the server that MESSAGING_SERVICES_SERVER names. With a PostgreSQL in CONNECTION, on it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { createEmulator, EmulatorError } from "../index.js";

const settings = process.env.CONNECTION ? { "ConnectionStrings:Postgres": process.env.CONNECTION } : {};
// It configures the application that is tested, and not the server: with it, the server would have another token.
process.env.Account__AuthToken = "of-the-application";
let emulator;

before(async () => {
  emulator = await createEmulator({ settings });
});

after(() => emulator.close());

test("an account has its own messages", async () => {
  const account = await emulator.createAccount({ name: "Own" });
  const from = await account.buyNumber();
  const sent = await send(account, { From: from, To: "+14155550123", Body: "Your code is 482913" });
  const message = await account.waitForMessage({ to: "+14155550123", containing: "code", status: "delivered" });
  assert.equal(message.sid, sent.sid);
  await account.reset();
  await assert.rejects(account.waitForMessage({ timeout: 0 }), { status: 404 });
});

test("an account can be seeded, gives the environment, and is deleted", async () => {
  const seed = {
    phone_numbers: [{ PhoneNumber: "+14155550177" }],
    messaging_services: [{ FriendlyName: "Alerts", senders: ["+14155550177"] }],
  };
  const account = await emulator.createAccount({ seed });
  const { services } = await account.request("GET", "/v1/Services", { PageSize: 5 });
  assert.deepEqual(services.map((service) => service.friendly_name), ["Alerts"]);
  const environment = await account.environment();
  assert.equal(environment.TWILIO_ACCOUNT_SID, account.accountSid);
  assert.equal(environment.TWILIO_AUTH_TOKEN, account.authToken);

  await account.delete();

  await assert.rejects(account.waitForMessage(), { name: "EmulatorError", status: 401, code: 20003 });
});

test("an account whose seed is refused is not there", async () => {
  await assert.rejects(
    emulator.createAccount({ name: "Refused", seed: { phone_numbers: "many" } }), { name: "EmulatorError" });
  const { accounts } = await emulator.request("GET", "/2010-04-01/Accounts.json", { FriendlyName: "Refused" });
  assert.deepEqual(accounts.filter(({ status }) => status === "active"), []);
});

test("an emulator can be one that runs already, and goes on when it is closed", async () => {
  const second = await createEmulator({ url: emulator.url });
  for (const member of ["url", "accountSid", "authToken"]) assert.equal(second[member], emulator[member]);
  await second.close();
  assert.equal((await fetch(`${emulator.url}/readyz`)).status, 200);
});

test("a server that does not start is an error with its last lines", async () => {
  await assert.rejects(createEmulator({ settings: { ...settings, "Carrier:SentDelayMs": "soon" } }), (error) =>
    error instanceof EmulatorError && /ended with exit code 1[^]*Carrier:SentDelayMs is 'soon'/.test(error.message));
  await assert.rejects(createEmulator({ server: "/nowhere/server" }), /^EmulatorError: \/nowhere\/server, the server/);
});

test("a process that forgets the emulator ends, and the server with it", async () => {
  const script = `import { createEmulator } from ${JSON.stringify(new URL("../index.js", import.meta.url))};
    const { url } = await createEmulator({ settings: ${JSON.stringify(settings)} });
    console.log(url);`;
  const options = ["--input-type=module", "--eval", script];
  const forgetful = spawn(process.execPath, options, { stdio: ["ignore", "pipe", "inherit"] });
  const [url] = await once(forgetful.stdout, "data");
  const [code] = await once(forgetful, "exit");
  assert.equal(code, 0);
  await gone(String(url).trim());
});

function send(account, parameters) {
  return account.request("POST", `/2010-04-01/Accounts/${account.accountSid}/Messages.json`, parameters);
}

async function gone(url) {
  for (;;) {
    const isThere = await fetch(`${url}/livez`, { signal: AbortSignal.timeout(5_000) }).then(() => true, () => false);
    if (!isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
