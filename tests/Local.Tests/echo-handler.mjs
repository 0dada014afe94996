#!/usr/bin/env node
// A handler that keeps the contract of the real one and answers with what it was sent.
import http from "node:http";

const port = Number(process.env.FUNCTIONS_CUSTOMHANDLER_PORT);
if (process.env.ECHO_DIES_AT_ONCE) {
  console.error("cannot live");
  process.exit(9);
}

http
  .createServer(async (request, response) => {
    if (request.url === "/api/die") {
      process.exit(7);
    }
    const hash = (await import("node:crypto")).createHash("sha256");
    let length = 0;
    for await (const part of request) {
      length += part.length;
      hash.update(part);
    }
    const { method, url, headers } = request;
    response.setHeader("Content-Type", "application/json");
    response.end(
      JSON.stringify({ method, url, headers, length, sha256: hash.digest("hex"), environment: process.env }),
    );
  })
  .listen(port, "127.0.0.1", () => console.log(`process ${process.pid} listens`));

process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
