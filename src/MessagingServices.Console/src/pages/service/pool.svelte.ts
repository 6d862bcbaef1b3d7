import { explain, get, post, remove } from "../../api/client";
import { live } from "../../live/live.svelte";

export type Kind = "PhoneNumbers" | "ShortCodes" | "AlphaSenders" | "DestinationAlphaSenders" | "ChannelSenders";

export type Member = {
  sid: string;
  kind: Kind;
  address: string;
  type: string;
  country: string | null;
  capabilities: string[];
};

export type Candidate = { kind: Kind; sid: string; name: string };

/** The senders of a Messaging Service, and what could be added. */
export class Pool {
  members = $state.raw<Member[]>([]);
  private all = $state.raw<Candidate[]>([]);
  /** What the account owns and the pool does not have. */
  readonly candidates = $derived(this.all.filter((one) => !this.members.some((member) => member.sid === one.sid)));
  /** Messages that wait for a sender, by its address. */
  waiting = $state.raw<Map<string, number>>(new Map());
  problem = $state<string | null>(null);
  loaded = $state(false);

  constructor(readonly service: string) {}

  follow(): () => void {
    return live.onAny(["message.created", "message.updated"], 3_000, () => void this.loadWaiting());
  }

  load = async (): Promise<void> => {
    try {
      await Promise.all([this.loadMembers(), this.loadCandidates(), this.loadWaiting()]);
      this.problem = null;
    } catch (failure) {
      this.problem = explain(failure);
    }
    this.loaded = true;
  };

  async add(form: { kind: Kind; sid?: string; name?: string; country?: string }): Promise<void> {
    const path = { in: { serviceSid: this.service } };
    const { sid = "", name = "", country = "" } = form;
    if (form.kind === "PhoneNumbers") await post("/v1/Services/{serviceSid}/PhoneNumbers", { ...path, form: { PhoneNumberSid: sid } });
    else if (form.kind === "ShortCodes") await post("/v1/Services/{serviceSid}/ShortCodes", { ...path, form: { ShortCodeSid: sid } });
    else if (form.kind === "ChannelSenders") await post("/v1/Services/{serviceSid}/ChannelSenders", { ...path, form: { Sid: sid } });
    else if (form.kind === "AlphaSenders") await post("/v1/Services/{serviceSid}/AlphaSenders", { ...path, form: { AlphaSender: name } });
    else
      await post("/v1/Services/{serviceSid}/DestinationAlphaSenders", { ...path, form: { AlphaSender: name, IsoCountryCode: country } });
    await this.load();
  }

  async drop(member: Member): Promise<void> {
    await remove(`/v1/Services/{serviceSid}/${member.kind}/{sid}`, { in: { serviceSid: this.service, sid: member.sid } });
    await this.load();
  }

  private async loadMembers(): Promise<void> {
    const call = { in: { serviceSid: this.service }, query: { PageSize: 1000 } };
    const [numbers, codes, alphas, destinations, channels] = await Promise.all([
      get("/v1/Services/{serviceSid}/PhoneNumbers", call),
      get("/v1/Services/{serviceSid}/ShortCodes", call),
      get("/v1/Services/{serviceSid}/AlphaSenders", call),
      get("/v1/Services/{serviceSid}/DestinationAlphaSenders", call),
      get("/v1/Services/{serviceSid}/ChannelSenders", call),
    ]);
    const members: Member[] = [
      ...numbers.phone_numbers.map((one) => ({
        sid: one.sid,
        kind: "PhoneNumbers" as const,
        address: one.phone_number,
        type: /^\+18(00|33|44|55|66|77|88)/.test(one.phone_number) ? "Toll-free" : "Long code",
        country: one.country_code,
        capabilities: [...one.capabilities],
      })),
      ...codes.short_codes.map((one) => ({
        sid: one.sid,
        kind: "ShortCodes" as const,
        address: one.short_code,
        type: "Short code",
        country: one.country_code,
        capabilities: [...one.capabilities],
      })),
      ...alphas.alpha_senders.map((one) => ({
        sid: one.sid,
        kind: "AlphaSenders" as const,
        address: one.alpha_sender,
        type: "Alphanumeric",
        country: null,
        capabilities: [...one.capabilities],
      })),
      ...destinations.alpha_senders.map((one) => ({
        sid: one.sid,
        kind: "DestinationAlphaSenders" as const,
        address: one.alpha_sender,
        type: "Alphanumeric",
        country: one.iso_country_code,
        capabilities: [...one.capabilities],
      })),
      ...channels.senders.map((one) => ({
        sid: one.sid,
        kind: "ChannelSenders" as const,
        address: one.sender,
        type: one.sender.startsWith("rcs:") ? "RCS" : "WhatsApp",
        country: one.country_code,
        capabilities: [],
      })),
    ];
    // The list of a country's senders also has those without one.
    this.members = [...new Map(members.map((one) => [one.sid, one])).values()];
  }

  private async loadCandidates(): Promise<void> {
    const query = { PageSize: 1000 };
    const [numbers, codes, whatsapp, rcs] = await Promise.all([
      get("/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json", { query }),
      get("/2010-04-01/Accounts/{AccountSid}/SMS/ShortCodes.json", { query }),
      get("/v2/Channels/Senders", { query: { Channel: "whatsapp", PageSize: 100 } }),
      get("/v2/Channels/Senders", { query: { Channel: "rcs", PageSize: 100 } }),
    ]);
    this.all = [
      ...numbers.incoming_phone_numbers.map((one) => ({ kind: "PhoneNumbers" as const, sid: one.sid, name: one.phone_number })),
      ...codes.short_codes.map((one) => ({ kind: "ShortCodes" as const, sid: one.sid, name: one.short_code ?? "" })),
      ...[...whatsapp.senders, ...rcs.senders].map((one) => ({ kind: "ChannelSenders" as const, sid: one.sid, name: one.sender_id })),
    ];
  }

  private async loadWaiting(): Promise<void> {
    const { senders } = await get("/emulator/v1/Statistics");
    this.waiting = new Map(senders.map((one) => [one.sender, one.waiting]));
  }
}
