// What a message can be asked for besides, its price, feedback on it, and content templates, by the SDK.
import assert from "node:assert/strict";
import { client, emulator } from "./client.mjs";
import { startReceiver, until } from "./receiver.mjs";

const code = (expected) => (error) => {
  assert.equal(error.code, expected);
  return true;
};
const from = "+14155550191";
await client.incomingPhoneNumbers.create({ phoneNumber: from });
const receiver = await startReceiver("/status");
const to = "+14155550192";
const ended = async (sid) => {
  await until(async () => ["delivered", "undelivered", "failed"].includes((await client.messages(sid).fetch()).status));
  return client.messages(sid).fetch();
};

// Everything that the SDK can send.
const created = await client.messages.create({
  to, from, body: "Your code is 1234",
  statusCallback: receiver.url,
  applicationSid: "AP0123456789abcdef0123456789abcdef",
  maxPrice: 0.05,
  provideFeedback: true,
  attempt: 2,
  validityPeriod: 600,
  forceDelivery: true,
  contentRetention: "discard",
  addressRetention: "obfuscate",
  persistentAction: ["geo:37.787890,-122.391664|375 Beale St"],
  trafficType: "free",
  shortenUrls: false,
  riskCheck: "disable",
});
assert.equal(created.body, "Your code is 1234");
assert.equal(created.price, null);
const delivered = await ended(created.sid);
assert.equal(delivered.body, "");
assert.equal(delivered.to, "+1415555XXXX");
assert.equal(delivered.price, "-0.00830");
assert.equal(delivered.priceUnit, "USD");
await until(() => receiver.received.length >= 2);
assert.ok(receiver.received.every(({ parameters }) => parameters.To === to));
receiver.close();

for (const [parameters, expected] of [
  [{ contentRetention: "burn" }, 30029], [{ addressRetention: "burn" }, 30030], [{ riskCheck: "off" }, 20001],
  [{ applicationSid: "AP0123456789abcdef0123456789abcdef" }, 21218], [{ shortenUrls: true }, 30124], [{ contentVariables: "{}" }, 21654],
]) await assert.rejects(client.messages.create({ to, from, body: "x", ...parameters }), code(expected));

const feedback = await client.messages(created.sid).feedback.create({ outcome: "confirmed" });
assert.equal(feedback.outcome, "confirmed");
assert.equal(feedback.messageSid, created.sid);
assert.ok(feedback.dateCreated instanceof Date);
assert.equal((await client.messages(created.sid).feedback.create({ outcome: "unconfirmed" })).outcome, "unconfirmed");
await assert.rejects(client.messages("SM00000000000000000000000000000000").feedback.create({ outcome: "confirmed" }), code(20404));

const contents = client.content.v1.contents;
const text = await contents.create({
  friendly_name: "Greeting",
  language: "en",
  variables: { 1: "friend", name: "ACME" },
  types: { "twilio/text": { body: "Hi {{1}}, this is {{name}}" } },
});
assert.match(text.sid, /^HX[0-9a-f]{32}$/);
assert.deepEqual(text.variables, { 1: "friend", name: "ACME" });
assert.deepEqual(text.types, { "twilio/text": { body: "Hi {{1}}, this is {{name}}" } });
assert.ok(text.dateCreated instanceof Date);
const media = await contents.create({ language: "en", types: { "twilio/media": { body: "Look", media: ["https://example.com/{{1}}.png"] } } });
const fetched = await contents(text.sid).fetch();
assert.equal(fetched.friendlyName, "Greeting");
assert.deepEqual((await contents.list({ pageSize: 1 })).map((template) => template.sid), [media.sid, text.sid]);

const greeting = await client.messages.create({ to, from, contentSid: text.sid, contentVariables: JSON.stringify({ 1: "Ann" }) });
assert.equal(greeting.body, "Hi Ann, this is ACME");
assert.equal((await ended(greeting.sid)).status, "delivered");
const picture = await client.messages.create({ to, from, contentSid: media.sid, contentVariables: JSON.stringify({ 1: "cat" }) });
assert.match(picture.sid, /^MM/);
assert.equal(picture.numMedia, "1");
await assert.rejects(client.messages.create({ to, from, contentSid: text.sid, contentVariables: "Ann" }), code(21656));
assert.equal(await contents(text.sid).remove(), true);
await assert.rejects(client.messages.create({ to, from, contentSid: text.sid }), code(21655));
await assert.rejects(contents(text.sid).fetch(), code(20404));
await assert.rejects(contents.create({ language: "en", types: {} }), code(20001));

// One in two fails, and always the same.
await emulator("POST", "CarrierRules", { Outcome: "failed", Percent: "50", Seed: "4", BodyContains: "draw" });
const ends = [];
for (let i = 0; i < 6; i++) ends.push((await ended((await client.messages.create({ to: "+14155550193", from, body: `draw ${i}` })).sid)).status);
await emulator("POST", "Reset", {});
await emulator("POST", "CarrierRules", { Outcome: "failed", Percent: "50", Seed: "4", BodyContains: "draw" });
const again = [];
for (let i = 0; i < 6; i++) again.push((await ended((await client.messages.create({ to: "+14155550193", from, body: `draw ${-i}` })).sid)).status);
assert.deepEqual(again, ends);
assert.deepEqual([...new Set(ends)].sort(), ["delivered", "failed"]);
console.log("every call answered as the SDK expects");
