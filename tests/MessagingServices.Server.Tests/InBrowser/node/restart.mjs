// A server that restarts under an open page: the page catches up by itself.
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { done, expectComplaints, open, row, send, service, until } from "./console.mjs";

const { HANDSHAKE } = process.env;
const { sid: MessagingServiceSid } = await service();
const page = await open("/messages");
const before = await send({ MessagingServiceSid, To: "+14155550123", Body: "Before" });
await row(page, before.sid).waitFor();
let loads = 0;
page.on("load", () => loads++);

// The browser itself tells of the stream that broke.
expectComplaints((message) => message.location().url.startsWith(process.env.BASE_URL));
writeFileSync(`${HANDSHAKE}/opened`, "");
await until(() => existsSync(`${HANDSHAKE}/restarted`), "the server is back");
const after = await send({ MessagingServiceSid, To: "+14155550123", Body: "After" });
await row(page, after.sid).waitFor();
await page.locator(`[data-sid="${after.sid}"][data-status=delivered]`).waitFor();
await row(page, before.sid).waitFor();
assert.equal(loads, 0);
await done();
