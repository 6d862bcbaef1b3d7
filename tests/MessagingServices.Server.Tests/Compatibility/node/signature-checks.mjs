// Where the SDK's validator refuses a webhook, SignatureChecks says why. Each refusal is that of a real webhook, which the application has
// seen in another way than it was sent.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import http from "node:http";
import twilio from "twilio";
import { AUTH_TOKEN, client, emulator } from "./client.mjs";
import { until } from "./receiver.mjs";

const received = [];
const server = http.createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  received.push({ url: `http://${request.headers.host}${request.url}`, body, signature: request.headers["x-twilio-signature"] });
  response.writeHead(204).end();
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address();

const check = (url, body, signature) =>
  emulator("POST", "SignatureChecks", { Url: url, Method: "POST", Parameters: body, Signature: signature });

// Sends a message to a number whose webhook the application gets.
async function receive(phoneNumber, path) {
  const url = `http://127.0.0.1:${port}${path}`;
  await client.incomingPhoneNumbers.create({ phoneNumber, smsUrl: url, smsMethod: "POST" });
  await emulator("POST", "InboundMessages", { From: "+14155550123", To: phoneNumber, Body: "Hi there" });
  await until(() => received.some((request) => request.url === url));
  return received.find((request) => request.url === url);
}

const plain = await receive("+14155550171", "/sms");
const queried = await receive("+14155550172", "/sms?to=%2B1415");

const again = ": the body was encoded again";
for (const [sent, url, body, finding] of [
  [plain, plain.url, plain.body, null],
  [plain, plain.url.replace("http:", "https:"), plain.body, "with http in place of https"],
  [plain, plain.url.replace(`:${port}`, ""), plain.body, `with the port ${port}`],
  [plain, `${plain.url}/`, plain.body, "without the slash at the end of the path"],
  [plain, `${plain.url}?tenant=7`, plain.body, "without the query"],
  [queried, decodeURIComponent(queried.url), queried.body, "with the query percent-encoded"],
  [plain, plain.url, plain.body.replaceAll("%2B", "+"), `with + in the body as itself, not as a space${again}`],
  [plain, plain.url, plain.body.replaceAll("%", "%25"), `with the body decoded once more${again}`],
]) {
  const parameters = Object.fromEntries(new URLSearchParams(body));
  assert.equal(twilio.validateRequest(AUTH_TOKEN, sent.signature, url, parameters), finding === null, `${url} ${finding}`);
  const { valid, findings } = await check(url, body, sent.signature);
  assert.deepEqual({ valid, findings }, finding === null
    ? { valid: true, findings: [] } : { valid: false, findings: [`The signature fits ${finding}.`] });
}

// A token of another account.
const child = await client.api.accounts.create({ friendlyName: "Child" });
const byChild = twilio.getExpectedTwilioSignature(child.authToken, plain.url, Object.fromEntries(new URLSearchParams(plain.body)));
assert.equal(twilio.validateRequest(AUTH_TOKEN, byChild, plain.url, Object.fromEntries(new URLSearchParams(plain.body))), false);
assert.deepEqual((await check(plain.url, plain.body, byChild)).findings, [`The signature fits with the Auth Token of the subaccount ${child.sid}.`]);

// JSON, whose hash is in the URL.
const json = JSON.stringify({ status: "sent" });
const url = `https://app.example.com/events?bodySHA256=${createHash("sha256").update(json).digest("hex")}`;
const signature = twilio.getExpectedTwilioSignature(AUTH_TOKEN, url, {});
assert.equal(twilio.validateRequestWithBody(AUTH_TOKEN, signature, url, json), true);
assert.equal((await check(url, json, signature)).valid, true);
const indented = JSON.stringify({ status: "sent" }, null, 2);
assert.equal(twilio.validateRequestWithBody(AUTH_TOKEN, signature, url, indented), false);
assert.equal((await check(url, indented, signature)).findings[0], `The signature fits with the JSON without white space${again}.`);

server.close();
