// Rules of all three families are made, shown and deleted; another page's rule appears by itself.
import assert from "node:assert/strict";
import { call, done, expectComplaints, open } from "./console.mjs";

const page = await open("/faults");
const form = page.getByTestId("rule-form");
const rows = page.getByTestId("rule-row");
const add = async (tab, fill) => {
  await page.getByRole("tab", { name: tab }).click();
  await fill();
  await form.getByRole("button", { name: "Add rule" }).click();
};

await add("Messages", async () => {
  await form.locator("[name=To]").fill("+1415*");
  await form.locator("[name=ErrorCode]").fill("30003");
});
await rows.getByText("Undelivered, 30003").waitFor();

await add("Requests", async () => {
  await form.locator("[name=Path]").fill("/2010-04-01/Accounts/{AccountSid}/Messages.json");
  await form.locator("[name=Method]").selectOption("POST");
  await form.locator("[name=StatusCode]").fill("429");
  await form.locator("[name=RetryAfter]").fill("3");
  await form.locator("[name=Times]").fill("2");
});
await rows.getByText("HTTP 429, again in 3 s").waitFor();
const { request_rules: [rule] } = await call("GET", "/emulator/v1/RequestRules");
assert.deepEqual(
  [rule.method, rule.path, rule.status_code, rule.retry_after, rule.times],
  ["POST", "/2010-04-01/Accounts/{AccountSid}/Messages.json", 429, 3, 2]);
await page.locator(`[data-testid=rule-row][data-sid=${rule.sid}]`).getByText("Used 0 of 2 times").waitFor();

await add("Webhooks", async () => {
  await form.locator("[name=Kind]").selectOption("status_callback");
  await form.locator("[name=Reorder]").check();
  await form.locator("[name=HoldMs]").fill("5000");
});
await rows.getByText("After a later one, within 5 s").waitFor();
const { webhook_rules: [webhookRule] } = await call("GET", "/emulator/v1/WebhookRules");
assert.deepEqual([webhookRule.kind, webhookRule.reorder, webhookRule.hold_ms], ["status_callback", true, 5000]);

// A mistake is told in the API's words.
expectComplaints((message) => message.location().url.endsWith("/RequestRules"));
await add("Requests", () => form.locator("[name=Path]").fill("Messages.json"));
await form.getByText("Path must be a path such as").waitFor();
await form.locator("[name=Path]").fill("");

// The console itself is never hit.
const all = await call("POST", "/emulator/v1/RequestRules", { StatusCode: 500 });
const services = await open("/services");
await services.getByText("No Messaging Services").waitFor();
await services.close();
await call("DELETE", `/emulator/v1/RequestRules/${all.sid}`);

// A preset needs no form.
await page.getByRole("button", { name: "Answer lost" }).click();
await rows.getByText("Done, and the connection breaks").waitFor();
await call("POST", "/emulator/v1/RequestRules", { Disconnect: "before", To: "+14155550199" });
await rows.getByText("Connection breaks, nothing is done").waitFor();
assert.equal(await rows.count(), 5);

for (let left = 5; left > 0; left--) {
  await page.getByTestId("rule-delete").first().click();
  await page.waitForFunction((count) => document.querySelectorAll("[data-testid=rule-row]").length === count, left - 1);
}
assert.equal((await call("GET", "/emulator/v1/RequestRules")).request_rules.length, 0);
await done();
