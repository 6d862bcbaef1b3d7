import { explain } from "../api/client";

/** Something read from the server: the last answer stays while a newer one is on its way. */
export class Loaded<T> {
  value = $state.raw<T | null>(null);
  problem = $state<string | null>(null);
  private asked = 0;

  constructor(private readonly read: () => Promise<T>) {}

  load = async (): Promise<void> => {
    const mine = ++this.asked;
    try {
      const value = await this.read();
      if (mine !== this.asked) return;
      this.value = value;
      this.problem = null;
    } catch (failure) {
      if (mine === this.asked) this.problem = explain(failure);
    }
  };
}
