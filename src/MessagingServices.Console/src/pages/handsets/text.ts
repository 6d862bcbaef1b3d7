export type Part = { text: string; kind: "text" | "link" | "code" };

/** The parts of a text that a phone makes tappable: links, and one-time codes of four to eight digits. */
export function partsOf(body: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of body.matchAll(/https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]|(?<![\d+.\-])\d{3,4}[- ]?\d{1,4}(?![\d-])/g)) {
    const isLink = match[0].startsWith("http");
    const digits = match[0].replace(/\D/g, "").length;
    if (!isLink && (digits < 4 || digits > 8)) continue;
    if (match.index > end) parts.push({ text: body.slice(end, match.index), kind: "text" });
    parts.push({ text: match[0], kind: isLink ? "link" : "code" });
    end = match.index + match[0].length;
  }
  if (end < body.length) parts.push({ text: body.slice(end), kind: "text" });
  return parts;
}
