/** The query with another upper limit of time: that of a date field, which has no time zone. */
export function withDate(query: string, local: string): string {
  const rest = query.replace(/(^|\s)before:\S+/g, "").trim();
  if (!local) return rest;
  return `${rest} before:${new Date(local).toISOString().replace(".000", "")}`.trim();
}
