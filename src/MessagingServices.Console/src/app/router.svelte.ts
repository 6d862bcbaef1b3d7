const base = "/console";

/** Where the tab is: the path below /console, and its query. */
class Router {
  path = $state("/");
  query = $state(new URLSearchParams());
  /** Counts navigations, not changes of the query: pages start anew and the focus moves. */
  visit = $state(0);

  start(): void {
    this.read();
    addEventListener("popstate", () => this.read());
    document.addEventListener("click", (event) => this.follow(event));
  }

  /** A link of the console, for `href`. */
  href(path: string, query: Record<string, string> = {}): string {
    const text = new URLSearchParams(query).toString();
    return base + path + (text ? `?${text}` : "");
  }

  go(href: string): void {
    history.pushState(null, "", href);
    this.read();
  }

  replace(path: string): void {
    history.replaceState(null, "", base + path);
    this.read();
  }

  /** Changes parts of the query in place: no new page, no entry in the history. */
  set(changes: Record<string, string | null>): void {
    const query = new URLSearchParams(this.query);
    for (const [name, value] of Object.entries(changes)) {
      if (value) query.set(name, value);
      else query.delete(name);
    }
    const text = query.toString();
    history.replaceState(history.state, "", base + this.path + (text ? `?${text}` : ""));
    this.query = query;
  }

  private read(): void {
    const path = location.pathname.slice(base.length).replace(/\/+$/, "") || "/";
    if (path !== this.path) this.visit++;
    this.path = path;
    this.query = new URLSearchParams(location.search);
  }

  private follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    const link = (event.target as Element).closest("a");
    if (!link || link.target || link.origin !== location.origin || link.hasAttribute("download")) return;
    if (link.pathname !== base && !link.pathname.startsWith(`${base}/`)) return;
    event.preventDefault();
    if (link.hash && link.pathname === location.pathname) {
      document.getElementById(link.hash.slice(1))?.scrollIntoView();
      return;
    }
    if (link.href !== location.href) this.go(link.href);
  }
}

export const router = new Router();
