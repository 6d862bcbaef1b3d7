// Pictures through Twilio's SDK: sent, fetched back, deleted; and as links where the recipient's carrier takes no MMS.
import assert from "node:assert/strict";
import http from "node:http";
import { ACCOUNT_SID, AUTH_TOKEN, BASE_URL, client, emulator } from "./client.mjs";

const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 255]);
const host = http.createServer((request, response) => response.setHeader("Content-Type", "image/png").end(picture));
await new Promise((listening) => host.listen(0, "127.0.0.1", listening));
const mediaUrl = [`http://127.0.0.1:${host.address().port}/cat.png`, `http://127.0.0.1:${host.address().port}/dog.png`];
const bytesOf = async (url, options) => Buffer.from(await (await fetch(url, options)).arrayBuffer());

const service = await client.messaging.v1.services.create({ friendlyName: "Pictures" });
const number = await client.incomingPhoneNumbers.create({ phoneNumber: "+14155550111" });
await client.messaging.v1.services(service.sid).phoneNumbers.create({ phoneNumberSid: number.sid });
const send = async (to) => {
  const accepted = await client.messages.create({ to, messagingServiceSid: service.sid, body: "Look", mediaUrl });
  assert.match(accepted.sid, /^MM/);
  assert.equal(accepted.numMedia, "2");
  await emulator("GET", `Messages/Wait?Timeout=30&Status=delivered&To=${encodeURIComponent(to)}`);
  return client.messages(accepted.sid).fetch();
};

const mms = await send("+14155550123");
const media = await mms.media().list({ pageSize: 1 });
assert.equal(media.length, 2);
assert.equal(media[0].contentType, "image/png");
assert.ok(media[0].dateCreated instanceof Date);
assert.equal((await client.messages(mms.sid).media.list({ dateCreatedAfter: new Date(Date.now() + 86_400_000 * 2) })).length, 0);
assert.equal((await client.messages(mms.sid).media(media[0].sid).fetch()).parentSid, mms.sid);
const authorization = `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString("base64")}`;
assert.deepEqual(await bytesOf(`${BASE_URL}${media[0].uri.replace(".json", "")}`, { headers: { authorization } }), picture);
assert.equal(await client.messages(mms.sid).media(media[0].sid).remove(), true);
assert.equal((await mms.media().list()).length, 1);

await emulator("POST", "CarrierRules", { To: "+14155550124", SupportsMms: "false" });
const sms = await send("+14155550124");
const [text, ...links] = sms.body.split("\n");
assert.equal(text, "Look");
assert.equal(links.length, 2);
assert.deepEqual(await bytesOf(links[1]), picture);

host.close();
console.log("every call answered as the SDK expects");
