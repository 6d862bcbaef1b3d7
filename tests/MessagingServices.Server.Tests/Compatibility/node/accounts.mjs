// Subaccounts, API keys and test credentials, as applications use them.
import assert from "node:assert/strict";
import { client, clientAs as as } from "./client.mjs";

const own = await client.api.v2010.accounts(client.accountSid).fetch();
assert.equal(own.status, "active");

const sub = await client.api.v2010.accounts.create({ friendlyName: "Worker" });
assert.equal(sub.ownerAccountSid, client.accountSid);
assert.ok((await client.api.v2010.accounts.list()).some((account) => account.sid === sub.sid));
const fetched = await client.api.v2010.accounts(sub.sid).fetch();
assert.deepEqual([fetched.friendlyName, fetched.authToken], ["Worker", sub.authToken]);

// The parent acts for its subaccount, by the option accountSid.
const number = await as(client.username, client.password, sub.sid)
  .incomingPhoneNumbers.create({ phoneNumber: "+14155550100" });
assert.equal(number.accountSid, sub.sid);
const worker = as(sub.sid, sub.authToken);
const sent = await worker.messages.create({ from: "+14155550100", to: "+14155550101", body: "Hi" });
assert.equal(sent.accountSid, sub.sid);
assert.equal((await client.messages.list()).length, 0);
assert.equal((await worker.api.v2010.accounts(sub.sid).fetch()).sid, sub.sid);
await assert.rejects(worker.api.v2010.accounts(client.accountSid).fetch(), (error) => error.status === 401);
await assert.rejects(worker.api.v2010.accounts.create(), (error) => error.status === 403);

// A key and its secret, with the account as an option.
const key = await client.newKeys.create({ friendlyName: "CI" });
const byKey = as(key.sid, key.secret, client.accountSid);
assert.equal((await byKey.messages.list()).length, 0);
await assert.rejects(byKey.keys.list(), (error) => error.status === 401 && error.code === 20003);
await assert.rejects(byKey.api.v2010.accounts.create(), (error) => error.status === 401);
// For the subaccount, too; and a key of the subaccount is for the subaccount only.
assert.equal((await as(key.sid, key.secret, sub.sid).messages.list()).length, 1);
const ofWorker = await worker.newSigningKeys.create({ friendlyName: "Worker's" });
assert.equal((await as(ofWorker.sid, ofWorker.secret, sub.sid).messages.list()).length, 1);
await assert.rejects(as(ofWorker.sid, ofWorker.secret, client.accountSid).messages.list(), (error) => error.status === 401);
assert.equal(await client.keys(key.sid).remove(), true);
await assert.rejects(byKey.messages.list(), (error) => error.status === 401);

const restricted = await client.iam.v1.newApiKey.create({
  accountSid: client.accountSid, keyType: "restricted", policy: { allow: ["/twilio/messaging/messages/list"] } });
const reader = as(restricted.sid, restricted.secret, client.accountSid);
assert.equal((await reader.messages.list()).length, 0);
await assert.rejects(reader.messages.create({ to: "+14155550101", from: "+14155550100", body: "Hi" }),
  (error) => error.status === 403 && error.code === 70051);
assert.ok((await client.iam.v1.getApiKeys.list({ accountSid: client.accountSid }))
  .some((listed) => listed.sid === restricted.sid));
assert.equal(await client.iam.v1.apiKey(restricted.sid).remove(), true);

await client.api.v2010.accounts(sub.sid).update({ status: "suspended" });
await assert.rejects(worker.messages.list(), (error) => error.status === 403 && error.code === 20005);

const test = as("AC00000000000000000000000000000002", "fedcba9876543210fedcba9876543210");
assert.equal((await test.messages.create({ from: "+15005550006", to: "+14155550101", body: "Hi" })).status, "queued");
await assert.rejects(test.messages.create({ from: "+15005550006", to: "+15005550009", body: "Hi" }),
  (error) => error.code === 21614);
console.log("every call answered as the SDK expects");
