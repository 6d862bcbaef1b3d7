// Tests in parallel, each with an account, a clock and a handset of its own: 20, and 200 with MESSAGING_TEST_SIZE=full.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createEmulator } from "../index.js";

const size = process.env.MESSAGING_TEST_SIZE === "full" ? 200 : 20;
const settings = process.env.CONNECTION ? { "ConnectionStrings:Postgres": process.env.CONNECTION } : {};
// The same one in all of them.
const handset = "+14155550123";
let emulator;

before(async () => {
  emulator = await createEmulator({ settings });
});

after(() => emulator.close());

describe("tests in parallel", { concurrency: true }, () => {
  for (let index = 0; index < size; index++)
    test(`test ${index}`, async (context) => {
      const account = await emulator.createAccount({ name: `Test ${index}` });
      context.after(() => account.delete());
      const shop = await account.buyNumber();
      const isFrozen = index % 2 === 0;
      const isLost = index % 5 === 0;
      if (isFrozen) await account.request("POST", "/emulator/v1/Clock", { Frozen: true });
      const lose = { To: handset, Outcome: "undelivered", ErrorCode: 30003 };
      if (isLost) await account.request("POST", "/emulator/v1/CarrierRules", lose);

      const code = String(100_000 + index);
      const sent = await send(account, { From: shop, To: handset, Body: `Your code is ${code}` });
      if (isFrozen) await account.request("POST", "/emulator/v1/Clock", { Advance: `P${index + 1}D` });

      if (isLost) {
        const { error_code } = await account.waitForMessage({ to: handset, status: "undelivered" });
        assert.equal(error_code, 30003);
        return;
      }
      const message = await account.waitForMessage({ to: handset, status: "delivered" });
      assert.equal(message.sid, sent.sid);
      const { codes } = await account.request("GET", `/emulator/v1/Messages/${sent.sid}/Extracts`);
      assert.deepEqual(codes, [code]);
      await account.request("POST", "/emulator/v1/InboundMessages", { From: handset, To: shop, Body: "STOP" });
      await assert.rejects(send(account, { From: shop, To: handset, Body: "Still there?" }), { code: 21610 });
    });
});

function send(account, parameters) {
  return account.request("POST", `/2010-04-01/Accounts/${account.accountSid}/Messages.json`, parameters);
}
