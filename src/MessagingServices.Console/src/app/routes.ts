import type { Component } from "svelte";

type Module = { default: Component<Record<string, string>> };
type Place = { key: string; load?: () => Promise<Module>; parameters?: Record<string, string>; redirect?: string };

/** Each page is loaded when it is opened for the first time. */
const pages: [RegExp, () => Promise<unknown>][] = [
  [/^\/messages$/, () => import("../pages/messages/MessagesPage.svelte")],
  [/^\/messages\/(?<sid>\w+)$/, () => import("../pages/message/MessagePage.svelte")],
  [/^\/handsets$/, () => import("../pages/handsets/HandsetsPage.svelte")],
  [/^\/services$/, () => import("../pages/services/ServicesPage.svelte")],
  [/^\/services\/(?<sid>\w+)$/, () => import("../pages/service/ServicePage.svelte")],
  [/^\/webhooks$/, () => import("../pages/webhooks/WebhooksPage.svelte")],
  [/^\/faults$/, () => import("../pages/faults/FaultsPage.svelte")],
  [/^\/clock$/, () => import("../pages/clock/ClockPage.svelte")],
  [/^\/overview$/, () => import("../pages/overview/OverviewPage.svelte")],
  [/^\/accounts$/, () => import("../pages/accounts/AccountsPage.svelte")],
  [/^\/connect$/, () => import("../pages/connect/ConnectPage.svelte")],
];

const loaded = new Map<RegExp, Promise<Module>>();

export function pageOf(path: string): Place {
  if (path === "/") return { key: path, redirect: "/messages" };
  for (const [pattern, load] of pages) {
    const match = pattern.exec(path);
    if (!match) continue;
    return {
      key: path,
      parameters: { ...match.groups },
      load: () => {
        const module = loaded.get(pattern) ?? (load() as Promise<Module>);
        loaded.set(pattern, module);
        module.catch(() => loaded.delete(pattern));
        return module;
      },
    };
  }
  return { key: path, load: () => import("../pages/NotFound.svelte") as unknown as Promise<Module> };
}
