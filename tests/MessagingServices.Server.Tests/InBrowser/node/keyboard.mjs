// Everything by keyboard, the focus kept while messages arrive, and no motion for those who want none.
import assert from "node:assert/strict";
import { context, done, open, row, send, service } from "./console.mjs";

const { sid: MessagingServiceSid } = await service();
const messages = [];
for (let index = 0; index < 5; index++) messages.push(await send({ MessagingServiceSid, To: "+14155550123", Body: `Message ${index}` }));
const still = await context({ reducedMotion: "reduce" });
const page = await open("/messages", still);
await row(page, messages[4].sid).waitFor();

const focused = () => page.evaluate(() => document.activeElement.dataset.sid);
await page.keyboard.press("j");
await page.keyboard.press("j");
await page.waitForFunction((sid) => document.activeElement.dataset.sid === sid, messages[3].sid);
await page.keyboard.press("k");
await page.waitForFunction((sid) => document.activeElement.dataset.sid === sid, messages[4].sid);

// New messages come above; the focus stays with its message.
for (let index = 0; index < 30; index++) await send({ MessagingServiceSid, To: "+14155550123", Body: `More ${index}` });
const last = await send({ MessagingServiceSid, To: "+14155550123", Body: "The last" });
await row(page, last.sid).waitFor();
assert.equal(await focused(), messages[4].sid);

// Enter opens, Escape goes back, x asks before it redacts.
await page.keyboard.press("Enter");
await page.getByTestId("timeline").waitFor();
await page.keyboard.press("x");
await page.getByRole("dialog", { name: "Redact this message?" }).waitFor();
await page.keyboard.press("Escape");
await page.getByRole("dialog").waitFor({ state: "detached" });
assert.equal(await page.locator(".bubble .body-text").textContent(), "Message 4");
await page.keyboard.press("Escape");
await row(page, last.sid).waitFor();

// The keys are listed, and can be switched off there.
await page.keyboard.press("?");
const help = page.getByRole("dialog", { name: "Keyboard" });
await help.getByRole("checkbox").focus();
await page.keyboard.press("Space");
await page.keyboard.press("Escape");
await page.keyboard.press("/");
assert.notEqual(await page.evaluate(() => document.activeElement.dataset.testid), "search");

// From the first page to the last with Tab and Enter alone.
const names = ["Webhooks", "Overview", "Handsets", "Faults", "Clock", "Messaging Services", "Accounts", "Connect"];
for (const name of names) {
  await page.evaluate(() => document.activeElement?.blur());
  await page.locator("a.skip").focus();
  let found = false;
  for (let presses = 0; presses < 25 && !found; presses++) {
    await page.keyboard.press("Tab");
    found = (await page.evaluate(() => document.activeElement.textContent.trim())) === name;
  }
  assert.ok(found, `${name} cannot be reached`);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name, level: 1, exact: true }).waitFor();
  assert.equal(await page.locator("nav [aria-current=page]").textContent().then((text) => text.trim()), name);
  assert.equal(await page.evaluate(() => document.querySelectorAll("h1").length), 1);
  assert.ok((await page.title()).startsWith(name));
  const moving = await page.evaluate(() => document.getAnimations().filter((one) => one.effect.getComputedTiming().duration > 1).length);
  assert.equal(moving, 0);
}
await done();
