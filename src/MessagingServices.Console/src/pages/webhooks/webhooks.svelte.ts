import { explain, get, page } from "../../api/client";
import type { Webhook } from "../../api/types";
import { live } from "../../live/live.svelte";

export type Filters = { Outcome: string; Kind: string; Host: string };

type WebhookPage = { webhooks: Webhook[]; meta: { next_page_url: string | null } };

/** The webhooks of the account, newest first, by what the page asks for. */
export class Webhooks {
  rows = $state.raw<Webhook[]>([]);
  more = $state<string | null>(null);
  loading = $state(true);
  problem = $state<string | null>(null);
  private filters: Filters = { Outcome: "", Kind: "", Host: "" };
  private asked = 0;

  follow(): () => void {
    return live.onAny(["webhook.updated"], 500, () => void this.refresh());
  }

  async load(filters: Filters): Promise<void> {
    this.filters = filters;
    const mine = ++this.asked;
    this.loading = true;
    try {
      const answer = await this.first();
      if (mine !== this.asked) return;
      this.rows = answer.webhooks;
      this.more = answer.meta.next_page_url;
      this.problem = null;
    } catch (failure) {
      if (mine === this.asked) this.problem = explain(failure);
    }
    if (mine === this.asked) this.loading = false;
  }

  async older(): Promise<void> {
    if (!this.more || this.loading) return;
    this.loading = true;
    try {
      const answer = await page<WebhookPage>(this.more);
      const known = new Set(this.rows.map((row) => row.sid));
      this.rows = [...this.rows, ...answer.webhooks.filter((row) => !known.has(row.sid))];
      this.more = answer.meta.next_page_url;
    } catch (failure) {
      this.problem = explain(failure);
    }
    this.loading = false;
  }

  /** The newest again, before those that were read earlier. */
  private async refresh(): Promise<void> {
    const mine = this.asked;
    try {
      const answer = await this.first();
      if (mine !== this.asked) return;
      const fresh = new Set(answer.webhooks.map((row) => row.sid));
      const last = this.rows.findLastIndex((row) => fresh.has(row.sid));
      if (last < 0) this.more = answer.meta.next_page_url;
      this.rows = [...answer.webhooks, ...(last < 0 ? [] : this.rows.slice(last + 1))];
      this.problem = null;
    } catch {
      // The line about the connection says so.
    }
  }

  private first(): Promise<WebhookPage> {
    const { Outcome, Kind, Host } = this.filters;
    const query = { Outcome: Outcome || undefined, Kind: Kind || undefined, Host: Host || undefined, PageSize: 50 };
    return get("/emulator/v1/Webhooks", { query });
  }
}
