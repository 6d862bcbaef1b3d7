// Number search and purchase, applications, balance, usage, approvals, typing, deactivations and alerts.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { ACCOUNT_SID, client, emulator } from "./client.mjs";

const code = (expected) => (error) => {
  assert.equal(error.code, expected);
  return true;
};
const until = async (read, condition) => {
  for (const end = Date.now() + 20_000; ; ) {
    const value = await read();
    if (condition(value)) return value;
    assert.ok(Date.now() < end, JSON.stringify(value));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const countries = await client.availablePhoneNumbers.list();
assert.ok(countries.some((country) => country.countryCode === "US"));
assert.equal((await client.availablePhoneNumbers("GB").fetch()).country, "United Kingdom");
const found = await client.availablePhoneNumbers("US").local.list({ areaCode: 510, smsEnabled: true, limit: 3 });
assert.equal(found.length, 3);
assert.equal(found[0].capabilities.sms, true);
const number = await client.incomingPhoneNumbers.create({ phoneNumber: found[0].phoneNumber });
assert.equal(number.phoneNumber, found[0].phoneNumber);
assert.equal((await client.availablePhoneNumbers("US").local.list({ areaCode: 510, limit: 1 }))[0].phoneNumber, found[1].phoneNumber);
assert.match((await client.availablePhoneNumbers("US").tollFree.list({ areaCode: 888, limit: 1 }))[0].phoneNumber, /^\+1888/);
assert.match((await client.availablePhoneNumbers("GB").mobile.list({ limit: 1 }))[0].phoneNumber, /^\+447/);
assert.match((await client.incomingPhoneNumbers.create({ areaCode: "510" })).phoneNumber, /^\+1510/);

const application = await client.applications.create({ friendlyName: "App", smsUrl: "https://example.com/sms" });
assert.equal((await client.applications(application.sid).update({ friendlyName: "Other" })).friendlyName, "Other");
assert.deepEqual((await client.applications.list({ friendlyName: "Other" })).map((found) => found.sid), [application.sid]);
assert.equal((await client.incomingPhoneNumbers(number.sid).update({ smsApplicationSid: application.sid })).smsApplicationSid, application.sid);
assert.equal(await client.applications(application.sid).remove(), true);
await assert.rejects(client.applications(application.sid).fetch(), code(20404));

await client.messages.create({ from: number.phoneNumber, to: "+14155550199", body: "Hi" });
const today = await until(() => client.usage.records.today.list({ category: "sms-outbound" }), ([record]) => record.count === "1");
assert.equal(today[0].category, "sms-outbound");
assert.ok((await client.usage.records.daily.list({ limit: 5 })).length === 5);
const balance = await client.balance.fetch();
assert.equal(balance.accountSid, ACCOUNT_SID);
assert.equal(balance.currency, "USD");
assert.ok(Number(balance.balance) < 1000);

const content = await client.content.v1.contents.create({ friendly_name: "Greeting", language: "en", types: { "twilio/text": { body: "Hello" } } });
const approval = await client.content.v1.contents(content.sid).approvalCreate.create({ name: "greeting", category: "UTILITY" });
assert.equal(approval.status, "received");
await emulator("POST", "Clock", { Advance: "PT1H" });
assert.equal((await client.content.v1.contents(content.sid).approvalFetch().fetch()).whatsapp.status, "approved");
assert.equal((await client.content.v1.contentAndApprovals.list())[0].approvalRequests.status, "approved");
assert.equal((await client.content.v2.contentAndApprovals.list({ channelEligibility: ["whatsapp:approved"] })).length, 1);
assert.equal((await client.content.v2.contents.list({ language: ["en", "de"], contentName: "^Greet" })).length, 1);
assert.deepEqual(await client.content.v1.legacyContents.list(), []);
const changed = await client.content.v1.contents(content.sid).update({ types: { "twilio/text": { body: "Bye" } } });
assert.equal(changed.types["twilio/text"].body, "Bye");

await client.messaging.v2.channelsSenders.create({ sender_id: "whatsapp:+14155550111" });
const inbound = await emulator("POST", "InboundMessages", { From: "whatsapp:+14155550112", To: "whatsapp:+14155550111", Body: "Hi" });
if (client.messaging.v2.typingIndicator) {
  assert.equal((await client.messaging.v2.typingIndicator.create({ channel: "whatsapp", messageId: inbound.sid })).success, true);
}
assert.ok(await client.messaging.v1.deactivations().fetch({ date: new Date("2024-01-02") }));

const refusing = createServer((_, response) => response.writeHead(500).end()).listen(0);
const url = `http://127.0.0.1:${refusing.address().port}/`;
const sent = await client.messages.create({ from: number.phoneNumber, to: "+14155550199", body: "Hi", statusCallback: url });
const alerts = await until(() => client.monitor.v1.alerts.list({ logLevel: "error" }), (list) => list.length > 0);
assert.equal(alerts[0].resourceSid, sent.sid);
assert.equal(alerts[0].errorCode, "11217");
assert.equal((await client.monitor.v1.alerts(alerts[0].sid).fetch()).requestUrl, url);
assert.deepEqual(await client.monitor.v1.events.list(), []);
refusing.close();
console.log("every call answered as the SDK expects");
