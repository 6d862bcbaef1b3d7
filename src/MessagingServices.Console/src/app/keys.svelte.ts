export type Key = { key: string; does: string; run: () => void };

/** The keys of the page that is open. They are off in fields, with modifiers, and while a text is composed. */
class Keys {
  on = $state(localStorage.getItem("keys") !== "off");
  helpOpen = $state(false);
  private sets = $state.raw<Key[][]>([]);

  get list(): Key[] {
    return this.sets.flat();
  }

  start(): void {
    addEventListener("keydown", (event) => this.press(event));
  }

  /** Adds keys until the returned function is called. */
  add(keys: Key[]): () => void {
    this.sets = [...this.sets, keys];
    return () => (this.sets = this.sets.filter((set) => set !== keys));
  }

  switch(on: boolean): void {
    this.on = on;
    localStorage.setItem("keys", on ? "on" : "off");
  }

  private press(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isField(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "?") {
      event.preventDefault();
      this.helpOpen = true;
      return;
    }
    if (!this.on) return;
    const key = this.list.findLast((candidate) => candidate.key === event.key);
    // Enter stays with a link or button that has the focus.
    if (!key || (event.key === "Enter" && isControl(event.target))) return;
    event.preventDefault();
    key.run();
  }
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && /^(A|BUTTON|SUMMARY)$/.test(target.tagName);
}

export const keys = new Keys();
