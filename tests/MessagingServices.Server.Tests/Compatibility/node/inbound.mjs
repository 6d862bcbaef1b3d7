// A handset writes to numbers whose webhooks are an application of Twilio's SDK: the SDK's validator accepts every request, and what its
// MessagingResponse says is what the handset receives.
import assert from "node:assert/strict";
import twilio from "twilio";
import { startApplication } from "./application.mjs";
import { ACCOUNT_SID, client, emulator } from "./client.mjs";
import { until } from "./receiver.mjs";

const handset = "+14155550123";
const reply = (...texts) => texts.reduce((response, text) => (response.message(text), response), new twilio.twiml.MessagingResponse());

const app = await startApplication({
  "/post": ({ Body }) => {
    const response = new twilio.twiml.MessagingResponse();
    response.message({ action: "/status?kind=reply&name=a%20b", method: "POST" }, `Posted: ${Body} <&> é 😀`);
    return response;
  },
  "/get": ({ Body }) => reply(`Got: ${Body}`),
  "/service": () => {
    const response = new twilio.twiml.MessagingResponse();
    response.message().body("From the service");
    response.redirect({ method: "GET" }, "/next?page=2");
    return response;
  },
  "/next": () => reply("From the next document"),
  "/silent": () => new twilio.twiml.MessagingResponse(),
}, ["/service", "/service-status"]);

const send = (to, body) => emulator("POST", "InboundMessages", { From: handset, To: to, Body: body });
const receive = (from, text) =>
  emulator("GET", `Messages/Wait?${new URLSearchParams({
    Timeout: "30", To: handset, From: from, BodyContains: text, Direction: "outbound-reply", Status: "delivered",
  })}`);

// A form, with a query, a port, and a reply whose status is told.
const posted = await client.incomingPhoneNumbers.create({
  phoneNumber: "+14155550171", smsUrl: `http://${app.host}/post?tenant=7&name=a%20b&empty=`, smsMethod: "POST",
});
const inbound = await send(posted.phoneNumber, "Hello + & = é 😀");
assert.equal(inbound.direction, "inbound");
assert.equal(inbound.status, "received");
const answered = await receive(posted.phoneNumber, "Posted");
assert.equal(answered.body, "Posted: Hello + & = é 😀 <&> é 😀");
assert.equal(answered.direction, "outbound-reply");
const [told] = app.at("/post");
assert.equal(told.method, "POST");
assert.equal(told.query, "?tenant=7&name=a%20b&empty=");
assert.equal(told.parameters.MessageSid, inbound.sid);
assert.equal(told.parameters.AccountSid, ACCOUNT_SID);
assert.equal(told.parameters.From, handset);
assert.equal(told.parameters.To, posted.phoneNumber);
assert.equal(told.parameters.Body, "Hello + & = é 😀");
assert.equal(told.parameters.NumMedia, "0");
const fetched = await client.messages(inbound.sid).fetch();
assert.equal(fetched.body, "Hello + & = é 😀");
const statuses = () => app.at("/status").map(({ parameters }) => parameters.MessageStatus);
await until(() => statuses().includes("delivered"));
assert.ok(app.at("/status").every(({ parameters }) => parameters.MessageSid === answered.sid));

// A GET, its parameters after those of the URL.
const got = await client.incomingPhoneNumbers.create({
  phoneNumber: "+14155550172", smsUrl: `http://${app.host}/get?tenant=7&name=a%20b`, smsMethod: "GET",
});
await send(got.phoneNumber, "Hello + & = é 😀");
assert.equal((await receive(got.phoneNumber, "Got")).body, "Got: Hello + & = é 😀");
assert.equal(app.at("/get")[0].method, "GET");
assert.match(app.at("/get")[0].query, /^\?tenant=7&name=a%20b&/);

// A Messaging Service, user and password in its URLs, a second document, and statuses told to the service's own callback.
const service = await client.messaging.v1.services.create({
  friendlyName: "Inbound",
  inboundRequestUrl: `http://user:secret@${app.host}/service?of=service#rc=2`,
  inboundMethod: "POST",
  useInboundWebhookOnNumber: false,
  statusCallback: `http://user:secret@${app.host}/service-status?of=service`,
});
const pooled = await client.incomingPhoneNumbers.create({ phoneNumber: "+14155550173", smsUrl: `http://${app.host}/silent` });
await client.messaging.v1.services(service.sid).phoneNumbers.create({ phoneNumberSid: pooled.sid });
await send(pooled.phoneNumber, "Hello");
await receive(pooled.phoneNumber, "From the service");
await receive(pooled.phoneNumber, "From the next document");
const basic = `Basic ${Buffer.from("user:secret").toString("base64")}`;
assert.deepEqual(app.at("/service").map(({ authorization }) => authorization), [undefined, basic]);
assert.ok(app.at("/service").every(({ parameters }) => parameters.MessagingServiceSid === service.sid));
assert.equal(app.at("/next")[0].method, "GET");
assert.equal(app.at("/silent").length, 0, "the service's webhook stands in for the number's");
const outbound = await client.messages.create({ to: handset, messagingServiceSid: service.sid, body: "Out" });
const delivered = ({ parameters, authorization }) =>
  parameters.MessageSid === outbound.sid && parameters.MessageStatus === "delivered" && authorization === basic;
await until(() => app.at("/service-status").some(delivered));

for (const { valid, validWithAnotherToken, method, path, query } of app.received) {
  assert.ok(valid, `the SDK's validator accepts ${method} ${path}${query}`);
  assert.ok(!validWithAnotherToken, `and would not with another token: ${method} ${path}${query}`);
}

app.close();
console.log(`${app.received.length} requests, all of them signed`);
