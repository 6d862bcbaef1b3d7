import { session } from "../app/session.svelte";

export type Change = { type: string; id: string; data: Record<string, unknown> };

const types = [
  "message.created",
  "message.updated",
  "message.deleted",
  "webhook.updated",
  "conversation.updated",
  "opt_out.updated",
  "clock.updated",
  "rule.updated",
  "account.updated",
  "reset",
  "resync",
];

/** The stream of one account. It connects again by itself, and goes on after the last change that it saw. */
export class Source {
  private stream: EventSource | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pause = 1_000;
  private closed = false;

  constructor(
    private readonly account: string,
    public last: string,
    private readonly told: (change: Change) => void,
    private readonly connected: (is: boolean) => void,
  ) {
    void this.begin();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.stream?.close();
  }

  /** The session may have ended, in another tab or on the server. A stream without one would be refused. */
  private async begin(): Promise<void> {
    await session.check();
    if (!this.closed && session.state !== "out") this.open();
  }

  private open(): void {
    const query = new URLSearchParams({ AccountSid: this.account });
    if (this.last) query.set("LastEventId", this.last);
    const stream = new EventSource(`/emulator/v1/Events?${query}`);
    this.stream = stream;
    // Without a place to continue at, what happened before is unknown.
    const blank = !this.last;
    stream.onopen = () => {
      this.pause = 1_000;
      this.connected(true);
      if (blank) this.told({ type: "resync", id: this.last, data: {} });
    };
    stream.onerror = () => {
      this.connected(false);
      // The browser would ask with the query of the start.
      stream.close();
      if (this.closed) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.begin(), this.pause);
      this.pause = Math.min(this.pause * 1.6, 10_000);
    };
    for (const type of types) stream.addEventListener(type, (event) => this.take(type, event as MessageEvent<string>));
  }

  private take(type: string, event: MessageEvent<string>): void {
    if (event.lastEventId) this.last = event.lastEventId;
    this.told({ type, id: this.last, data: parse(event.data) });
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
