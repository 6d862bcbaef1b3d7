import { get } from "../api/client";
import type { Account } from "../api/types";
import { session } from "./session.svelte";

const most = 1_000;

/** The accounts that the session may work for: its own and the subaccounts, at most 1,000. */
class Accounts {
  list = $state.raw<Account[]>([]);

  async load(): Promise<void> {
    if (session.byKey) return;
    const { accounts } = await get("/2010-04-01/Accounts.json", { query: { PageSize: most }, asOwner: true });
    // The configured account first, then by name.
    this.list = [...accounts].sort(
      (a, b) => Number(a.sid !== a.owner_account_sid) - Number(b.sid !== b.owner_account_sid) || a.friendly_name.localeCompare(b.friendly_name),
    );
    // The account of the tab may have been deleted.
    const isThere = accounts.some(({ sid }) => sid === session.account);
    if (!isThere && accounts.length < most && session.owner) session.use(session.owner);
  }
}

export const accounts = new Accounts();
