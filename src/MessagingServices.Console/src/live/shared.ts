import { Source, type Change } from "./source";

type Told = { change: Change } | { connected: boolean } | { ask: true };

/** What a tab hears of its account: through its own stream, or through that of another tab. */
export interface Stream {
  close(): void;
}

/** One stream for all tabs of an account: the tab that holds the lock has it, and passes on what it hears. */
export function shared(account: string, told: (change: Change) => void, connected: (is: boolean) => void): Stream {
  const channel = new BroadcastChannel(`events ${account}`);
  const leave = new AbortController();
  let source: Source | null = null;
  let isConnected = false;
  let last = "";

  const tell = (message: Told) => channel.postMessage(message);
  channel.onmessage = ({ data }: MessageEvent<Told>) => {
    if ("ask" in data) {
      if (source) tell({ connected: isConnected });
    } else if ("connected" in data) {
      connected(data.connected);
    } else {
      last = data.change.id;
      told(data.change);
    }
  };
  tell({ ask: true });

  const lead = () =>
    new Promise<void>((done) => {
      leave.signal.addEventListener("abort", () => done());
      if (leave.signal.aborted) return done();
      source = new Source(
        account,
        last,
        (change) => {
          tell({ change });
          told(change);
        },
        (is) => {
          isConnected = is;
          tell({ connected: is });
          connected(is);
        },
      );
    });
  navigator.locks.request(`events ${account}`, { signal: leave.signal }, lead).catch(() => {});

  return {
    close() {
      source?.close();
      channel.close();
      leave.abort();
    },
  };
}

/** Without a secure context there are no locks: each tab has a stream of its own, closed while it is hidden. */
export function own(account: string, told: (change: Change) => void, connected: (is: boolean) => void): Stream {
  let source: Source | null = null;
  let last = "";
  const change = () => {
    if (document.hidden) {
      last = source?.last ?? last;
      source?.close();
      source = null;
    } else {
      source ??= new Source(account, last, told, connected);
    }
  };
  document.addEventListener("visibilitychange", change);
  change();
  return {
    close() {
      document.removeEventListener("visibilitychange", change);
      source?.close();
    },
  };
}
