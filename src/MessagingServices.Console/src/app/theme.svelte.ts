export type Choice = "system" | "light" | "dark";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** Light, dark, or as the system has it. */
class Theme {
  choice = $state<Choice>(read());
  private system = $state(dark.matches);

  constructor() {
    dark.addEventListener("change", () => {
      this.system = dark.matches;
      this.show();
    });
    this.show();
  }

  get isDark(): boolean {
    return this.choice === "dark" || (this.choice === "system" && this.system);
  }

  get isSystemDark(): boolean {
    return this.system;
  }

  choose(choice: Choice): void {
    this.choice = choice;
    write(choice);
    this.show();
  }

  private show(): void {
    document.documentElement.dataset["theme"] = this.isDark ? "dark" : "light";
  }
}

function read(): Choice {
  const stored = localStorage.getItem("theme");
  return stored === "light" || stored === "dark" ? stored : "system";
}

function write(choice: Choice): void {
  if (choice === "system") localStorage.removeItem("theme");
  else localStorage.setItem("theme", choice);
}

export const theme = new Theme();
