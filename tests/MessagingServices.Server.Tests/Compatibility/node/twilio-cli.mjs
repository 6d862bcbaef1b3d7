// The requests of twilio-cli 6: `twilio profiles:create` (also `twilio login`), then commands with that profile. It
// has no option for another host, so its HTTP client is written here as the CLI has it, with the server's address.
import assert from "node:assert/strict";
import twilio from "twilio";
import { ACCOUNT_SID, AUTH_TOKEN, BASE_URL } from "./client.mjs";

// What the CLI knows of the region and the edge is in the host's name.
class CliRequestClient {
  constructor(command) {
    this.command = command;
  }

  async request({ method, uri, username, password, headers = {}, params, data }) {
    const url = new URL(uri);
    const query = new URLSearchParams(params ?? {}).toString();
    const answer = await fetch(`${BASE_URL}/${url.host.split(".")[0]}${url.pathname}${query ? `?${query}` : ""}`, {
      method,
      headers: {
        ...headers,
        Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
        "User-Agent": `@twilio/cli-core/8.3.2 (linux x64) ${headers["User-Agent"]} ${this.command}`,
      },
      body: data ? new URLSearchParams(data).toString() : undefined,
    });
    const body = await answer.json();
    if (answer.status < 200 || answer.status >= 400) throw Object.assign(new Error(body.message), { data: body });
    return { body, statusCode: answer.status, headers: answer.headers };
  }
}

const profile = (sid, token, options) =>
  twilio(sid, token, { httpClient: new CliRequestClient("profiles:create"), ...options });

for (const options of [{}, { region: "ie1" }, { region: "au1", edge: "sydney" }]) {
  const creating = profile(ACCOUNT_SID, AUTH_TOKEN, options);
  assert.equal((await creating.api.accounts(ACCOUNT_SID).fetch()).status, "active");
  const key = await creating.newKeys.create({ friendlyName: "twilio-cli for me on host" });
  assert.match(key.sid, /^SK/);

  // A command with the profile: the key, its secret and the account.
  const command = twilio(key.sid, key.secret,
    { httpClient: new CliRequestClient("phone-numbers:list"), accountSid: ACCOUNT_SID, ...options });
  assert.deepEqual(await command.incomingPhoneNumbers.list({ limit: 50 }), []);
}

// Credentials that are wrong are not saved.
await assert.rejects(profile(ACCOUNT_SID, "0".repeat(32)).api.accounts(ACCOUNT_SID).fetch(),
  (error) => error.data.code === 20003);
console.log("profiles are created as the CLI expects");
