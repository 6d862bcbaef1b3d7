import type { CarrierRule, RequestRule, WebhookRule } from "../../api/types";
import { address, duration, words } from "../../app/format";

export type Rule = CarrierRule | WebhookRule | RequestRule;
export type Effect = { text: string; tone: string };

/** What the families of rules are about. Their order is that of the page. */
export const families = [
  { name: "Messages", path: "/emulator/v1/CarrierRules", title: "Carrier rules", about: "What the network does with messages." },
  { name: "Webhooks", path: "/emulator/v1/WebhookRules", title: "Webhook rules", about: "What happens to requests to your application." },
  { name: "Requests", path: "/emulator/v1/RequestRules", title: "Request rules", about: "What happens to requests of your application." },
] as const;

export type Family = (typeof families)[number];

const isWebhookRule = (rule: Rule): rule is WebhookRule => "reorder" in rule;
const isRequestRule = (rule: Rule): rule is RequestRule => "status_code" in rule;

/** What a rule is about, in words. */
export function about(rule: Rule): string {
  const parts = [
    rule.to && `to ${address(rule.to)}`,
    rule.from && `from ${address(rule.from)}`,
    "body_contains" in rule && rule.body_contains && `with “${rule.body_contains}”`,
    isWebhookRule(rule) && rule.status && `for ${rule.status}`,
    isWebhookRule(rule) && rule.url && `to ${rule.url}`,
    isRequestRule(rule) && rule.path && `on ${rule.path}`,
  ].filter(Boolean);
  const share = rule.percent === null ? "" : `${rule.percent} % of `;
  const all = parts.length > 0 ? `${things(rule)} ${parts.join(", ")}` : `all ${things(rule)}`;
  const sentence = `${share}${all}`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function things(rule: Rule): string {
  if (isWebhookRule(rule)) return rule.kind ? `${words(rule.kind).toLowerCase()} webhooks` : "webhooks";
  if (isRequestRule(rule)) return rule.method ? `${rule.method} requests` : "requests";
  return "messages";
}

/** What a rule does, in words. */
export function effects(rule: Rule): Effect[] {
  const result = isWebhookRule(rule) ? ofWebhooks(rule) : isRequestRule(rule) ? ofRequests(rule) : ofMessages(rule);
  return result.length > 0 ? result : [{ text: "No effect", tone: "gray" }];
}

function ofMessages(rule: CarrierRule): Effect[] {
  const result: Effect[] = [];
  if (rule.outcome) {
    const code = rule.error_code ? `, ${rule.error_code}` : "";
    const bad = rule.outcome === "undelivered" || rule.outcome === "failed";
    result.push({ text: `${words(rule.outcome)}${code}`, tone: bad ? "red" : "green" });
  }
  if (rule.delay_ms !== null) result.push({ text: `Each step takes ${duration(rule.delay_ms)}`, tone: "amber" });
  for (const [name, takes] of [["MMS", rule.supports_mms], ["RCS", rule.supports_rcs], ["WhatsApp", rule.supports_whatsapp]] as const)
    if (takes !== null) result.push({ text: `${takes ? "Takes" : "No"} ${name}`, tone: takes ? "green" : "amber" });
  return result;
}

function ofWebhooks(rule: WebhookRule): Effect[] {
  const result: Effect[] = [];
  if (rule.drop) result.push({ text: "Dropped", tone: "red" });
  if (rule.delay_ms !== null) result.push({ text: `Delayed by ${duration(rule.delay_ms)}`, tone: "amber" });
  if (rule.duplicate) result.push({ text: "Sent twice", tone: "amber" });
  if (rule.reorder) result.push({ text: `After a later one, within ${duration(rule.hold_ms ?? 0)}`, tone: "amber" });
  return result;
}

function ofRequests(rule: RequestRule): Effect[] {
  const result: Effect[] = [];
  if (rule.delay_ms !== null) result.push({ text: `Waits ${duration(rule.delay_ms)}`, tone: "amber" });
  if (rule.status_code !== null) {
    const code = rule.error_code === null ? "" : `, ${rule.error_code}`;
    const again = rule.retry_after === null ? "" : `, again in ${rule.retry_after} s`;
    result.push({ text: `HTTP ${rule.status_code}${code}${again}`, tone: "red" });
  }
  if (rule.disconnect === "before") result.push({ text: "Connection breaks, nothing is done", tone: "red" });
  if (rule.disconnect === "after") result.push({ text: "Done, and the connection breaks", tone: "red" });
  return result;
}
