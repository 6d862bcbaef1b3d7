import { MessageList } from "./list.svelte";

let kept: { account: string; list: MessageList } | null = null;

/** The list of an account, as it was when its page was left: rows, place and selection. */
export function messagesOf(account: string): MessageList {
  if (kept?.account !== account) {
    kept?.list.close();
    kept = { account, list: new MessageList() };
  }
  return kept.list;
}
