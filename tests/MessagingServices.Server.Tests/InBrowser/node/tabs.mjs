// Two tabs show two accounts; eight tabs of one account all hear of a message, through one stream, and sign out together.
import assert from "node:assert/strict";
import { call, done, open, row, send, service, shared } from "./console.mjs";

const { sid: MessagingServiceSid } = await service();
const one = await open("/messages");
const two = await open("/accounts");
await two.getByTestId("account-new").click();
await two.getByRole("textbox", { name: "Name" }).fill("Worker");
await two.getByRole("button", { name: "Create" }).click();
await two.getByRole("dialog", { name: "Subaccount created" }).waitFor();
await two.keyboard.press("Escape");
const { accounts } = await call("GET", "/2010-04-01/Accounts.json", { FriendlyName: "Worker" });
const { sid: worker, auth_token: token } = accounts[0];
await two.getByTestId("account-switch").selectOption(worker);
await two.getByRole("link", { name: "Messages", exact: true }).click();
await two.getByText("No messages yet").waitFor();

const credentials = `Basic ${btoa(`${worker}:${token}`)}`;
await call("POST", `/2010-04-01/Accounts/${worker}/IncomingPhoneNumbers.json`, { PhoneNumber: "+14155550190" }, credentials);
const theirs = await call("POST", `/2010-04-01/Accounts/${worker}/Messages.json`,
  { From: "+14155550190", To: "+14155550123", Body: "Theirs" }, credentials);
const ours = await send({ MessagingServiceSid, To: "+14155550123", Body: "Ours" });
await row(two, theirs.sid).waitFor();
await row(one, ours.sid).waitFor();
assert.equal(await row(two, ours.sid).count(), 0);
assert.equal(await row(one, theirs.sid).count(), 0);
await two.reload();
await row(two, theirs.sid).waitFor();

let streams = 0;
shared.on("request", (request) => (streams += request.url().includes("/emulator/v1/Events") ? 1 : 0));
const tabs = [one];
while (tabs.length < 8) tabs.push(await open("/messages"));
const all = await send({ MessagingServiceSid, To: "+14155550123", Body: "For all" });
await Promise.all(tabs.map((tab) => row(tab, all.sid).waitFor()));
assert.equal(streams, 0);

// The tab with the stream closes: another takes over.
await one.close();
const last = await send({ MessagingServiceSid, To: "+14155550123", Body: "After the first tab" });
await Promise.all(tabs.slice(1).map((tab) => row(tab, last.sid).waitFor()));

// One tab asks who is signed in; the answer of before the sign-out arrives only after it.
const asking = tabs[5];
let release;
const released = new Promise((resolve) => (release = resolve));
const answered = new Promise((resolve) =>
  asking.route("**/console/session", async (route) => {
    const response = await route.fetch();
    resolve();
    await released;
    await route.fulfill({ response });
  }).then(() => tabs[4].evaluate(() => new BroadcastChannel("session").postMessage("in"))));
await answered;

// One tab signs out. The others ask for nothing that they may not have any more: the browser's console stays empty.
await tabs[3].getByTestId("sign-out").click();
const signedOut = () => Promise.all([two, ...tabs.slice(1)].map((tab) => tab.getByTestId("sign-in").waitFor()));
await signedOut();
const late = asking.waitForEvent("requestfinished", (request) => request.url().endsWith("/console/session"));
release();
await late;
// What the page makes of the answer, it does before that of the next request.
await asking.evaluate(() => fetch("/livez").then((response) => response.text()));
await signedOut();
await done();
