import { explain } from "../api/client";

type Toast = { id: number; text: string; tone: "good" | "bad" };

/** Short notes about what was done, read out by screen readers. */
class Toasts {
  shown = $state<Toast[]>([]);
  private next = 1;

  say(text: string, tone: Toast["tone"] = "good"): void {
    const id = this.next++;
    this.shown = [...this.shown.slice(-3), { id, text, tone }];
    setTimeout(() => this.close(id), tone === "bad" ? 10_000 : 4_000);
  }

  /** Runs something that the API may refuse, and says why when it does. Returns whether it went well. */
  async attempt(work: () => Promise<unknown>, done?: string): Promise<boolean> {
    try {
      await work();
      if (done) this.say(done);
      return true;
    } catch (failure) {
      this.say(explain(failure), "bad");
      return false;
    }
  }

  close(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
