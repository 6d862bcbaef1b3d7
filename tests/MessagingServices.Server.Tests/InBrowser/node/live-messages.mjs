// A message that the API takes appears in the open list by itself, and its status follows.
import assert from "node:assert/strict";
import { done, open, row, send, service } from "./console.mjs";

const { sid: MessagingServiceSid } = await service();
const page = await open("/messages");
let loads = 0;
page.on("load", () => loads++);

const sent = await send({ MessagingServiceSid, To: "+14155550123", Body: "Seen at once" });
await row(page, sent.sid).waitFor();
await page.locator(`[data-sid="${sent.sid}"][data-status=delivered]`).waitFor();
assert.equal(loads, 0);

// Away from the top, nothing moves: a button says what is new.
for (let index = 0; index < 60; index++) await send({ MessagingServiceSid, To: "+14155550123", Body: `Message ${index}` });
await row(page, (await send({ MessagingServiceSid, To: "+14155550123", Body: "The last" })).sid).waitFor();
const list = page.locator("ol[aria-label^=Messages]").locator("..");
await list.evaluate((element) => element.scrollTo(0, 800));
await page.waitForFunction((element) => element.scrollTop > 700, await list.elementHandle());
const before = await list.evaluate((element) => element.querySelectorAll("a")[12].getBoundingClientRect().top);
const sid = await list.evaluate((element) => element.querySelectorAll("a")[12].dataset.sid);
const late = await send({ MessagingServiceSid, To: "+14155550123", Body: "While reading" });
await page.getByRole("button", { name: "1 new" }).waitFor();
assert.equal(await row(page, sid).evaluate((element) => element.getBoundingClientRect().top), before);
await page.getByRole("button", { name: "1 new" }).click();
await row(page, late.sid).waitFor();

// The page of a message tells its story.
await row(page, late.sid).click();
await page.getByTestId("timeline").getByText("Delivered").first().waitFor();
await page.getByTestId("why-this-sender").getByText("+1 415 555 0100").first().waitFor();
await page.getByTestId("segments").getByText("While reading").waitFor();
await page.keyboard.press("Escape");
await row(page, late.sid).waitFor();
await done();
