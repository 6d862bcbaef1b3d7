// The clock of the account is frozen and advanced; what is due is shown and reached.
import assert from "node:assert/strict";
import { done, open, row, send, service } from "./console.mjs";

const { sid: MessagingServiceSid } = await service();
const page = await open("/clock");
const now = async () => Date.parse(await page.getByTestId("clock-now").getAttribute("datetime"));
await page.getByTestId("clock-freeze").click();
await page.locator("[data-testid=clock-now][data-frozen=true]").waitFor();

// On a phone, too, there is room for the clock that is not the real one.
await page.setViewportSize({ width: 390, height: 844 });
await page.locator("header").getByText("frozen").waitFor();
for (const part of [page.getByTestId("sign-out"), page.getByTestId("account-switch"), page.locator("header").getByText("frozen")]) {
  const { x, width } = await part.boundingBox();
  assert.ok(x >= 0 && x + width <= 390, `${await part.textContent()} is cut off`);
}
await page.setViewportSize({ width: 1280, height: 820 });

const frozen = await now();
await page.locator("[data-testid=clock-advance][data-duration=PT1H]").click();
await page.waitForFunction((at) => Date.parse(document.querySelector("[data-testid=clock-now]").dateTime) === at, frozen + 3_600_000);

const SendAt = new Date(frozen + 5 * 3_600_000).toISOString();
const later = await send({ MessagingServiceSid, To: "+14155550123", Body: "Later", ScheduleType: "fixed", SendAt });
await page.getByRole("link", { name: later.sid }).waitFor();
await page.getByTestId("clock-next").click();
await page.waitForFunction((at) => Date.parse(document.querySelector("[data-testid=clock-now]").dateTime) >= at, Date.parse(SendAt) - 1_000);
assert.ok((await now()) < Date.parse(SendAt) + 60_000);
await page.getByRole("link", { name: "Messages", exact: true }).click();
await page.locator(`[data-sid="${later.sid}"][data-status=scheduled]`).waitFor({ state: "detached" });
await row(page, later.sid).waitFor();
await done();
