type Tone = "green" | "blue" | "amber" | "red" | "violet" | "gray";

const tones: Record<string, Tone> = {
  accepted: "gray",
  scheduled: "amber",
  queued: "gray",
  sending: "blue",
  sent: "blue",
  delivered: "green",
  read: "green",
  undelivered: "red",
  failed: "red",
  canceled: "gray",
  receiving: "violet",
  received: "violet",
  pending: "amber",
  dropped: "gray",
  active: "green",
  suspended: "amber",
  closed: "gray",
};

/** The colour of a status of a message, webhook or account. */
export const tone = (status: string): Tone => tones[status] ?? "gray";
