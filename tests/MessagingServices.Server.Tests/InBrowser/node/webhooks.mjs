// A webhook is replayed, from its row.
import { createServer } from "node:http";
import assert from "node:assert/strict";
import { done, open, send, service, until } from "./console.mjs";

const seen = [];
const application = createServer((request, response) => {
  seen.push(request.headers["i-twilio-idempotency-token"]);
  response.end("ok");
}).listen(0, "127.0.0.1");
await new Promise((listening) => application.once("listening", listening));
const StatusCallback = `http://127.0.0.1:${application.address().port}/status`;

const { sid: MessagingServiceSid } = await service();
const page = await open("/webhooks");
await send({ MessagingServiceSid, To: "+14155550123", Body: "Hello", StatusCallback });
const last = page.locator("[data-testid=webhook-row][data-outcome=delivered]", { hasText: "delivered" }).first();
await last.getByText("Status callback, delivered").waitFor();
await until(() => seen.length >= 3, "all callbacks arrive");
const before = seen.length;
await last.getByTestId("webhook-replay").click();
await until(() => seen.length === before + 1, "the callback arrives again");
assert.equal(new Set(seen).size, before);

// Its exchange, and how it was signed.
await last.getByRole("button", { expanded: false }).click();
await last.getByRole("tab", { name: "Signature" }).click();
await last.getByText("HMAC-SHA1").waitFor();
application.close();
await done();
