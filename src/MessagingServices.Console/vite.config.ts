import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { compress } from "./build/compress.ts";

// What the server answers; everything else below /console/ is the console's own.
const server = process.env["SERVER"] ?? "http://localhost:8080";
const paths = ["/2010-04-01", "/v1", "/v2", "/emulator", "/content", "/m", "/console/session"];

export default defineConfig({
  base: "/console/",
  plugins: [svelte(), compress()],
  build: {
    target: "es2022",
    // An inlined asset would be refused by the Content-Security-Policy, and would not be cached by its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Whether the machine is busy is no news.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: {
    // The Host stays as it is: the server compares the Origin with it.
    proxy: Object.fromEntries(paths.map((path) => [path, { target: server, changeOrigin: false }])),
  },
});
