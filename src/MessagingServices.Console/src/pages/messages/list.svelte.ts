import { explain, get, page } from "../../api/client";
import type { Message, MessagePage } from "../../api/types";
import { live } from "../../live/live.svelte";
import type { Change } from "../../live/source";
import { headOf, insert, merge, most } from "./merge";

const pageSize = 100;

/** The messages of an account, newest first: as far as they were read, and those that arrive. */
export class MessageList {
  rows = $state.raw<Message[]>([]);
  /** What arrived while the list was away from its top. */
  waiting = $state.raw<Message[]>([]);
  query = $state("");
  loading = $state(true);
  problem = $state<string | null>(null);
  more = $state<string | null>(null);
  searchedUntil = $state<string | null>(null);
  selected = $state<string | null>(null);
  /** Messages that have arrived since the page was opened, for those who cannot see them. */
  arrived = $state(0);
  scrollTop = 0;
  /** Whether it was read at all. */
  started = false;

  private readonly changes: Change[] = [];
  private flush: ReturnType<typeof setTimeout> | undefined;
  private settle: ReturnType<typeof setTimeout> | undefined;
  private fresh = 0;
  private asked = 0;
  private readonly stop: () => void;

  constructor() {
    this.stop = live.on((change) => this.hear(change));
  }

  close(): void {
    this.stop();
    clearTimeout(this.flush);
    clearTimeout(this.settle);
  }

  async search(query: string): Promise<void> {
    this.query = query;
    this.started = true;
    const mine = ++this.asked;
    this.loading = true;
    this.problem = null;
    try {
      const first = await this.first(pageSize);
      if (mine !== this.asked) return;
      this.rows = first.messages;
      this.waiting = [];
      this.scrollTop = 0;
      this.read(first);
    } catch (failure) {
      if (mine !== this.asked) return;
      this.problem = explain(failure);
      this.rows = [];
    }
    this.loading = false;
    // A long search may find nothing in its first windows.
    if (!this.problem && this.rows.length === 0 && this.more) await this.older();
  }

  /** Reads on, through empty pages too, but not for ever: the end of the list offers to go on. */
  async older(): Promise<void> {
    if (this.loading || !this.more || this.rows.length >= most) return;
    this.loading = true;
    const mine = this.asked;
    try {
      for (let round = 0; round < 8 && this.more; round++) {
        const next: MessagePage = await page<MessagePage>(this.more);
        if (mine !== this.asked) return;
        this.read(next);
        if (next.messages.length === 0) continue;
        const known = new Set(this.rows.map((row) => row.sid));
        this.rows = [...this.rows, ...next.messages.filter((row) => !known.has(row.sid))].slice(0, most);
        break;
      }
    } catch (failure) {
      this.problem = explain(failure);
    } finally {
      if (mine === this.asked) this.loading = false;
    }
  }

  /** Puts what has arrived on top. */
  show(): void {
    this.rows = insert(this.rows, this.waiting);
    this.waiting = [];
    this.scrollTop = 0;
  }

  private first(size: number): Promise<MessagePage> {
    return get("/emulator/v1/Messages", { query: { Query: this.query || undefined, PageSize: size } }) as Promise<MessagePage>;
  }

  private read(answer: MessagePage): void {
    this.more = answer.meta.next_page_url;
    this.searchedUntil = answer.complete ? null : answer.searched_until;
  }

  private hear(change: Change): void {
    if (!this.started) return;
    this.changes.push(change);
    // One change of the rows for all that came together.
    this.flush ??= setTimeout(() => {
      this.flush = undefined;
      this.apply(this.changes.splice(0));
    }, 50);
  }

  private apply(changes: Change[]): void {
    if (changes.some(({ type }) => type === "reset")) {
      void this.search(this.query);
      return;
    }
    const { rows, added } = merge([...this.waiting, ...this.rows], changes);
    const waiting = new Set(this.waiting.map((row) => row.sid));
    this.waiting = rows.filter((row) => waiting.has(row.sid));
    this.rows = rows.filter((row) => !waiting.has(row.sid));
    if (added.length > 0 && !this.query) this.arrive(added);
    const unsure = changes.some(({ type }) => type === "resync");
    const may = this.query !== "" && changes.some(({ type }) => type === "message.created" || type === "message.updated");
    if (added.length > 0 || may || unsure) this.settleSoon(unsure ? 0 : may ? 300 : 1_200, unsure ? 200 : added.length);
  }

  private arrive(added: Message[]): void {
    this.arrived += added.length;
    if (this.scrollTop > 8) this.waiting = insert(this.waiting, added);
    else this.rows = insert(this.rows, added);
  }

  /** Reads the newest again once it is quiet: the API knows the order, and what a search finds. */
  private settleSoon(pause: number, added: number): void {
    this.fresh = Math.min(this.fresh + added, 950);
    // During a long burst a search still shows something every now and then.
    if (this.settle && this.query) return;
    clearTimeout(this.settle);
    this.settle = setTimeout(() => {
      this.settle = undefined;
      void this.reconcile(this.fresh + 50);
    }, pause);
  }

  private async reconcile(size: number): Promise<void> {
    const mine = this.asked;
    this.fresh = 0;
    try {
      const answer = await this.first(size);
      if (mine !== this.asked) return;
      // An older page is on its way: after it.
      if (this.loading) return this.settleSoon(300, size);
      const before = [...this.waiting, ...this.rows];
      const head = headOf(answer.messages, before);
      if (head.gap) {
        const all = size < 1_000 && answer.meta.next_page_url ? await this.first(1_000) : answer;
        if (mine !== this.asked) return;
        this.rows = all.messages;
        this.waiting = [];
        this.read(all);
        return;
      }
      const shown = new Set(this.rows.map((row) => row.sid));
      const known = new Set(before.map((row) => row.sid));
      this.arrived += head.rows.filter((row) => !known.has(row.sid)).length;
      const away = this.scrollTop > 8;
      this.waiting = away ? head.rows.filter((row) => !shown.has(row.sid)) : [];
      this.rows = (away ? head.rows.filter((row) => shown.has(row.sid)) : head.rows).slice(0, most);
    } catch {
      // The next change, or the end of the outage, tries again.
    }
  }
}
