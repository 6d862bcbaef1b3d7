// Loaded by NODE_OPTIONS=--require. Requests of this process to twilio.com and all names below it go to the emulator,
// whatever client makes them: https, fetch, axios, got, HTTP/2. All others go where they would go without it.
"use strict";
const fs = require("fs");
const http = require("http");
const https = require("https");
const path = require("path");
const tls = require("tls");

const given = process.env.HTTPS_PROXY || process.env.https_proxy || process.env.HTTP_PROXY;
const emulator = given ? new URL(given) : undefined;
const port = emulator && Number(emulator.port || 80);
const hostname = emulator && emulator.hostname.replace(/^\[|\]$/g, "");
const isTwilio = (name) => typeof name === "string" && /(^|\.)twilio\.com\.?$/i.test(name);

if (emulator) {
  const ca = fs.readFileSync(path.join(__dirname, "ca.pem"), "utf8");
  const connect = tls.connect;

  // The emulator's port takes a TLS handshake as it is, so a connection needs another address and its CA, no more.
  tls.connect = function (...given) {
    const options = Object.assign({}, ...given.filter((argument) => argument !== null && typeof argument === "object"));
    if (["number", "string"].includes(typeof given[0])) options.port = Number(given[0]);
    if (typeof given[1] === "string") options.host = given[1];
    const name = options.servername || options.host;
    if (!isTwilio(name)) return connect.apply(this, given);
    Object.assign(options, { servername: name, ca: [].concat(options.ca || [], ca), secureContext: undefined });
    if (!options.socket) Object.assign(options, { host: hostname, port, path: undefined, lookup: undefined });
    return connect.call(this, options, given.find((argument) => typeof argument === "function"));
  };

  // Some clients send "GET https://host/path" to a proxy instead of opening a tunnel. They make their requests directly.
  for (const name of ["request", "get"]) {
    const original = http[name];
    http[name] = function (...given) {
      const [options] = given;
      const target = options && typeof options === "object" && !(options instanceof URL) ? options.path : undefined;
      const isOurs = typeof target === "string" && /^https:\/\//i.test(target) && Number(options.port) === port;
      if (!isOurs) return original.apply(this, given);
      const url = new URL(target);
      return https[name].call(https, {
        ...options, protocol: "https:", host: url.hostname, hostname: url.hostname, port: url.port || 443,
        path: url.pathname + url.search, agent: undefined, agents: undefined,
      }, ...given.slice(1));
    };
  }

  require("module").syncBuiltinESMExports();
}
