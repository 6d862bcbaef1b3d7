import { get } from "../api/client";

export type Sender = { value: string; name: string; kind: "service" | "number" };

/** Everything that a message of the account can be sent from or to: Messaging Services and senders. */
export async function senders(): Promise<Sender[]> {
  const [services, numbers, codes, whatsapp, rcs] = await Promise.all([
    get("/v1/Services", { query: { PageSize: 100 } }),
    get("/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json", { query: { PageSize: 200 } }),
    get("/2010-04-01/Accounts/{AccountSid}/SMS/ShortCodes.json", { query: { PageSize: 100 } }),
    get("/v2/Channels/Senders", { query: { Channel: "whatsapp", PageSize: 100 } }),
    get("/v2/Channels/Senders", { query: { Channel: "rcs", PageSize: 100 } }),
  ]);
  return [
    // The oldest first: the one that the server began with.
    ...[...services.services].reverse().map((one) => ({ value: one.sid, name: one.friendly_name, kind: "service" as const })),
    ...numbers.incoming_phone_numbers.map((one) => number(one.phone_number, one.friendly_name)),
    ...codes.short_codes.map((one) => number(one.short_code ?? "", "Short code")),
    ...[...whatsapp.senders, ...rcs.senders].map((one) => number(one.sender_id, one.friendly_name ?? "")),
  ];
}

function number(value: string, name: string): Sender {
  return { value, name: name && name !== value ? `${value} · ${name}` : value, kind: "number" };
}
