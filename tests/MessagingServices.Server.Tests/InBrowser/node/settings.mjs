// A setting of a Messaging Service is changed, and kept; the pool is, too.
import assert from "node:assert/strict";
import { call, done, open, service } from "./console.mjs";

const { sid } = await service();
const page = await open(`/services/${sid}`);
const form = page.getByTestId("service-form");
await form.locator("[name=FriendlyName]").fill("Reminders");
await form.locator("[name=StickySender]").uncheck();
await form.locator("[name=ValidityPeriod]").fill("600");
await form.getByRole("button", { name: "Save settings" }).click();
await page.getByRole("heading", { name: "Reminders", level: 1 }).waitFor();

await page.reload();
assert.equal(await form.locator("[name=FriendlyName]").inputValue(), "Reminders");
assert.equal(await form.locator("[name=StickySender]").isChecked(), false);
const kept = await call("GET", `/v1/Services/${sid}`);
assert.deepEqual([kept.friendly_name, kept.sticky_sender, kept.validity_period], ["Reminders", false, 600]);

// Who would get which sender, and what changes with the pool.
const row = page.locator("[data-testid=dry-run-row][data-country=US][data-chosen='+14155550100']");
await row.first().waitFor();
await page.getByTestId("dry-run-to").fill("+14155550177");
await page.getByTestId("dry-run-to").press("Enter");
await page.locator("[data-testid=dry-run-row][data-to='+14155550177'][data-chosen='+14155550100']").waitFor();
await page.getByTestId("pool-remove").click();
await page.locator("[data-testid=dry-run-row][data-country=US][data-chosen='']").first().waitFor();
await page.locator("[name=Sid] option", { hasText: "+14155550100" }).waitFor({ state: "attached" });
await page.getByTestId("pool-add").click();
await page.getByTestId("pool-row").waitFor();
await row.first().waitFor();

// A rule of the carrier comes and goes.
await page.getByRole("link", { name: "Faults" }).click();
const rule = page.getByTestId("rule-form");
await rule.locator("[name=To]").fill("+1415*");
await rule.locator("[name=ErrorCode]").fill("30003");
await rule.getByRole("button", { name: "Add rule" }).click();
await page.getByTestId("rule-row").getByText("Undelivered, 30003").waitFor();
await page.getByTestId("rule-delete").click();
await page.getByTestId("rule-row").waitFor({ state: "detached" });
await done();
