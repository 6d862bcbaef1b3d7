import type { Statistics } from "../../api/types";

export type Series = { name: string; tone: string; values: number[] };

const groups: { name: string; tone: string; statuses: string[] }[] = [
  { name: "Delivered", tone: "--green-dot", statuses: ["delivered", "read"] },
  { name: "Received", tone: "--violet-dot", statuses: ["received", "receiving"] },
  { name: "Under way", tone: "--blue-dot", statuses: ["accepted", "scheduled", "queued", "sending", "sent"] },
  { name: "Failed", tone: "--red-dot", statuses: ["failed", "undelivered", "canceled"] },
];

/** Messages a second in each step, by groups of statuses, one on top of the other. */
export function stacked(statistics: Statistics, seconds: number): { times: number[]; series: Series[] } {
  const times = statistics.steps.map((step) => Date.parse(step.start) / 1_000);
  const sums = times.map(() => 0);
  const series = groups.map(({ name, tone, statuses }) => ({
    name,
    tone,
    values: statistics.steps.map((step, index) => {
      const counts = step.statuses as Record<string, number | undefined>;
      const count = statuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
      return (sums[index] = (sums[index] ?? 0) + count / seconds);
    }),
  }));
  // The whole is drawn first, so that the parts below it cover it.
  return { times, series: series.reverse() };
}

export const total = (counts: object) => Object.values(counts as Record<string, number>).reduce((a, b) => a + b, 0);
