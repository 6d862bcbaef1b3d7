// Every call of the SDK on WhatsApp and RCS senders, their pools and A2P campaigns.
import assert from "node:assert/strict";
import { client } from "./client.mjs";

const code = (expected) => (error) => {
  assert.equal(error.code, expected);
  return true;
};

const senders = client.messaging.v2.channelsSenders;
const rcs = await senders.create({
  sender_id: "rcs:brand_agent",
  profile: { name: "Brand", websites: [{ website: "https://example.com", label: "Home" }] },
});
const whatsapp = await senders.create({
  sender_id: "whatsapp:+14155550100",
  configuration: { waba_id: "1234567", verification_method: "sms" },
  webhook: { callback_url: "https://example.com/in", callback_method: "POST" },
});
assert.equal(rcs.status, "CREATING");
assert.equal(whatsapp.senderId, "whatsapp:+14155550100");
await assert.rejects(senders.create({ sender_id: "rcs:brand_agent" }), code(20409));
await assert.rejects(senders.create({ sender_id: "brand_agent" }), code(63100));

const fetched = await senders(rcs.sid).fetch();
assert.equal(fetched.status, "ONLINE");
assert.equal(fetched.profile.name, "Brand");
assert.equal(fetched.compliance.registrationSid, "");
assert.deepEqual(fetched.compliance.countries, []);
const updated = await senders(rcs.sid).update({ profile: { about: "About" } });
assert.equal(updated.status, "ONLINE:UPDATING");
assert.equal(updated.profile.about, "About");
assert.equal(updated.profile.name, "Brand");

for (let i = 0; i < 4; i++) await senders.create({ sender_id: `rcs:agent_${i}` });
assert.equal((await senders.list({ channel: "rcs", pageSize: 2 })).length, 5);
assert.deepEqual((await senders.list({ channel: "whatsapp" })).map((sender) => sender.sid), [whatsapp.sid]);

const service = await client.messaging.v1.services.create({ friendlyName: "Channels" });
const pool = client.messaging.v1.services(service.sid).channelSenders;
await pool.create({ sid: rcs.sid });
const added = await pool.create({ sid: whatsapp.sid });
assert.equal(added.messagingServiceSid, service.sid);
assert.equal(added.countryCode, "US");
await assert.rejects(pool.create({ sid: rcs.sid }), code(21710));
assert.deepEqual(
  (await pool.list({ pageSize: 1 })).map((member) => [member.senderType, member.sender]),
  [["WhatsApp", "whatsapp:+14155550100"], ["RCS", "rcs:brand_agent"]],
);
assert.equal(await client.messaging.v1.services(service.sid).channelSenders(whatsapp.sid).remove(), true);
assert.equal(await senders(rcs.sid).remove(), true);
assert.equal((await pool.list()).length, 0);

const campaigns = client.messaging.v1.services(service.sid).usAppToPerson;
const text = "Told at length, so that it has forty characters or more.";
const campaign = await campaigns.create({
  brandRegistrationSid: "BN0123456789abcdef0123456789abcdef",
  description: text,
  messageFlow: text,
  messageSamples: [text, text],
  usAppToPersonUsecase: "MARKETING",
  hasEmbeddedLinks: true,
  hasEmbeddedPhone: false,
  optInKeywords: ["START", "YES"],
});
assert.equal(campaign.campaignStatus, "VERIFIED");
assert.deepEqual(campaign.optInKeywords, ["START", "YES"]);
assert.ok(campaign.dateCreated instanceof Date);
assert.deepEqual((await campaigns.list()).map((found) => found.sid), [campaign.sid]);
assert.equal((await client.messaging.v1.services(service.sid).fetch()).usAppToPersonRegistered, true);
assert.equal((await client.messaging.v1.services(service.sid).usAppToPersonUsecases.fetch()).usAppToPersonUsecases.length, 20);
assert.equal(await client.messaging.v1.services(service.sid).usAppToPerson(campaign.sid).remove(), true);
console.log("every call answered as the SDK expects");
