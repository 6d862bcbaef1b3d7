const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const dayTime = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const long = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const count = new Intl.NumberFormat();

export const clockTime = (date: Date) => time.format(date);
export const longDate = (date: Date) => long.format(date);
export const number = (value: number) => count.format(value);

/** The time of a day of today, else day and time. */
export function shortDate(date: Date, now = new Date()): string {
  return date.toDateString() === now.toDateString() ? time.format(date) : dayTime.format(date);
}

/** A length of time as a person says it: 120 ms, 4.2 s, 3 min, 5 h, 2 days. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${trim(ms / 1_000)} s`;
  if (ms < 3_600_000) return `${trim(ms / 60_000)} min`;
  if (ms < 48 * 3_600_000) return `${trim(ms / 3_600_000)} h`;
  return `${trim(ms / 86_400_000)} days`;
}

const trim = (value: number) => (value < 10 ? Number(value.toFixed(1)) : Math.round(value));

export const plural = (value: number, one: string, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;

/** +14155550123 as +1 415 555 0123; other addresses as they are. */
export function address(value: string | null | undefined): string {
  if (!value) return "";
  const [, channel = "", rest = ""] = /^((?:whatsapp|rcs|messenger):)?(.*)$/.exec(value) ?? [];
  const us = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(rest);
  return us ? `${channel}+1 ${us[1]} ${us[2]} ${us[3]}` : value;
}

/** delivered as Delivered, outbound-api as Outbound API, status_callback as Status callback. */
export function words(value: string): string {
  const text = value.replaceAll(/[_-]/g, " ").replace(/\bapi\b/, "API").replace(/\bwhatsapp\b/, "WhatsApp").replace(/\brcs\b/, "RCS");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
