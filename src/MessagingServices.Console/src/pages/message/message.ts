import type { Message, Timeline, Webhook } from "../../api/types";

/** The handset of a message: its recipient, or who wrote it. */
export function handsetOf(message: Message): string {
  const address = message.direction === "inbound" ? message.from : message.to;
  return (address ?? "").replace(/^(whatsapp|rcs):/, "");
}

export type Step = { status: string; date: Date; after: number | null; error: number | null; webhooks: Webhook[] };

/** The statuses of a message with the webhooks that each made, and the webhooks that belong to none. */
export function stepsOf(timeline: Timeline): { steps: Step[]; others: Webhook[] } {
  const left = [...timeline.webhooks];
  const take = (fits: (webhook: Webhook) => boolean) => {
    const taken = left.filter(fits);
    for (const webhook of taken) left.splice(left.indexOf(webhook), 1);
    return taken;
  };
  const steps = timeline.statuses.map((change, index) => {
    const date = new Date(change.date);
    const before = timeline.statuses[index - 1];
    return {
      status: change.status,
      date,
      after: before ? date.getTime() - Date.parse(before.date) : null,
      error: change.error_code,
      webhooks: take((webhook) => belongs(webhook, change.status)),
    };
  });
  return { steps, others: left };
}

function belongs(webhook: Webhook, status: string): boolean {
  if (webhook.kind === "inbound" || webhook.kind === "fallback") return status === "received";
  return webhook.kind === "status_callback" && webhook.parameters["MessageStatus"] === status;
}

/** Twilio's page about an error. */
export const errorPage = (code: number) => `https://www.twilio.com/docs/api/errors/${code}`;
