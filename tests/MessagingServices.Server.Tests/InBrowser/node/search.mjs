// A search stands in the address: it survives a reload, and a link shows it.
import assert from "node:assert/strict";
import { done, open, row, send, service } from "./console.mjs";

const { sid: MessagingServiceSid } = await service();
const wanted = await send({ MessagingServiceSid, To: "+14155550123", Body: "Your code is 482913" });
const other = await send({ MessagingServiceSid, To: "+14155550124", Body: "Something else" });
const page = await open("/messages");
await row(page, other.sid).waitFor();
await page.keyboard.press("/");
assert.equal(await page.evaluate(() => document.activeElement.dataset.testid), "search");
await page.keyboard.type("code to:+14155550123");
await row(page, other.sid).waitFor({ state: "detached" });
await row(page, wanted.sid).waitFor();
assert.equal(new URL(page.url()).searchParams.get("q"), "code to:+14155550123");

await page.reload();
await row(page, wanted.sid).waitFor();
assert.equal(await page.getByTestId("search").inputValue(), "code to:+14155550123");
assert.equal(await page.getByTestId("message-row").count(), 1);

// What is sent while one searches appears when it matches.
const late = await send({ MessagingServiceSid, To: "+14155550123", Body: "Another code: 1234" });
await send({ MessagingServiceSid, To: "+14155550124", Body: "No match: code" });
await row(page, late.sid).waitFor();
assert.equal(await page.getByTestId("message-row").count(), 2);
await done();
