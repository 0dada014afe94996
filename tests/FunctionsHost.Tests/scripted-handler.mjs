// A handler that does what its caller says: dies, waits, answers a queue or a timer in every right and wrong way.
import fs from "node:fs";
import http from "node:http";

const { FUNCTIONS_CUSTOMHANDLER_PORT: port, SCRIPT_START: start, SCRIPT_CALLS: calls } = process.env;
fs.appendFileSync(`${calls}.starts`, `${process.pid}\n`);
if (start?.startsWith("exit ")) process.exit(Number(start.slice(5)));
if (start === "say") {
  console.log(`said ${process.argv.slice(2).join("|")}`);
  console.error("complained");
}

const answers = {
  204: [204, null, ""],
  empty: [200, "application/json", ""],
  null: [200, "application/json", "null"],
  text: [200, "text/plain", "{}"],
  problem: [200, "application/problem+json", "{}"],
  list: [200, "application/json", "[]"],
  logs: [200, "application/json", '{"Logs":"x"}'],
  500: [500, "application/json", "{}"],
  ok: [200, "application/json", "{}"],
  202: [202, "application/json", '{"outputs":null,"logs":["x"],"returnvalue":1}'],
};

// What a queue's message says, however it was encoded, or the query of a call that is described.
const messageOf = (data) => {
  if (data?.request) return new URL(data.request.Url).searchParams.get("answer") ?? "ok";
  const text = data?.message;
  return typeof text !== "string" ? (process.env.SCRIPT_TIMER ?? "ok") : text.startsWith('"') ? JSON.parse(text) : Buffer.from(text, "base64").toString();
};

const server = http.createServer(async (request, response) => {
  if (request.url === "/") return void response.end("ok");
  const { method, url, headers, rawHeaders } = request;
  const parts = [];
  const query = new URL(url, "http://x").searchParams;
  if (query.has("watch")) {
    response.on("close", () => fs.appendFileSync(calls, `${JSON.stringify({ url, finished: response.writableFinished })}\n`));
  }
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  const call = { method, url, headers, rawHeaders, body: body.toString("latin1"), process: process.pid };
  fs.appendFileSync(calls, `${JSON.stringify(call)}\n`);
  if (query.has("die")) process.exit(Number(query.get("die")));
  if (query.has("wait")) await new Promise((done) => setTimeout(done, Number(query.get("wait"))));
  if (query.has("redirect")) return void response.writeHead(302, { Location: "/api/other" }).end();
  if (query.has("cookies")) response.setHeader("Set-Cookie", ["a=1", "b=2"]);
  if (query.has("parts")) {
    response.write("first");
    return void setTimeout(() => response.end("last"), 3000);
  }
  if (/^\/api/i.test(url)) {
    response.setHeader("Content-Type", "application/json");
    return void response.end(JSON.stringify({ ...call, environment: process.env, cwd: process.cwd() }));
  }
  const payload = JSON.parse(body);
  const message = messageOf(payload.Data);
  if (message === "die") process.exit(7);
  if (message === "stay") return;
  if (message === "slow") await new Promise((done) => setTimeout(done, 1500));
  if (message === "third time") answers[message] = payload.Metadata.RetryContext?.RetryCount === 2 ? answers.ok : answers[500];
  if (message.startsWith("{")) answers[message] = [200, "application/json", message];
  const [status, type, text] = answers[message] ?? answers.ok;
  if (type) response.setHeader("Content-Type", type);
  response.writeHead(status).end(text);
});
server.listen(Number(port), "127.0.0.1");
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
