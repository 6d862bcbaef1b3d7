/** Copies a text; over plain http too, where browsers have no clipboard for scripts. */
export async function copy(text: string): Promise<boolean> {
  if (navigator.clipboard && isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused: the old way may still do.
    }
  }
  // Within an open dialog: elsewhere nothing can have the focus.
  const host = document.querySelector("dialog[open]") ?? document.body;
  const field = document.createElement("textarea");
  const focused = document.activeElement as HTMLElement | null;
  field.value = text;
  field.setAttribute("aria-hidden", "true");
  field.className = "sr-only";
  host.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused?.focus();
  return done;
}
