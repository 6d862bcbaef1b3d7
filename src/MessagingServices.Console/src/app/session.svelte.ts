import { ApiError, caller, send } from "../api/client";

type Answer = {
  account_sid: string | null;
  key_sid?: string | null;
  default_credentials?: { username: string; password: string } | null;
};

const remembered = "account";

/** Who is signed in, and for which account this tab works. Each tab keeps its own account. */
class Session {
  state = $state<"loading" | "out" | "in" | "unreachable">("loading");
  owner = $state<string | null>(null);
  account = $state<string | null>(null);
  /** Whether an API key is signed in: it may not read accounts and their tokens. */
  byKey = $state(false);
  /** The development credentials, while the server has them. */
  offered = $state<{ username: string; password: string } | null>(null);

  /** A sign-in or sign-out is that of all tabs: they share the cookie. */
  private readonly tabs = new BroadcastChannel("session");

  /** Counts sign-outs: who was signed in before one says nothing any more. */
  private signOuts = 0;

  constructor() {
    caller.unauthorized = () => void this.check();
    this.tabs.onmessage = ({ data }) => (data === "out" ? this.leave() : void this.open());
  }

  async open(): Promise<void> {
    const before = this.signOuts;
    try {
      const answer = (await send("GET", "/console/session", { asOwner: true })) as Answer;
      this.offer(answer);
      if (this.signOuts === before) this.take(answer);
    } catch {
      if (this.state === "loading") this.state = "unreachable";
    }
  }

  /** Asks whether the session still holds. After a sign-out the server would sign this browser in by itself. */
  async check(): Promise<void> {
    if (this.state !== "out") await this.open();
  }

  async signIn(username: string, password: string): Promise<void> {
    const form = { Username: username, Password: password } as Record<never, string>;
    const answer = (await send("POST", "/console/session", { asOwner: true, form })) as Answer;
    this.offer(answer);
    this.take(answer);
    if (this.state !== "in") throw new ApiError(401, 20003, "These credentials are unknown here.");
    this.tabs.postMessage("in");
  }

  async signOut(): Promise<void> {
    await send("DELETE", "/console/session", { asOwner: true });
    this.leave();
    this.tabs.postMessage("out");
  }

  /** This tab shows another account from now on. */
  use(account: string): void {
    sessionStorage.setItem(remembered, account);
    this.account = caller.account = account;
  }

  private leave(): void {
    this.signOuts++;
    sessionStorage.removeItem(remembered);
    this.take({ account_sid: null });
  }

  private offer(answer: Answer): void {
    this.offered = answer.default_credentials ?? this.offered;
  }

  private take(answer: Answer): void {
    this.byKey = Boolean(answer.key_sid);
    this.owner = caller.owner = answer.account_sid;
    if (answer.account_sid === null) {
      this.account = caller.account = null;
      this.state = "out";
      return;
    }
    this.use(sessionStorage.getItem(remembered) ?? answer.account_sid);
    this.state = "in";
  }
}

export const session = new Session();
