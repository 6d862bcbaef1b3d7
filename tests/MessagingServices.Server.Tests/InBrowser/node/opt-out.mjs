// STOP, answered from a handset: the next message fails with 21610, on screen.
import { call, done, open, row, send, service } from "./console.mjs";

const { sid: MessagingServiceSid } = await service();
const page = await open("/handsets");
await page.getByTestId("handset-number").fill("+14155550123");
await page.getByTestId("handset-open").click();
const phone = page.locator('[data-testid=handset][data-number="+14155550123"]');

const first = await send({ MessagingServiceSid, To: "+14155550123", Body: "Hello" });
await phone.locator(`[data-testid=handset-bubble][data-sid="${first.sid}"][data-direction=in]`).waitFor();
await phone.getByTestId("handset-stop").click();
await phone.locator("[data-testid=handset-bubble][data-direction=out]", { hasText: "STOP" }).waitFor();
await phone.locator("[data-testid=handset-bubble][data-direction=in]", { hasText: "unsubscribed" }).waitFor();

const second = await send({ MessagingServiceSid, To: "+14155550123", Body: "Are you there?" });
await page.getByRole("link", { name: "Messages", exact: true }).click();
await row(page, second.sid).getByText("21610").waitFor();

// A reply in words, and the network.
await page.goBack();
await phone.getByTestId("handset-start").click();
await phone.getByTestId("handset-input").fill("I am back");
await phone.getByTestId("handset-send").click();
await phone.locator("[data-testid=handset-bubble][data-direction=out]", { hasText: "I am back" }).waitFor();
await phone.getByTestId("handset-network").click();
await phone.locator("[data-testid=handset-network][aria-pressed=false]").waitFor();
const { carrier_rules: rules } = await call("GET", "/emulator/v1/CarrierRules");
if (rules.length !== 1 || rules[0].to !== "+14155550123") throw new Error(JSON.stringify(rules));
await done();
