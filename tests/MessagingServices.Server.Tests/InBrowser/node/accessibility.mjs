// axe finds nothing on any page, light and dark, wide and narrow, with 1,000 messages, failures, rules and three
// accounts, in each dialog, and in the form to sign in.
import { readFile } from "node:fs/promises";
import { BASE_URL, call, context, done, open, send, service } from "./console.mjs";

const axe = await readFile(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const { sid: MessagingServiceSid } = await service();
await call("POST", "/emulator/v1/CarrierRules", { To: "+1212*", Outcome: "undelivered", ErrorCode: "30003", Percent: "50", Seed: "7" });
await call("POST", "/emulator/v1/CarrierRules", { BodyContains: "FREE", Outcome: "failed", Times: "5" });
for (const FriendlyName of ["Worker 1", "Worker 2"]) await call("POST", "/2010-04-01/Accounts.json", { FriendlyName });
let message;
for (let first = 0; first < 1_000; first += 20)
  [message] = await Promise.all(Array.from({ length: 20 }, (_, index) => sendOne(first + index)));

function sendOne(index) {
  const To = `+1${index % 2 ? 212 : 415}55502${String(index % 100).padStart(2, "0")}`;
  const callback = index % 5 ? {} : { StatusCallback: `${BASE_URL}/nowhere` };
  return send({ MessagingServiceSid, To, Body: `Message ${index} ’`, ...callback });
}

const SendAt = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`;
const later = await send({ MessagingServiceSid, To: message.to, Body: "Later", ScheduleType: "fixed", SendAt });
const number = message.to;
await call("POST", "/emulator/v1/InboundMessages", { From: number, To: "+14155550100", Body: "STOP" });

const pages = ["/messages", `/messages/${message.sid}`, `/messages/${later.sid}`, `/handsets?number=${encodeURIComponent(number)}`, "/services",
  `/services/${MessagingServiceSid}`, "/webhooks", "/faults", "/clock", "/overview", "/accounts", "/connect"];
const dialogs = {
  "/messages": ["Send a message", "Filters", "?"],
  [`/messages/${message.sid}`]: ["Redact", "Delete"],
  [`/messages/${later.sid}`]: ["Cancel"],
  "/services": ["New Messaging Service"],
  [`/services/${MessagingServiceSid}`]: ["Buy a number", "Delete"],
  "/webhooks": ["Replay all failed"],
  "/accounts": ["New subaccount", "Delete"],
};

const problems = [];
async function check(page, what) {
  // What follows the sizes of the page does so one frame later.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  // With axe in its own scope: the page's policy allows no scripts of others.
  const found = await page.evaluate(async (source) => {
    const module = { exports: {} };
    new Function("module", "exports", source)(module, module.exports);
    const { violations } = await module.exports.run(document);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`);
  }, axe);
  problems.push(...found.map((text) => `${what}: ${text}`));
}

for (const [colorScheme, width] of [["light", 1280], ["dark", 1280], ["light", 390], ["dark", 390]]) {
  const within = await context({ colorScheme, viewport: { width, height: 844 }, bypassCSP: true });
  for (const path of pages) {
    const page = await open(path, within);
    await page.waitForLoadState("load");
    await page.locator("main :is(table, ol, ul, form, section, .empty):visible").first().waitFor();
    const what = `${path} ${colorScheme} ${width}`;
    await check(page, what);
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) problems.push(`${what} scrolls sideways`);
    if (width === 1280)
      for (const name of dialogs[path] ?? []) {
        if (name === "?") await page.keyboard.press("?");
        else await page.locator("main").getByRole("button", { name, exact: true }).first().click();
        await page.locator("dialog[open]").waitFor();
        await check(page, `${what}, ${name}`);
        await page.keyboard.press("Escape");
        await page.locator("dialog[open]").waitFor({ state: "detached" });
      }
    await page.close();
  }

  const what = `${colorScheme} ${width}`;
  const hooks = await open("/webhooks", within);
  await hooks.getByTestId("webhook-row").first().locator("[aria-expanded=false]").click();
  await hooks.getByText("Response", { exact: true }).waitFor();
  await check(hooks, `An open webhook, ${what}`);
  const empties = width === 1280 ? pages.filter((one) => !/\/(SM|MG)/.test(one)) : [];
  for (const path of empties) {
    const empty = await open(path, within);
    await empty.getByTestId("account-switch").selectOption({ label: "Worker 1" });
    await empty.locator("main :is(table, ol, ul, form, section, .empty):visible").first().waitFor();
    await check(empty, `${path} of an account that has nothing, ${what}`);
    await empty.close();
  }
  const page = await open("/messages", within);
  await page.getByTestId("sign-out").click();
  await page.getByTestId("sign-in").waitFor();
  await check(page, `The form to sign in, ${what}`);
  await within.close();
}
if (problems.length > 0) throw new Error(problems.join("\n"));
await done();
