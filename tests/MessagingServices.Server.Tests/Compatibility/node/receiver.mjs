// A receiver of status callbacks that checks signatures with the SDK's own validator.
import http from "node:http";
import twilio from "twilio";
import { AUTH_TOKEN } from "./client.mjs";

export async function startReceiver(path) {
  const received = [];
  const server = http.createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const parameters = Object.fromEntries(new URLSearchParams(body));
    received.push({
      parameters,
      valid: twilio.validateRequest(AUTH_TOKEN, request.headers["x-twilio-signature"], server.url, parameters),
      token: request.headers["i-twilio-idempotency-token"],
    });
    response.writeHead(204).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.url = `http://127.0.0.1:${server.address().port}${path}`;
  return { url: server.url, received, close: () => server.close() };
}

export async function until(condition, seconds = 30) {
  for (const end = Date.now() + seconds * 1000; !(await condition()); ) {
    if (Date.now() > end) throw new Error(`Not within ${seconds} s: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
