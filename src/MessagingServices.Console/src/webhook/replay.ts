import { post } from "../api/client";
import { toasts } from "../app/toasts.svelte";

/** Sends a webhook again. */
export const replay = (sid: string) =>
  toasts.attempt(() => post("/emulator/v1/Webhooks/{sid}/Replay", { in: { sid } }), "Webhook sent again.");
