// A handset sends pictures, copies codes and links, and has a WhatsApp thread with read receipts.
import assert from "node:assert/strict";
import { ACCOUNT_SID, AUTH_TOKEN, BASE_URL, call, context, done, open, send, service } from "./console.mjs";

const { sid: MessagingServiceSid } = await service();
const whatsApp = await fetch(`${BASE_URL}/v2/Channels/Senders`, {
  method: "POST",
  headers: { Authorization: `Basic ${btoa(`${ACCOUNT_SID}:${AUTH_TOKEN}`)}`, "Content-Type": "application/json" },
  body: JSON.stringify({ sender_id: "whatsapp:+14155550109" }),
});
assert.ok(whatsApp.ok, await whatsApp.text());
const within = await context({ permissions: ["clipboard-read", "clipboard-write"] });
const page = await open("/handsets?number=%2B14155550123", within);
const phone = page.locator('[data-testid=handset][data-number="+14155550123"]');

// A code and a link, copied by a click.
const text = "Your code is 482913, see https://example.com/t/9f3k2.";
const sent = await send({ MessagingServiceSid, To: "+14155550123", Body: text });
const bubble = phone.locator(`[data-testid=handset-bubble][data-sid="${sent.sid}"]`);
assert.equal((await bubble.locator(".text").textContent()).trim(), text);
for (const copied of ["482913", "https://example.com/t/9f3k2"]) {
  await bubble.getByRole("button", { name: copied }).click();
  await page.getByText(`Copied ${copied}`).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), copied);
}

// A picture, chosen as a file.
const pixel = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
await phone.locator("input[type=file]").setInputFiles({ name: "pixel.png", mimeType: "image/png", buffer: pixel });
await phone.getByTestId("handset-send").click();
const picture = phone.locator("[data-testid=handset-bubble][data-direction=out] img");
await picture.waitFor();
await page.waitForFunction((image) => image.naturalWidth === 1, await picture.elementHandle());

// WhatsApp: the user writes first, then gets an answer, and reads it.
await phone.getByLabel("Conversation", { exact: true }).selectOption("whatsapp:+14155550109");
await phone.getByTestId("handset-input").fill("Hello there");
await phone.getByTestId("handset-input").press("Enter");
await phone.locator("[data-testid=handset-bubble][data-direction=out]", { hasText: "Hello there" }).waitFor();
const answer = await send({ From: "whatsapp:+14155550109", To: "whatsapp:+14155550123", Body: "Hello on WhatsApp" });
const green = phone.locator(`[data-testid=handset-bubble][data-sid="${answer.sid}"]`);
await green.getByRole("button", { name: "Mark as read" }).click();
await green.getByText("Read", { exact: true }).waitFor();
const { status } = await call("GET", `/2010-04-01/Accounts/${ACCOUNT_SID}/Messages/${answer.sid}.json`);
assert.equal(status, "read");
await done();
