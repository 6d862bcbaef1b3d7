import { get } from "../api/client";
import { session } from "./session.svelte";

/** This server's address and the credentials of the tab's account, for snippets. */
class Credentials {
  token = $state("");
  private of = "";

  get connection() {
    return { url: location.origin, account: session.account ?? "", token: this.token || "AUTH_TOKEN" };
  }

  async load(): Promise<void> {
    if (this.of === session.account) return;
    this.of = session.account ?? "";
    this.token = "";
    if (session.byKey) return;
    const { auth_token: token } = await get("/2010-04-01/Accounts/{AccountSid}.json");
    if (this.of === session.account) this.token = token ?? "";
  }
}

export const credentials = new Credentials();
