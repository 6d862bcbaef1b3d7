// A service with two numbers sends 20 messages: listed, fetched, delivered, and reported by signed callbacks in order.
import assert from "node:assert/strict";
import { client } from "./client.mjs";
import { startReceiver, until } from "./receiver.mjs";

const receiver = await startReceiver("/status?tenant=7&name=a%20b");

const service = await client.messaging.v1.services.create({ friendlyName: "From Node", statusCallback: receiver.url });
assert.match(service.sid, /^MG[0-9a-f]{32}$/);
assert.equal(service.validityPeriod, 36000);

const senders = [];
for (const phoneNumber of ["+14155550181", "+14155550182"]) {
  const number = await client.incomingPhoneNumbers.create({ phoneNumber });
  assert.equal(number.phoneNumber, phoneNumber);
  const pooled = await client.messaging.v1.services(service.sid).phoneNumbers.create({ phoneNumberSid: number.sid });
  assert.equal(pooled.phoneNumber, phoneNumber);
  assert.deepEqual([...pooled.capabilities].sort(), ["MMS", "SMS", "Voice"]);
  senders.push(phoneNumber);
}

const recipients = Array.from({ length: 20 }, (_, i) => `+1415555${(200 + i).toString().padStart(4, "0")}`);
const created = await Promise.all(
  recipients.map((to) => client.messages.create({ to, messagingServiceSid: service.sid, body: `Hello ${to}` })),
);
for (const message of created) {
  assert.equal(message.status, "accepted");
  assert.equal(message.from, null);
  assert.equal(message.numSegments, "0");
  assert.equal(message.dateSent, null);
  assert.ok(message.dateCreated instanceof Date);
}

const fetchAll = () => Promise.all(created.map((message) => client.messages(message.sid).fetch()));
await until(async () => (await fetchAll()).every((message) => message.status === "delivered"));
const delivered = await fetchAll();
assert.deepEqual([...new Set(delivered.map((message) => message.from))].sort(), senders);
for (const message of delivered) {
  assert.equal(message.numSegments, "1");
  assert.ok(message.dateSent instanceof Date);
}

// The SDK follows next_page_uri by itself.
const listed = await client.messages.list({ pageSize: 7 });
assert.deepEqual(new Set(listed.map((message) => message.sid)), new Set(created.map((message) => message.sid)));
assert.equal((await client.messages.list({ to: recipients[3] })).length, 1);
assert.equal((await client.messages.list({ dateSentAfter: new Date(Date.now() - 60_000) })).length, 20);
assert.equal((await client.messages.list({ dateSentBefore: new Date(Date.now() - 60_000) })).length, 0);
assert.deepEqual((await client.messaging.v1.services.list()).map((found) => found.sid), [service.sid]);

await until(() => receiver.received.length >= 60);
for (const message of created) {
  const mine = receiver.received.filter(({ parameters }) => parameters.MessageSid === message.sid);
  assert.deepEqual(mine.map(({ parameters }) => parameters.MessageStatus), ["queued", "sent", "delivered"]);
  assert.equal(new Set(mine.map(({ token }) => token)).size, 3);
}
assert.ok(receiver.received.every(({ valid }) => valid), "the SDK's validator accepts every signature");

receiver.close();
console.log(`${created.length} delivered, ${receiver.received.length} callbacks`);
