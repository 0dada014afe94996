import type { AnyItem, Kind } from "../app/store/store.ts";
import type { Ledger } from "./ledger.ts";
import { nodeFetch, type Server } from "./server.ts";
import type { Tally } from "./tally.ts";

/** What can go wrong with one request. */
export const FAULTS = [
  "request lost",
  "answer lost",
  "request late",
  "answer late",
  "answer cut off",
  "gateway fails behind the server",
  "other page instead of an answer",
  "500",
  "503",
  "429",
  "403",
  "401",
] as const;
export type Fault = (typeof FAULTS)[number];

/** What a server that is out of order, or something in front of it, answers instead. */
const INSTEAD: Partial<Record<Fault, () => Response>> = {
  "other page instead of an answer": () => new Response("<html>Welcome to our hotel</html>"),
  "500": () => new Response("InternalError", { status: 500 }),
  "503": () => new Response("busy", { status: 503, headers: { "retry-after": "7" } }),
  "429": () => new Response("too many", { status: 429, headers: { "retry-after": "3600" } }),
  "403": () => new Response("forbidden: not today", { status: 403 }),
  "401": () => new Response("unauthorized: The webtoken has expired", { status: 401 }),
};

/** What a firewall does not let pass while it is awake. */
export const POISON = "POISON";

const lost = (): TypeError => new TypeError("fetch failed");

/** The way from all browsers of a history to the server. What passes here is written into the ledger. */
export class Wire {
  readonly #server: Server;
  readonly #token: string;
  readonly #ledger: Ledger;
  readonly #underWay = new Set<Promise<unknown>>();
  /** What was wrong with an answer of the real server. */
  readonly complaints: unknown[] = [];
  #onSent: () => void = () => undefined;

  constructor(server: Server, token: string, ledger: Ledger) {
    this.#server = server;
    this.#token = token;
    this.#ledger = ledger;
  }

  /** Calls back after so many more requests have left. */
  afterSending(requests: number, work: () => void): void {
    let left = requests;
    this.#onSent = () => {
      if (left-- === 0) work();
    };
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  /** Sends a request of a browser to the real server. */
  send(who: number, path: string, init: RequestInit): Promise<Response> {
    const answer = this.#send(who, path, init);
    this.#underWay.add(answer);
    const over = (): void => void this.#underWay.delete(answer);
    answer.then(over, over);
    return answer;
  }

  async #send(who: number, path: string, init: RequestInit): Promise<Response> {
    const sending = this.#ledger.began(who, path.split("/").at(-1) as Kind, itemsOf(init));
    let [status, text] = [0, ""];
    try {
      const { method = "GET", body = null } = init;
      const asked = nodeFetch(`${this.#server.address}${path}`, {
        method,
        body,
        headers: { authtoken: this.#token },
      });
      this.#onSent();
      const answer = await asked;
      [status, text] = [answer.status, await answer.text()];
    } catch {
      this.#ledger.unknown(sending);
      throw lost();
    }
    try {
      if (status !== 200) throw new Error(`The server answered ${path} with ${status} ${text}`);
      const answer = JSON.parse(text);
      if (init.method === "PUT") this.#ledger.answered(sending, answer.accepted, answer.failed);
      else for (const kind of ["records", "settings"] as const) this.#ledger.pulled(who, kind, answer[kind]);
    } catch (error) {
      this.complaints.push(error);
    }
    return new Response(text, { status });
  }

  refused(who: number, kind: Kind, item: AnyItem): void {
    this.#ledger.refused(who, kind, item);
  }
}

const itemsOf = ({ body }: RequestInit): readonly AnyItem[] =>
  typeof body === "string" ? (JSON.parse(body) as AnyItem[]) : [];

/** The connection of one browser to the wire, with what goes wrong on it. */
export class Line {
  readonly #who: number;
  readonly #wire: Wire;
  readonly #tally: Tally;
  readonly #faults: Fault[] = [];
  readonly #late: (() => void)[] = [];
  isOffline = false;
  /** What the server tells the person instead of taking anything, or null. */
  notice: string | null = null;
  isFirewallAwake = false;

  constructor(who: number, wire: Wire, tally: Tally) {
    this.#who = who;
    this.#wire = wire;
    this.#tally = tally;
  }

  /** What shall go wrong with the next requests. */
  disturb(faults: readonly Fault[]): void {
    this.#faults.push(...faults);
  }

  /** Lets go on what is late. */
  release(): void {
    for (const go of this.#late.splice(0)) go();
  }

  /** All is well from now on. */
  calm(): void {
    this.#faults.length = 0;
    this.isOffline = false;
    this.notice = null;
    this.isFirewallAwake = false;
    this.release();
  }

  /** Carries a request; `hold` waits for what is late. */
  async carry(
    path: string,
    init: RequestInit,
    hold: (late: Promise<void>) => Promise<void>,
  ): Promise<Response> {
    const send = (): Promise<Response> => this.#wire.send(this.#who, path, init);
    if (this.isOffline) {
      this.#tally.count("requests while offline");
      throw lost();
    }
    const instead = this.#inFront(path, init);
    if (instead !== null) return instead;
    const fault = this.#faults.shift();
    if (fault === undefined) return send();
    this.#tally.count(`fault: ${fault}`);
    const other = INSTEAD[fault];
    if (other !== undefined) return other();
    switch (fault) {
      case "answer lost":
        await send();
        throw lost();
      case "request late":
        await hold(this.#lateness());
        return send();
      case "answer late": {
        const answer = await send();
        await hold(this.#lateness());
        return answer;
      }
      case "answer cut off":
        return new Response((await (await send()).text()).slice(0, -9));
      case "gateway fails behind the server":
        await send();
        return new Response("<html>502 Bad Gateway</html>", { status: 502 });
      default:
        throw lost();
    }
  }

  #lateness(): Promise<void> {
    return new Promise((resolve) => {
      this.#late.push(resolve);
    });
  }

  /** What the service or its firewall says to a push. */
  #inFront(path: string, init: RequestInit): Response | null {
    if (init.method !== "PUT") return null;
    if (this.notice !== null) {
      this.#tally.count("pushes answered 402");
      return new Response(`${this.notice}|Please read this.`, { status: 402 });
    }
    const items = itemsOf(init);
    if (!this.isFirewallAwake || !items.some((item) => JSON.stringify(item).includes(POISON))) return null;
    this.#tally.count("pushes answered 413");
    const [first] = items;
    if (items.length === 1 && first !== undefined)
      this.#wire.refused(this.#who, path.split("/").at(-1) as Kind, first);
    return new Response("too large", { status: 413 });
  }
}
