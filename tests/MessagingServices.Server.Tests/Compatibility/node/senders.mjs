// Every call of the SDK on short codes and alphanumeric senders.
import assert from "node:assert/strict";
import { client, emulator } from "./client.mjs";

const rejects = (call, code) => assert.rejects(call, (error) => error.code === code);
const service = client.messaging.v1.services((await client.messaging.v1.services.create({ friendlyName: "One" })).sid);

const body = await emulator("POST", "ShortCodes", { ShortCode: "12345", IsoCountry: "GB" });
const shortCode = await client.shortCodes(body.sid).update({ friendlyName: "London", smsUrl: "https://example.com/sms" });
assert.equal(shortCode.friendlyName, "London");
assert.ok(shortCode.dateCreated instanceof Date);
assert.equal((await client.shortCodes(body.sid).fetch()).smsUrl, "https://example.com/sms");
assert.deepEqual((await client.shortCodes.list({ shortCode: "12345", pageSize: 1 })).map((found) => found.sid), [body.sid]);

assert.equal((await service.shortCodes.create({ shortCodeSid: body.sid })).countryCode, "GB");
await rejects(service.shortCodes.create({ shortCodeSid: body.sid }), 21710);
assert.deepEqual((await service.shortCodes.list()).map((member) => member.shortCode), ["12345"]);
assert.deepEqual((await service.shortCodes(body.sid).fetch()).capabilities, ["SMS"]);
assert.equal(await service.shortCodes(body.sid).remove(), true);

const everywhere = await service.alphaSenders.create({ alphaSender: "Acme" });
const france = await service.destinationAlphaSenders.create({ alphaSender: "Acme FR", isoCountryCode: "FR" });
assert.equal(france.isoCountryCode, "FR");
await rejects(service.alphaSenders.create({ alphaSender: "Other" }), 21714);
assert.deepEqual((await service.alphaSenders.list()).map((sender) => sender.sid), [everywhere.sid]);
assert.deepEqual((await service.destinationAlphaSenders.list({ pageSize: 1 })).map((sender) => sender.isoCountryCode), ["FR", ""]);
assert.deepEqual((await service.destinationAlphaSenders.list({ isoCountryCode: "FR" })).map((sender) => sender.sid), [france.sid]);
assert.equal((await service.alphaSenders(everywhere.sid).fetch()).alphaSender, "Acme");
assert.equal(await service.alphaSenders(everywhere.sid).remove(), true);
assert.equal(await service.destinationAlphaSenders(france.sid).remove(), true);
await rejects(service.destinationAlphaSenders(france.sid).fetch(), 20404);
console.log("every call answered as the SDK expects");
