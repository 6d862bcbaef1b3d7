import type { Message } from "../../api/types";
import type { Change } from "../../live/source";

/** The most rows that a list keeps. */
export const most = 5_000;

/** The rows after some changes, and the new ones among them, newest first. */
export function merge(rows: readonly Message[], changes: readonly Change[]): { rows: Message[]; added: Message[] } {
  const at = new Map(rows.map((row, index) => [row.sid, index]));
  const result: (Message | null)[] = [...rows];
  const added = new Map<string, Message>();
  for (const { type, data } of changes) {
    const sid = typeof data["sid"] === "string" ? data["sid"] : "";
    const index = at.get(sid);
    if (type === "message.deleted") {
      added.delete(sid);
      if (index !== undefined) result[index] = null;
    } else if (type === "message.created" || type === "message.updated") {
      const known = index === undefined ? added.get(sid) : result[index];
      if (known && index !== undefined) result[index] = { ...known, ...data };
      else if (known) added.set(sid, { ...known, ...data });
      else if (type === "message.created" && index === undefined && sid) added.set(sid, data as unknown as Message);
    }
  }
  return { rows: result.filter((row) => row !== null), added: [...added.values()].reverse() };
}

/** Puts new rows on top of others, without those that are there. */
export function insert(rows: readonly Message[], added: readonly Message[]): Message[] {
  const fresh = new Set(added.map((row) => row.sid));
  return [...added, ...rows.filter((row) => !fresh.has(row.sid))].slice(0, most);
}

/** The API's newest rows before the older ones that were there. A gap between the two means that too much was missed. */
export function headOf(head: readonly Message[], rows: readonly Message[]): { rows: Message[]; gap: boolean } {
  const names = new Set(head.map((row) => row.sid));
  const overlap = rows.some((row) => names.has(row.sid));
  if (head.length > 0 && !overlap) return { rows: [...head], gap: true };
  // After the last row of both, the order of before continues.
  const last = rows.findLastIndex((row) => names.has(row.sid));
  return { rows: [...head, ...rows.slice(last + 1)], gap: false };
}
