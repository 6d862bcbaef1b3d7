import { own, shared, type Stream } from "./shared";
import type { Change } from "./source";

type Listener = (change: Change) => void;

/** What happens in the account of this tab, as it happens. */
class Live {
  /** False from a lost connection until it is back. */
  connected = $state(true);
  private stream: Stream | null = null;
  private readonly listeners = new Set<Listener>();
  private lost: ReturnType<typeof setTimeout> | undefined;

  follow(account: string | null): void {
    this.stream?.close();
    this.stream = null;
    if (!account) return;
    const start = "locks" in navigator && "BroadcastChannel" in window ? shared : own;
    this.stream = start(
      account,
      (change) => this.tell(change),
      (is) => this.show(is),
    );
  }

  /** Hears every change until the returned function is called. `resync` asks to read again. */
  on(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls back after changes of these types, at most once in the pause; the last change is never missed. */
  onAny(types: readonly string[], pause: number, run: () => void): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ran = 0;
    const stop = this.on(({ type }) => {
      if (timer || !(types.includes(type) || type === "resync" || type === "reset")) return;
      timer = setTimeout(() => {
        timer = undefined;
        ran = Date.now();
        run();
      }, Math.max(0, ran + pause - Date.now()));
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }

  private tell(change: Change): void {
    for (const listener of [...this.listeners]) listener(change);
  }

  private show(is: boolean): void {
    clearTimeout(this.lost);
    if (is) this.connected = true;
    // The user need not know of a short gap.
    else this.lost = setTimeout(() => (this.connected = false), 1_500);
  }
}

export const live = new Live();
