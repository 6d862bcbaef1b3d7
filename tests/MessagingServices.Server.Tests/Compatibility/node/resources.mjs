// Every call of the SDK on Messaging Services, phone numbers and messages that the server answers, and its errors.
import assert from "node:assert/strict";
import { client } from "./client.mjs";

const code = (expected) => (error) => {
  assert.equal(error.code, expected);
  assert.equal(error.moreInfo, `https://www.twilio.com/docs/errors/${expected}`);
  return true;
};

const service = await client.messaging.v1.services.create({ friendlyName: "One", stickySender: false, inboundRequestUrl: "https://example.com/in" });
assert.equal(service.stickySender, false);
assert.equal(service.useInboundWebhookOnNumber, false);
assert.ok(service.dateCreated instanceof Date);
const updated = await client.messaging.v1.services(service.sid).update({ friendlyName: "Two", inboundRequestUrl: "" });
assert.equal(updated.friendlyName, "Two");
assert.equal(updated.inboundRequestUrl, null);
assert.equal(updated.stickySender, false);
for (let i = 0; i < 4; i++) await client.messaging.v1.services.create({ friendlyName: `Page ${i}` });
assert.equal((await client.messaging.v1.services.list({ pageSize: 2 })).length, 5);
assert.equal((await client.messaging.v1.services.list({ limit: 3 })).length, 3);

const number = await client.incomingPhoneNumbers.create({ phoneNumber: "+447700900111", friendlyName: "London" });
assert.equal(number.capabilities.sms, true);
assert.equal(number.capabilities.mms, false);
assert.equal((await client.incomingPhoneNumbers(number.sid).update({ smsUrl: "https://example.com/sms" })).smsUrl, "https://example.com/sms");
assert.equal((await client.incomingPhoneNumbers.list({ phoneNumber: "+447700900111" }))[0].sid, number.sid);
await assert.rejects(client.incomingPhoneNumbers.create({ phoneNumber: "+447700900111" }), code(21422));
const pool = client.messaging.v1.services(service.sid).phoneNumbers;
await pool.create({ phoneNumberSid: number.sid });
await assert.rejects(pool.create({ phoneNumberSid: number.sid }), code(21710));
assert.deepEqual((await pool.list()).map((member) => member.countryCode), ["GB"]);
assert.equal(await client.messaging.v1.services(service.sid).phoneNumbers(number.sid).remove(), true);

const sent = await client.messages.create({ to: "+447700900222", from: "+447700900111", body: "Direct" });
assert.equal(sent.status, "queued");
assert.equal(sent.from, "+447700900111");
await assert.rejects(client.messages.create({ to: "+447700900222", from: "+15005550007", body: "x" }), code(21659));
await assert.rejects(client.messages(sent.sid.replace(/.$/, "0").replace(/.{8}$/, "ffffffff")).fetch(), code(20404));

const sendAt = new Date(Date.now() + 3_600_000);
const scheduled = await client.messages.create({ to: "+447700900222", messagingServiceSid: service.sid, body: "Later", scheduleType: "fixed", sendAt });
assert.equal(scheduled.status, "scheduled");
await assert.rejects(client.messages(scheduled.sid).remove(), code(20009));
const canceled = await client.messages(scheduled.sid).update({ status: "canceled" });
assert.equal(canceled.status, "canceled");
await assert.rejects(client.messages(scheduled.sid).update({ status: "canceled" }), code(30409));
assert.equal((await client.messages(scheduled.sid).update({ body: "" })).body, "");
assert.equal(await client.messages(scheduled.sid).remove(), true);
await assert.rejects(client.messages(scheduled.sid).fetch(), code(20404));

assert.equal(await client.incomingPhoneNumbers(number.sid).remove(), true);
assert.equal(await client.messaging.v1.services(service.sid).remove(), true);
await assert.rejects(client.messaging.v1.services(service.sid).fetch(), code(20404));
console.log("every call answered as the SDK expects");
