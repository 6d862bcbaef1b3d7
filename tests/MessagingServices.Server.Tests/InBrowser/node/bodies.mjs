// Whatever people write is text: markup, 1,600 emoji, right-to-left.
import assert from "node:assert/strict";
import { done, open, row, send, service } from "./console.mjs";

const { sid: MessagingServiceSid } = await service();
const page = await open("/messages");
await page.evaluate(() => (window.touched = false));
const bodies = {
  markup: '<script>window.touched = true</script><img src=x onerror="window.touched = true"><b>bold</b>',
  emoji: "😀".repeat(800),
  arabic: "مرحبا، تم تأكيد موعدك يوم الأحد",
  override: "\u202Etxt.exe\u202C and a tail",
};
const sent = {};
for (const [name, Body] of Object.entries(bodies)) sent[name] = await send({ MessagingServiceSid, To: "+14155550123", Body });
for (const message of Object.values(sent)) await row(page, message.sid).waitFor();
await row(page, sent.markup.sid).getByText("<script>").waitFor();

for (const [name, message] of Object.entries(sent)) {
  await page.locator(`[data-sid="${message.sid}"]`).click();
  await page.getByTestId("timeline").waitFor();
  const shown = await page.locator(".bubble .body-text").textContent();
  assert.equal(shown, bodies[name]);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  await page.keyboard.press("Escape");
  await row(page, message.sid).waitFor();
}
await page.locator(`[data-sid="${sent.arabic.sid}"]`).click();
assert.equal(await page.locator(".bubble .body-text").evaluate((element) => element.matches(":dir(rtl)")), true);

// The handset shows the same.
await page.getByRole("button", { name: "Open handset" }).click();
for (const [name, message] of Object.entries(sent)) {
  const bubble = page.locator(`[data-testid=handset-bubble][data-sid="${message.sid}"] .text`);
  assert.equal((await bubble.textContent()).trim(), bodies[name]);
}
assert.equal(await page.evaluate(() => window.touched), false);
await done();
