// An application that repeats a create when the connection breaks sends twice if the answer was lost, and once if the request was.
import assert from "node:assert/strict";
import { ACCOUNT_SID, client, emulator } from "./client.mjs";

const from = "+14155550171";
await client.incomingPhoneNumbers.create({ phoneNumber: from });

async function sendWithRetries(to) {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.messages.create({ to, from, body: "Your code is 1234" });
      return attempt;
    } catch (error) {
      // An error of the connection has no HTTP status.
      if (error.status || attempt === 3) throw error;
    }
  }
}

for (const [disconnect, to, sent] of [["before", "+14155550123", 1], ["after", "+14155550124", 2]]) {
  const rule = await emulator("POST", "RequestRules", {
    Method: "POST", Path: "/2010-04-01/Accounts/{AccountSid}/Messages.json", To: to, Disconnect: disconnect, Times: 1,
  });
  assert.equal(rule.account_sid, ACCOUNT_SID);
  assert.equal(await sendWithRetries(to), 2);
  assert.equal((await client.messages.list({ to })).length, sent, disconnect);
  assert.equal((await emulator("GET", `RequestRules/${rule.sid}`)).times_used, 1);
}

// The SDK has its own error for Twilio's, and the seconds to wait.
await emulator("POST", "RequestRules", { StatusCode: 429, RetryAfter: 3, Times: 1 });
await assert.rejects(client.messages.list(), { status: 429, code: 20429 });
assert.equal((await client.messages.list({ to: "+14155550124" })).length, 2);
