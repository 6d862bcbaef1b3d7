// Over plain http from another machine: one signs in, the list is live, copying works, and one signs out.
import assert from "node:assert/strict";
import { ACCOUNT_SID, AUTH_TOKEN, BASE_URL, expectComplaints, done, row, send, service, shared } from "./console.mjs";

const { sid: MessagingServiceSid } = await service();
const url = BASE_URL.replace("127.0.0.1", "console.test");
const page = await shared.newPage();
await page.goto(`${url}/console/messages`);
assert.equal(await page.evaluate(() => isSecureContext), false);

// Wrong credentials are refused in the form, not by the browser's own question.
await page.locator("[name=Username]").fill(ACCOUNT_SID);
await page.locator("[name=Password]").fill("wrong");
expectComplaints((message) => message.text().includes("401"));
await page.getByTestId("sign-in").click();
await page.getByRole("alert").waitFor();
expectComplaints(() => false);

// The development token is offered while it holds.
await page.getByRole("button", { name: "Fill it in" }).click();
assert.equal(await page.locator("[name=Password]").inputValue(), AUTH_TOKEN);
await page.getByTestId("sign-in").click();
await page.getByRole("heading", { name: "Messages", level: 1 }).waitFor();

const sent = await send({ MessagingServiceSid, To: "+14155550123", Body: "Across the network" });
await row(page, sent.sid).waitFor();
await row(page, sent.sid).click();
await page.getByTestId("timeline").waitFor();
await page.getByRole("button", { name: "Copy SID" }).click();
await page.getByRole("status").getByText("Copied").first().waitFor({ state: "attached" });


// What was copied can be pasted.
await page.goBack();
await page.getByTestId("search").focus();
await page.getByTestId("search").press("Control+v");
await page.waitForFunction((sid) => document.querySelector("[data-testid=search]").value === sid, sent.sid);

await page.getByTestId("sign-out").click();
await page.getByTestId("sign-in").waitFor();
await page.reload();
await page.getByTestId("sign-in").waitFor();
await done();
