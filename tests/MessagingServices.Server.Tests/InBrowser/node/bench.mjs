// Opens a page until a file appears; prints its frames, its memory, and whether the list is the API's.
import { existsSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";

const [url, what, ready, stop] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--enable-precise-memory-info", "--js-flags=--expose-gc"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 820 } });
await page.goto(what === "empty" ? "about:blank" : `${url}/console/messages`);
if (what !== "empty") await page.locator("h1").waitFor();
await page.evaluate(() => {
  const counted = (window.counted = { frames: 0, slow: 0, began: performance.now() });
  let last = performance.now();
  const frame = (now) => {
    counted.frames++;
    if (now - last > 50) counted.slow++;
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
});
writeFileSync(ready, "");
while (!existsSync(stop)) await new Promise((next) => setTimeout(next, 50));

const counted = await page.evaluate(() => {
  const seconds = (performance.now() - counted.began) / 1_000;
  gc();
  return { frames: counted.frames / seconds, slow: counted.slow, heap: performance.memory.usedJSHeapSize / 1_048_576 };
});
console.log(JSON.stringify({ ...counted, wrong: what === "empty" ? 0 : await wrong() }));
await browser.close();

// How many of the first 1,000 rows are not those of the API, once the list is quiet.
async function wrong() {
  await page.waitForTimeout(3_000);
  const list = page.locator("ol[aria-label^=Messages]").locator("..");
  const seen = new Map();
  for (let top = 0; seen.size < 1_000 && top < 60_000; top += 400) {
    await list.evaluate((element, to) => element.scrollTo(0, to), top);
    await page.waitForTimeout(30);
    const rows = await list.evaluate((element) =>
      [...element.querySelectorAll("li")].map((item) => [Number(item.ariaPosInSet ?? item.getAttribute("aria-posinset")), item.querySelector("a").dataset.sid]));
    for (const [position, sid] of rows) if (position <= 1_000) seen.set(position, sid);
  }
  const account = "AC00000000000000000000000000000001:0123456789abcdef0123456789abcdef";
  const response = await fetch(`${url}/emulator/v1/Messages?PageSize=1000`, { headers: { Authorization: `Basic ${btoa(account)}` } });
  const { messages } = await response.json();
  return messages.filter((message, index) => seen.get(index + 1) !== message.sid).length;
}
