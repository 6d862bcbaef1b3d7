import { get, post, remove } from "../../api/client";
import type { CarrierRule, Message, MessagePage } from "../../api/types";
import { live } from "../../live/live.svelte";
import type { Change } from "../../live/source";
import { abilities, ruleFor, type Ability } from "./network";

export type Thread = { with: string; messages: Message[] };

const bare = (address: string | null | undefined) => (address ?? "").replace(/^(whatsapp|rcs):/, "");

/** A phone of the simulated network: what reached it, what it wrote, and what it can take. */
export class Handset {
  messages = $state.raw<Message[]>([]);
  rules = $state.raw<CarrierRule[]>([]);
  loading = $state(true);

  /** Its conversations, the one with the newest message first. */
  readonly threads = $derived.by(() => this.threadsOf());
  /** What was sent to it and did not arrive. */
  readonly lost = $derived(this.messages.filter((message) => /^(undelivered|failed)$/.test(message.status)));

  constructor(readonly number: string) {}

  /** Follows what happens until the returned function is called. */
  follow(): () => void {
    void this.load();
    void this.loadRules();
    const stopMessages = live.on((change) => this.hear(change));
    const stopRules = live.onAny(["rule.updated"], 200, () => void this.loadRules());
    return () => {
      stopMessages();
      stopRules();
    };
  }

  async write(to: string, body: string, files: File[]): Promise<void> {
    const answer = await post("/emulator/v1/InboundMessages", {
      form: { From: this.number, To: to, Body: body || undefined },
      files: files.map((file) => ({ name: "MediaUrl", file })),
    });
    this.put([answer]);
  }

  async read(message: Message): Promise<void> {
    this.put([await post("/emulator/v1/Messages/{sid}/Read", { in: { sid: message.sid } })]);
  }

  has(ability: Ability): boolean {
    return !this.rules.some((rule) => abilities[ability].takes(rule));
  }

  /** Takes an ability away with a carrier rule, or gives it back by deleting the rules that took it. */
  async toggle(ability: Ability): Promise<void> {
    if (this.has(ability)) {
      await post("/emulator/v1/CarrierRules", { form: ruleFor(ability, this.number) });
    } else {
      const taking = this.rules.filter((rule) => abilities[ability].takes(rule));
      await Promise.all(taking.map(({ sid }) => remove("/emulator/v1/CarrierRules/{sid}", { in: { sid } })));
    }
    await this.loadRules();
  }

  private async load(): Promise<void> {
    const addresses = ["", "whatsapp:", "rcs:"].map((channel) => channel + this.number);
    const queries = addresses.flatMap((address) => [`to:${address}`, `from:${address}`]);
    const pages = await Promise.all(
      queries.map((Query) => get("/emulator/v1/Messages", { query: { Query, PageSize: 100 } }) as Promise<MessagePage>),
    ).catch(() => []);
    this.put(pages.flatMap((page) => page.messages));
    this.loading = false;
  }

  private async loadRules(): Promise<void> {
    try {
      const { carrier_rules } = await get("/emulator/v1/CarrierRules", { query: { PageSize: 1000 } });
      this.rules = carrier_rules.filter((rule) => rule.to === this.number);
    } catch {
      // The line about the connection says so.
    }
  }

  private hear({ type, data }: Change): void {
    if (type === "resync") void this.load();
    if (type === "reset") {
      this.messages = [];
      void this.load();
    }
    if (type === "message.deleted") this.messages = this.messages.filter(({ sid }) => sid !== data["sid"]);
    if (type !== "message.created" && type !== "message.updated") return;
    const known = this.messages.find(({ sid }) => sid === data["sid"]);
    const mine = known ?? [data["to"], data["from"]].some((address) => bare(address as string) === this.number);
    if (mine) this.put([{ ...known, ...data } as Message]);
  }

  private put(some: Message[]): void {
    const all = new Map(this.messages.map((message) => [message.sid, message]));
    for (const message of some) all.set(message.sid, { ...all.get(message.sid), ...message });
    this.messages = [...all.values()].sort(
      (a, b) => Date.parse(a.date_created) - Date.parse(b.date_created) || age(a) - age(b) || inFirst(a) - inFirst(b),
    );
  }

  private threadsOf(): Thread[] {
    const threads = new Map<string, Thread>();
    for (const message of this.messages) {
      if (!seen(message)) continue;
      const other = (message.direction === "inbound" ? message.to : message.from) ?? "";
      const thread = threads.get(other) ?? { with: other, messages: [] };
      threads.delete(other);
      threads.set(other, { with: other, messages: [...thread.messages, message] });
    }
    return [...threads.values()].reverse();
  }
}

// Dates have no milliseconds; a SID begins with them, after its prefix.
const age = (message: Message) => Number.parseInt(message.sid.slice(2, 14), 16);
const inFirst = (message: Message) => (message.direction === "inbound" ? 0 : 1);

/** A phone shows what it wrote, and what arrived. */
function seen(message: Message): boolean {
  return message.direction === "inbound" || message.status === "delivered" || message.status === "read";
}
