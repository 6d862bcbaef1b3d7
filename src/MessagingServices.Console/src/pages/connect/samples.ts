import sdks from "../../../../../docs/sdks.md?raw";
import type { Connection } from "../message/snippets";

export type Sample = { language: string; text: string };

const names = ["C#", "Node", "Python", "Ruby", "Java", "PHP", "Go"];

/** The samples of the documentation, with the address and the credentials of this server. */
export function samples({ url, account, token }: Connection): Sample[] {
  const { host, hostname, port, protocol } = new URL(url);
  const scheme = protocol.replace(":", "");
  return names.flatMap((language) => {
    const section = sdks.split(`\n## ${language}\n`)[1]?.split("\n## ")[0];
    const code = /```\w+\n([\s\S]*?)\n```/.exec(section ?? "")?.[1];
    if (!code) return [];
    const text = code
      .replaceAll("http://localhost:8080", url)
      .replaceAll('"http://localhost", 8080', `"${scheme}://${hostname}", ${port || (scheme === "https" ? 443 : 80)}`)
      .replaceAll('"http", "localhost:8080"', `"${scheme}", "${host}"`)
      .replaceAll("AC00000000000000000000000000000001", account)
      .replaceAll("0123456789abcdef0123456789abcdef", token);
    return [{ language, text }];
  });
}
