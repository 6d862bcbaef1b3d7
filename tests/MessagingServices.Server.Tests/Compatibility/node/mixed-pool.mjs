// A pool of every type of sender writes to seven countries; each sender is the one that Twilio's documentation names.
import assert from "node:assert/strict";
import { client, emulator } from "./client.mjs";
import { until } from "./receiver.mjs";

const LOCAL = "+14155550171", TOLL_FREE = "+18005550171", BRITISH = "+447700900171", SHORT_CODE = "12345", ALPHA = "ACME", RCS = "rcs:acme_agent";

const service = await client.messaging.v1.services.create({ friendlyName: "Every type" });
const pool = client.messaging.v1.services(service.sid);
for (const phoneNumber of [LOCAL, TOLL_FREE, BRITISH]) {
  const { sid } = await client.incomingPhoneNumbers.create({ phoneNumber });
  await pool.phoneNumbers.create({ phoneNumberSid: sid });
}
const { sid: shortCodeSid } = await emulator("POST", "ShortCodes", { ShortCode: SHORT_CODE, IsoCountry: "US" });
await pool.shortCodes.create({ shortCodeSid });
await pool.alphaSenders.create({ alphaSender: ALPHA });
const { sid: channelSenderSid } = await client.messaging.v2.channelsSenders.create({ sender_id: RCS });
await pool.channelSenders.create({ sid: channelSenderSid });

const RECIPIENTS = {
  US: "+14155552671", CA: "+16135552671", GB: "+447700900222", DE: "+4915112345678", KR: "+821012345678", PR: "+17875552671", JM: "+18765552671",
};

async function senderOf(country) {
  const { sid, status } = await client.messages.create({ to: RECIPIENTS[country], messagingServiceSid: service.sid, body: `To ${country}` });
  assert.equal(status, "accepted");
  let message;
  await until(async () => (message = await client.messages(sid).fetch()).status === "delivered");
  return message.from;
}

// "Selects a From sender by type in this priority order: 1. RCS sender." Where none is approved in the country, any is taken,
// "since RCS messages route over the internet".
for (const country of Object.keys(RECIPIENTS)) assert.equal(await senderOf(country), RCS, country);

// Handsets without RCS get the same message as SMS, from the other senders by the usual rules.
await emulator("POST", "CarrierRules", { SupportsRcs: false });
const expected = {
  US: [SHORT_CODE, "the second type in the order is the short code, and this one is of the US"],
  CA: [TOLL_FREE, "the short code is of the US, Canada takes no alphanumeric senders, and toll-free numbers are prioritized over long codes there"],
  GB: [ALPHA, "the third type is the alphanumeric sender, which the United Kingdom takes; it comes before the British number"],
  DE: [ALPHA, "Germany takes alphanumeric senders, which come before phone numbers"],
  KR: [LOCAL, "South Korea takes no alphanumeric senders and no number is Korean, so a US number is taken first"],
  PR: [LOCAL, "Puerto Rico takes no alphanumeric senders, its +1 is not the US for short codes, toll-free serves the US and Canada: a US number"],
  JM: [ALPHA, "Jamaica is +1 too, but a country of its own, and takes alphanumeric senders"],
};
for (const [country, [sender, why]] of Object.entries(expected)) assert.equal(await senderOf(country), sender, `${country}: ${why}`);

// "All subsequent messages sent to that recipient from the Service also use the same From number."
for (const [country, [sender]] of Object.entries(expected)) assert.equal(await senderOf(country), sender, `${country}, sticky`);

// "WhatsApp senders are selected only when the To phone number is prefixed with whatsapp:" - and this pool has none.
const failed = await client.messages.create({ to: `whatsapp:${RECIPIENTS.US}`, messagingServiceSid: service.sid, body: "WhatsApp" });
await until(async () => (await client.messages(failed.sid).fetch()).status === "failed");
assert.equal((await client.messages(failed.sid).fetch()).errorCode, 21703);

// FallbackFrom of the SDK.
const { phoneNumber: elsewhere } = await client.incomingPhoneNumbers.create({ phoneNumber: "+12125550171" });
const fallback = await client.messages.create({ to: "+12125552671", messagingServiceSid: service.sid, fallbackFrom: elsewhere, body: "Fallback" });
await until(async () => (await client.messages(fallback.sid).fetch()).status === "delivered");
assert.equal((await client.messages(fallback.sid).fetch()).from, elsewhere);

console.log("every sender is the documented one");
