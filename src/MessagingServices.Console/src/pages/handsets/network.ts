import type { CarrierRule } from "../../api/types";

export type Ability = "network" | "mms" | "rcs" | "whatsapp";

type Kind = { name: string; takes: (rule: CarrierRule) => boolean; form: Record<string, string> };

/** What a phone can do without a carrier rule of its own that takes it away. */
export const abilities: Record<Ability, Kind> = {
  network: {
    name: "Network",
    takes: (rule) => rule.outcome === "undelivered" && plain(rule),
    form: { Outcome: "undelivered", ErrorCode: "30003" },
  },
  mms: { name: "MMS", takes: (rule) => rule.supports_mms === false && plain(rule), form: { SupportsMms: "false" } },
  rcs: { name: "RCS", takes: (rule) => rule.supports_rcs === false && plain(rule), form: { SupportsRcs: "false" } },
  whatsapp: {
    name: "WhatsApp",
    takes: (rule) => rule.supports_whatsapp === false && plain(rule),
    form: { SupportsWhatsApp: "false" },
  },
};

export const ruleFor = (ability: Ability, number: string) => ({ To: number, ...abilities[ability].form });

/** Whether the rule is about all messages to the phone. */
const plain = (rule: CarrierRule) =>
  rule.from === null && rule.body_contains === null && rule.times === null && rule.percent === null;
