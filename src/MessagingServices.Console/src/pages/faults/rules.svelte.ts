import { get, remove } from "../../api/client";
import type { CarrierRule, RequestRule, WebhookRule } from "../../api/types";
import { Loaded } from "../../ui/load.svelte";
import { families, type Family, type Rule } from "./rule";

const all = { query: { PageSize: 1000 } };

/** The rules of one family. */
export class RuleListOf {
  readonly rules: Loaded<Rule[]>;

  constructor(readonly family: Family) {
    this.rules = new Loaded(() => this.read());
  }

  async delete(sid: string) {
    const one = { in: { sid } };
    if (this.family.name === "Messages") await remove("/emulator/v1/CarrierRules/{sid}", one);
    else if (this.family.name === "Webhooks") await remove("/emulator/v1/WebhookRules/{sid}", one);
    else await remove("/emulator/v1/RequestRules/{sid}", one);
    await this.rules.load();
  }

  private async read(): Promise<Rule[]> {
    if (this.family.name === "Messages") return (await get("/emulator/v1/CarrierRules", all)).carrier_rules as CarrierRule[];
    if (this.family.name === "Webhooks") return (await get("/emulator/v1/WebhookRules", all)).webhook_rules as WebhookRule[];
    return (await get("/emulator/v1/RequestRules", all)).request_rules as RequestRule[];
  }
}

/** The rules of all families. */
export class RuleLists {
  readonly all = families.map((family) => new RuleListOf(family));

  constructor() {
    void this.load();
  }

  async load() {
    await Promise.all(this.all.map((list) => list.rules.load()));
  }
}
