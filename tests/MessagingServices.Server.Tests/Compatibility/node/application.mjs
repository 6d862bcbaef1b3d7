// An application as one writes it with Twilio's SDK: every request is checked with the SDK's validator, whatever its path and method.
import http from "node:http";
import twilio from "twilio";
import { AUTH_TOKEN } from "./client.mjs";

// answers: for each path, a function from the request's parameters to a TwiML response; 204 at any other path.
// guarded: the paths that ask for a user name and a password.
export async function startApplication(answers, guarded = []) {
  const received = [];
  const server = http.createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const url = new URL(request.url, `http://${request.headers.host}`);
    const form = Object.fromEntries(new URLSearchParams(body));
    const isValid = (token) =>
      twilio.validateRequest(token, request.headers["x-twilio-signature"], `http://${request.headers.host}${request.url}`, form);
    const parameters = request.method === "GET" ? Object.fromEntries(url.searchParams) : form;
    received.push({
      method: request.method,
      path: url.pathname,
      query: url.search,
      parameters,
      authorization: request.headers.authorization,
      valid: isValid(AUTH_TOKEN),
      validWithAnotherToken: isValid(`${AUTH_TOKEN}0`),
    });
    if (guarded.includes(url.pathname) && !request.headers.authorization)
      return response.writeHead(401, { "WWW-Authenticate": 'Basic realm="application"' }).end();
    const answer = answers[url.pathname];
    if (!answer) return response.writeHead(204).end();
    response.writeHead(200, { "Content-Type": "text/xml" }).end(answer(parameters).toString());
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    host: `127.0.0.1:${server.address().port}`,
    received,
    at: (path) => received.filter((request) => request.path === path),
    close: () => server.close(),
  };
}
