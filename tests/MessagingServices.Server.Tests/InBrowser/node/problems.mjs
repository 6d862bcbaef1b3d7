// What goes wrong is said in words, and nothing beside it says otherwise.
import assert from "node:assert/strict";
import { context, done, expectComplaints, open, row, send, service } from "./console.mjs";

const { sid: MessagingServiceSid } = await service();
const sent = await send({ MessagingServiceSid, To: "+14155550123", Body: "Hello" });

// The browser itself says that these requests fail.
expectComplaints((message) => /status of 40[04]/.test(message.text()));
const narrow = await context({ viewport: { width: 390, height: 844 } });
const page = await open("/messages?q=status:lost", narrow);
await page.getByRole("alert").getByText("'lost' is no value of status:").waitFor();
assert.equal(await page.getByText("All messages were searched").count(), 0);
await page.getByTestId("search").fill("status:delivered");
await row(page, sent.sid).waitFor();
assert.equal(await page.getByRole("alert").count(), 0);

const unknown = sent.sid.replace(/.{4}$/, "0000");
for (const path of [`/messages/${unknown}`, "/services/MG00000000000000000000000000000999"]) {
  const missing = await open(path, narrow);
  await missing.getByRole("alert").getByText("This account has no such thing").waitFor();
  assert.ok(await missing.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
}
await done();
