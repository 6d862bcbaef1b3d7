// Every call of the SDK on conversations; its own base URL is set, as users of a self-hosted server set it.
import assert from "node:assert/strict";
import { client, BASE_URL } from "./client.mjs";

const code = (expected) => (error) => {
  assert.equal(error.code, expected);
  return true;
};

client.conversations.baseUrl = BASE_URL;
const { conversations, addressConfigurations, configuration, participantConversations } = client.conversations.v1;
const number = await client.incomingPhoneNumbers.create({ phoneNumber: "+14155550142" });
const handset = "+12125550143";

const created = await conversations.create({ friendlyName: "Taxi", uniqueName: "taxi", attributes: JSON.stringify({ ride: 7 }) });
assert.match(created.sid, /^CH[0-9a-f]{32}$/);
assert.equal(created.state, "active");
assert.ok(created.dateCreated instanceof Date);
await assert.rejects(conversations.create({ uniqueName: "taxi" }), code(50353));
assert.equal((await conversations("taxi").fetch()).sid, created.sid);
assert.equal((await conversations(created.sid).update({ friendlyName: "Cab" })).friendlyName, "Cab");

const { participants, messages } = conversations(created.sid);
const bound = await participants.create({ "messagingBinding.address": handset, "messagingBinding.proxyAddress": number.phoneNumber });
assert.deepEqual(bound.messagingBinding, { type: "sms", address: handset, proxy_address: number.phoneNumber });
const clerk = await participants.create({ identity: "clerk" });
assert.equal(clerk.messagingBinding, null);
await assert.rejects(participants.create({ identity: "clerk" }), code(50433));
const second = await conversations.create();
await assert.rejects(
  conversations(second.sid).participants.create({ "messagingBinding.address": handset, "messagingBinding.proxyAddress": number.phoneNumber }),
  code(50416),
);
assert.deepEqual((await participants.list({ pageSize: 1 })).map((found) => found.sid), [bound.sid, clerk.sid]);
assert.equal((await participants("clerk").update({ attributes: "{\"shift\":1}" })).attributes, "{\"shift\":1}");
assert.equal((await participantConversations.list({ address: handset }))[0].conversationSid, created.sid);
assert.equal((await participantConversations.list({ identity: "clerk" }))[0].participantIdentity, "clerk");

const message = await messages.create({ author: "clerk", body: "Your taxi is here", xTwilioWebhookEnabled: "true" });
assert.equal(message.index, 0);
assert.equal(message.participantSid, clerk.sid);
assert.equal(message.delivery.total, 1);
await messages.create({ body: "Bye" });
assert.deepEqual((await messages.list({ pageSize: 1 })).map((found) => found.index), [0, 1]);
assert.deepEqual((await messages.list({ order: "desc", limit: 1 })).map((found) => found.body), ["Bye"]);
let receipts = [];
for (let i = 0; i < 500 && receipts[0]?.status !== "delivered"; i++) {
  await new Promise((resolve) => setTimeout(resolve, 20));
  receipts = await messages(message.sid).deliveryReceipts.list();
}
assert.equal(receipts[0].status, "delivered");
assert.equal(receipts[0].participantSid, bound.sid);
assert.equal((await messages(message.sid).deliveryReceipts(receipts[0].sid).fetch()).channelMessageSid, receipts[0].channelMessageSid);
const sent = await client.messages(receipts[0].channelMessageSid).fetch();
assert.deepEqual([sent.from, sent.to, sent.body], [number.phoneNumber, handset, "Your taxi is here"]);
assert.equal((await messages(message.sid).fetch()).delivery.delivered, "all");
assert.equal((await messages(message.sid).update({ body: "It left" })).body, "It left");
assert.equal(await messages(message.sid).remove(), true);

const address = await addressConfigurations.create({
  type: "sms",
  address: number.phoneNumber,
  "autoCreation.enabled": true,
  "autoCreation.type": "webhook",
  "autoCreation.webhookUrl": "https://example.com",
  "autoCreation.webhookMethod": "post",
  "autoCreation.webhookFilters": ["onParticipantAdded", "onMessageAdded"],
});
assert.deepEqual(address.autoCreation.webhook_filters, ["onParticipantAdded", "onMessageAdded"]);
assert.equal((await addressConfigurations(number.phoneNumber).fetch()).sid, address.sid);
assert.deepEqual((await addressConfigurations.list({ type: "sms" })).map((found) => found.sid), [address.sid]);
assert.equal((await addressConfigurations(address.sid).update({ "autoCreation.enabled": false })).autoCreation.enabled, false);
assert.equal(await addressConfigurations(address.sid).remove(), true);
assert.equal((await configuration().fetch()).defaultChatServiceSid, created.chatServiceSid);

const { webhooks } = conversations(created.sid);
const webhook = await webhooks.create({
  target: "webhook",
  "configuration.url": "https://example.com/told",
  "configuration.method": "get",
  "configuration.filters": ["onMessageAdded"],
});
assert.deepEqual(webhook.configuration, { url: "https://example.com/told", method: "get", filters: ["onMessageAdded"] });
assert.deepEqual((await webhooks.list()).map((found) => found.sid), [webhook.sid]);
assert.equal((await webhooks(webhook.sid).update({ "configuration.method": "post" })).configuration.method, "post");
assert.equal(await webhooks(webhook.sid).remove(), true);
await assert.rejects(webhooks(webhook.sid).fetch(), code(20404));

assert.equal(await participants("clerk").remove(), true);
assert.equal((await conversations(second.sid).update({ state: "closed" })).state, "closed");
assert.deepEqual((await conversations.list({ state: "active", pageSize: 1 })).map((found) => found.sid), [created.sid]);
assert.equal(await conversations("taxi").remove(), true);
assert.equal((await conversations.list()).length, 1);
console.log("every call answered as the SDK expects");
