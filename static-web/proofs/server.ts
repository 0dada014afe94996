import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { encodeBase64 } from "../app/auth/base64.ts";

const PATIENCE_MS = 60_000;
const POLL_MS = 20;
/** A port that was free when we looked may be taken by another program that was faster. */
const PORT_TRIES = 3;
/** Settings of this machine that the server must not see. */
const FOREIGN = ["TIMETAGGER_", "FUNCTIONS_", "WEBSITE_", "ASPNETCORE_", "DOTNET_ENV"];
const USER_HEADER = "X-Remote-User";

/** Node's own: what the product calls is something else while histories are lived through. */
export const nodeFetch = globalThis.fetch;

/** The built server of a configuration. */
const executable = (configuration: string): string =>
  fileURLToPath(new URL(`../../local/bin/${configuration}/net10.0/TimeTagger.Local`, import.meta.url)) +
  (process.platform === "win32" ? ".exe" : "");

function builtServer(): string {
  const found = ["Debug", "Release"].map(executable).find(existsSync);
  if (found === undefined)
    throw new Error(`The server is not built (${executable("Debug")}). Build it: dotnet build local`);
  return found;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("A TCP server has a port.");
  return address.port;
}

/**
 * The real server on the embedded store, in a process and a folder of its own. It can be killed and started again on
 * the same data, then at another address. Its input is a pipe of ours, so it ends with the test run however that ends.
 */
export class Server {
  readonly #file: string;
  readonly #folder: string;
  #process: ChildProcess | null = null;
  #address = "";
  #output = "";

  private constructor(file: string, folder: string) {
    [this.#file, this.#folder] = [file, folder];
  }

  static async start(): Promise<Server> {
    const server = new Server(builtServer(), await mkdtemp(join(tmpdir(), "timetagger-proof-")));
    try {
      await mkdir(server.#site);
      await server.startAgain();
      return server;
    } catch (error) {
      await server.end();
      throw error;
    }
  }

  /** A site without pages: histories are those of the API's clients. */
  get #site(): string {
    return join(this.#folder, "site");
  }

  /** Where it answers, such as `http://127.0.0.1:4711`. */
  get address(): string {
    return this.#address;
  }

  /** What it has written, of all its lives. */
  get output(): string {
    return this.#output;
  }

  get isRunning(): boolean {
    return this.#process !== null;
  }

  async startAgain(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const before = this.#output.length;
      if (await this.#launch(await freePort())) return;
      const words = this.#output.slice(before);
      if (attempt === PORT_TRIES || !/ is in use\./.test(words))
        throw new Error(`The server did not start: ${words}`);
    }
  }

  /** SIGKILL at this very moment. Resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child === null) return;
    this.#process = null;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await gone;
  }

  /** Signs in as somebody new or known, as the proxy in front of the server would. */
  async signIn(user: string): Promise<string> {
    const answer = await nodeFetch(`${this.#address}/api/v2/bootstrap_authentication`, {
      method: "POST",
      headers: { [USER_HEADER]: user },
      body: encodeBase64(JSON.stringify({ method: "proxy" })),
    });
    if (answer.status !== 200) throw new Error(`Signing in failed: ${await answer.text()}`);
    return ((await answer.json()) as { token: string }).token;
  }

  async end(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Whether it came to answer. */
  async #launch(port: number): Promise<boolean> {
    const own = Object.entries(process.env).filter(([name]) => !FOREIGN.some((one) => name.startsWith(one)));
    const child = spawn(this.#file, ["--site", this.#site], {
      stdio: ["pipe", "pipe", "pipe"],
      env: {
        ...Object.fromEntries(own),
        TIMETAGGER_BIND: `127.0.0.1:${port}`,
        TIMETAGGER_DATADIR: join(this.#folder, "data"),
        TIMETAGGER_STOP_WITH_STDIN: "true",
        // Each history has an account of its own: a proxy signs in whom it likes.
        TIMETAGGER_PROXY_AUTH_ENABLED: "true",
      },
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.#output += text;
      });
    this.#process = child;
    this.#address = `http://127.0.0.1:${port}`;
    const end = performance.now() + PATIENCE_MS;
    while (child.exitCode === null && performance.now() < end) {
      const isUp = await nodeFetch(`${this.#address}/api/status`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isUp) return true;
      await pause(POLL_MS);
    }
    await this.kill();
    return false;
  }
}
