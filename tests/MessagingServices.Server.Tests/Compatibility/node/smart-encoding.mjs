// Look-alikes go out as GSM-7: as the service says, as the message says, and as both show it before and after.
import assert from "node:assert/strict";
import { client } from "./client.mjs";
import { until } from "./receiver.mjs";

const curly = `“${"a".repeat(157)}—”`;
const plain = `"${"a".repeat(157)}-"`;

const service = await client.messaging.v1.services.create({ friendlyName: "Smart", smartEncoding: true });
assert.equal(service.smartEncoding, true);
const number = await client.incomingPhoneNumbers.create({ phoneNumber: "+14155550191" });
await client.messaging.v1.services(service.sid).phoneNumbers.create({ phoneNumberSid: number.sid });

async function send(more) {
  const created = await client.messages.create({ to: "+14155550192", body: curly, ...more });
  assert.equal(created.body, curly);
  await until(async () => (await client.messages(created.sid).fetch()).status === "delivered");
  const { body, numSegments } = await client.messages(created.sid).fetch();
  return { body, numSegments };
}

assert.deepEqual(await send({ messagingServiceSid: service.sid }), { body: plain, numSegments: "1" });
assert.deepEqual(await send({ messagingServiceSid: service.sid, smartEncoded: false }), { body: curly, numSegments: "3" });
assert.deepEqual(await send({ from: number.phoneNumber }), { body: curly, numSegments: "3" });
assert.deepEqual(await send({ from: number.phoneNumber, smartEncoded: true }), { body: plain, numSegments: "1" });

await client.messaging.v1.services(service.sid).update({ smartEncoding: false });
assert.deepEqual(await send({ messagingServiceSid: service.sid }), { body: curly, numSegments: "3" });
assert.deepEqual(await send({ messagingServiceSid: service.sid, smartEncoded: true }), { body: plain, numSegments: "1" });

await assert.rejects(
  client.messages.create({ to: "+14155550192", messagingServiceSid: service.sid, body: curly, smartEncoded: "perhaps" }),
  (error) => error.status === 400 && error.code === 20001,
);
console.log("6 delivered");
