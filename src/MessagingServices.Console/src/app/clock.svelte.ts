import { get } from "../api/client";
import { live } from "../live/live.svelte";

/** The clock of the account of this tab, ticking along between the answers of the server. */
class AccountClock {
  frozen = $state(false);
  known = $state(false);
  /** Milliseconds that it is ahead of the machine's time. */
  offset = $state(0);
  private at = $state(Date.now());
  private stopped = $state(0);

  get now(): Date {
    return new Date(this.frozen ? this.stopped : this.at + this.offset);
  }

  /** Follows the clock until the returned function is called. */
  follow(): () => void {
    this.known = false;
    void this.load();
    const timer = setInterval(() => (this.at = Date.now()), 1_000);
    const stop = live.onAny(["clock.updated"], 100, () => void this.load());
    return () => {
      clearInterval(timer);
      stop();
    };
  }

  take(answer: { now: string; frozen: boolean }): void {
    this.at = Date.now();
    this.stopped = Date.parse(answer.now);
    this.offset = this.stopped - this.at;
    this.frozen = answer.frozen;
    this.known = true;
  }

  async load(): Promise<void> {
    try {
      this.take(await get("/emulator/v1/Clock"));
    } catch {
      // The line about the connection says so.
    }
  }
}

export const clock = new AccountClock();
