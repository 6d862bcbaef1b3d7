// Consents of the SDK, and what it is told of recipients that have opted out.
import assert from "node:assert/strict";
import { client, emulator } from "./client.mjs";

const from = "+14155550100";
const to = "+14155550123";
const number = await client.incomingPhoneNumbers.create({ phoneNumber: from });
const service = await client.messaging.v1.services.create({ friendlyName: "One" });
await client.messaging.v1.services(service.sid).phoneNumbers.create({ phoneNumberSid: number.sid });

const consent = (status, id) => ({
  contact_id: to, correlation_id: id.repeat(32), sender_id: service.sid, status, source: "website", date_of_consent: new Date().toISOString(),
});
const { items } = await client.accounts.v1.bulkConsents.create({ items: [consent("opt-out", "a"), { ...consent("opt-in", "b"), contact_id: "nobody" }] });
assert.deepEqual(items, [
  { correlation_id: "a".repeat(32), error_code: 0, error_messages: [] },
  { correlation_id: "b".repeat(32), error_code: 30646, error_messages: ["INVALID_CONTACT_ID"] },
]);

await assert.rejects(client.messages.create({ from, to, body: "Hello" }), (error) => error.code === 21610 && error.status === 400);
const accepted = await client.messages.create({ messagingServiceSid: service.sid, to, body: "Hello" });
const failed = await emulator("GET", `Messages/Wait?Status=failed&To=${encodeURIComponent(to)}`);
assert.deepEqual([failed.sid, failed.error_code], [accepted.sid, 21610]);

await client.accounts.v1.bulkConsents.create({ items: [consent("opt-in", "c")] });
await client.messages.create({ from, to, body: "Hello" });
console.log("every call answered as the SDK expects");
