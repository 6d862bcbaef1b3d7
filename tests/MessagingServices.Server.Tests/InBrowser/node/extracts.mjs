// The page of a message shows its codes and links: a code to copy, a link to open, and nothing for a text without them.
import assert from "node:assert/strict";
import { done, open, row, send, service, shared, until } from "./console.mjs";

const { sid: MessagingServiceSid } = await service();
await shared.grantPermissions(["clipboard-read", "clipboard-write"]);
const To = "+14155550123";
const coded = await send({
  MessagingServiceSid,
  To,
  Body: "Your code is 482 913. Or open https://example.com/verify/1 or www.example.com, not javascript:alert(1).",
});
const plain = await send({ MessagingServiceSid, To, Body: "Your order 482913 arrives on 12/05/2026." });

const page = await open("/messages");
await row(page, coded.sid).click();
const code = page.getByTestId("extracts-code");
await code.first().waitFor();
assert.equal((await code.locator(".code").allTextContents()).join(), "482913");
await code.getByRole("button").click();
await until(async () => (await page.evaluate(() => navigator.clipboard.readText())) === "482913", "The code is copied");
const links = page.getByTestId("extracts-link").getByRole("link");
assert.deepEqual(await links.evaluateAll((all) => all.map((link) => [link.textContent, link.href, link.rel])), [
  ["https://example.com/verify/1", "https://example.com/verify/1", "noreferrer"],
  ["www.example.com", "https://www.example.com/", "noreferrer"],
]);

await page.keyboard.press("Escape");
await row(page, plain.sid).click();
await page.locator(".bubble .body-text", { hasText: "482913 arrives" }).waitFor();
assert.equal(await page.getByTestId("extracts").count(), 0);
await done();
