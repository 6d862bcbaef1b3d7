// The major versions of Twilio's SDK that applications still use: each sends, lists, fetches and deletes messages.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { BASE_URL, ACCOUNT_SID, AUTH_TOKEN, client } from "./client.mjs";
import { until } from "./receiver.mjs";

const require = createRequire(import.meta.url);
const server = (uri) => uri.replace(/^https:\/\/[a-z0-9.-]+\.twilio\.com/, BASE_URL);

// From 3 on, the HTTP client is a part that can be replaced.
function connect(twilio) {
  class ToServer extends twilio.RequestClient {
    request(options) {
      return super.request({ ...options, uri: server(options.uri) });
    }
  }
  const { messages } = twilio(ACCOUNT_SID, AUTH_TOKEN, { httpClient: new ToServer() });
  return {
    create: (message) => messages.create(message),
    list: (filter) => messages.list(filter),
    fetch: (sid) => messages(sid).fetch(),
    remove: (sid) => messages(sid).remove(),
  };
}

// 2 takes a host without a scheme, always calls it by https, and has the credentials in the URL.
function connectTo2(twilio) {
  const rest = new twilio.RestClient(ACCOUNT_SID, AUTH_TOKEN);
  rest.getBaseUrl = () => `${BASE_URL.replace("//", `//${ACCOUNT_SID}:${AUTH_TOKEN}@`)}/2010-04-01`;
  const { messages } = rest;
  return {
    create: (message) => messages.create(message),
    list: async (filter) => (await messages.list(filter)).messages,
    fetch: (sid) => messages(sid).get(),
    remove: (sid) => messages(sid).delete(),
  };
}

const service = await client.messaging.v1.services.create({ friendlyName: "Majors" });
const { sid: phoneNumberSid } = await client.incomingPhoneNumbers.create({ phoneNumber: "+14155550181" });
await client.messaging.v1.services(service.sid).phoneNumbers.create({ phoneNumberSid });

for (const major of [2, 3, 4, 5, 6]) {
  const twilio = require(major === 6 ? "twilio" : `twilio-${major}`);
  const messages = major === 2 ? connectTo2(twilio) : connect(twilio);
  const to = `+1415555010${major}`;

  const created = await messages.create({ to, messagingServiceSid: service.sid, body: `Hello from ${major}` });
  assert.match(created.sid, /^SM[0-9a-f]{32}$/);
  assert.equal(created.status, "accepted");
  await until(async () => (await messages.fetch(created.sid)).status === "delivered");
  const fetched = await messages.fetch(created.sid);
  assert.equal(fetched.body, `Hello from ${major}`);
  assert.equal(fetched.from, "+14155550181");
  assert.ok(fetched.dateSent instanceof Date && !Number.isNaN(fetched.dateSent.getTime()));

  const listed = await messages.list({ to, pageSize: 50 });
  assert.deepEqual(listed.map((message) => message.sid), [created.sid]);

  await messages.remove(created.sid);
  assert.deepEqual(await failure(() => messages.fetch(created.sid)), { status: 404, code: 20404 });
  assert.deepEqual(await failure(() => messages.create({ to: "+1415555", messagingServiceSid: service.sid, body: "Hi" })), {
    status: 400,
    code: 21211,
  });
  console.log(`${require(`${major === 6 ? "twilio" : `twilio-${major}`}/package.json`).version} works`);
}

async function failure(call) {
  try {
    await call();
  } catch (error) {
    return { status: error.status, code: error.code };
  }
  assert.fail("The call succeeds.");
}
