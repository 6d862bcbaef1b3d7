// What is not emulated is the SDK's own exception, which says so; and nothing of another product is made.
import assert from "node:assert/strict";
import { productClient as client, BASE_URL } from "./client.mjs";

const refused = (message) => (error) => {
  assert.equal(error.constructor.name, "RestException");
  assert.equal(error.status, 501);
  assert.equal(error.code, 99501);
  assert.equal(error.message, message);
  assert.equal(error.moreInfo, `${BASE_URL}/emulator/v1/Fidelity`);
  return true;
};

await assert.rejects(client.conversations.v1.services.create({ friendlyName: "x" }), refused("This operation of conversations is not emulated: POST /v1/Services"));
await assert.rejects(client.sync.v1.services.create({ friendlyName: "x" }), refused("The product sync (sync.twilio.com) is not emulated: POST /v1/Services"));
await assert.rejects(client.verify.v2.services.create({ friendlyName: "x" }), refused("The product verify (verify.twilio.com) is not emulated: POST /v2/Services"));
await assert.rejects(client.verify.v2.services.list(), refused("The product verify (verify.twilio.com) is not emulated: GET /v2/Services"));
await assert.rejects(client.notify.v1.services.create({ friendlyName: "x" }), refused("The product notify (notify.twilio.com) is not emulated: POST /v1/Services"));
await assert.rejects(client.calls.create({ to: "+14155550100", from: "+14155550101", url: "https://example.com" }), (error) => error.status === 501);
assert.equal((await client.messaging.v1.services.list()).length, 0);
assert.equal((await client.conversations.v1.services.list()).length, 1);
console.log("every call answered as the SDK expects");
