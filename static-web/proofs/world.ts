import { setTimeout as pause } from "node:timers/promises";
import { KINDS } from "../app/store/store.ts";
import { Author } from "./edits.ts";
import { Ledger } from "./ledger.ts";
import { holdEqual } from "./look.ts";
import { Line, Wire } from "./network.ts";
import type { Page } from "./page.ts";
import type { Act, Plan, PlannedEdit, Step } from "./plan.ts";
import { Profile } from "./profile.ts";
import { decide } from "./refused.ts";
import { nodeFetch, type Server } from "./server.ts";
import type { Tally } from "./tally.ts";
import { versionOf } from "./versions.ts";

/** What a world needs beside a plan. */
export interface WorldHost {
  readonly server: Server;
  readonly token: string;
  readonly tally: Tally;
}

/** Pushes and pulls of everybody until all have to agree. */
const LAST_ROUNDS = 3;

/** Three browsers of one person, the real server, and all that happens to them. */
export class World {
  readonly #host: WorldHost;
  readonly #plan: Plan;
  readonly #ledger: Ledger;
  readonly #wire: Wire;
  readonly #profiles: readonly Profile[];
  readonly #author = new Author();
  /** The clock begins with the server's and is turned by the steps: many things happen in one second. */
  readonly #begin = Math.floor(Date.now() / 1000);
  #steps = 0;

  constructor(host: WorldHost, plan: Plan) {
    this.#plan = plan;
    const { skews } = plan;
    this.#host = host;
    this.#ledger = new Ledger(host.tally);
    this.#wire = new Wire(host.server, host.token, this.#ledger);
    this.#profiles = [0, 1, 2].map((who) => this.#browser(who, skews[who] ?? 0));
  }

  /** Sends the request of the tab that carries this id. */
  request(id: string, path: string, init: RequestInit): Promise<Response> {
    const page = this.#everybody().find((one) => one.id === id);
    if (page === undefined) throw new Error(`No tab has the id ${id}.`);
    return page.request(path, init);
  }

  async open(): Promise<void> {
    for (const profile of this.#profiles) {
      await profile.open();
      if (this.#plan.twoTabs[profile.who]) await profile.open();
    }
  }

  /** Does a step, and holds what has to hold after it. */
  async step(step: Step): Promise<void> {
    this.#steps += 1;
    await this.#do(step);
    await this.#hold();
  }

  /** Lets everything calm down; then all have to agree, and nothing is lost. */
  async end(): Promise<void> {
    for (const profile of this.#profiles) {
      profile.line.calm();
      await profile.quiet();
      for (const page of profile.pages) await page.wake();
    }
    await this.#wire.idle();
    for (let round = 0; round < LAST_ROUNDS; round++)
      for (const profile of this.#profiles) await profile.page(0).run(true);
    await this.#hold();
    for (const profile of this.#profiles) await this.#writeOnce(profile);
    for (const profile of this.#profiles) {
      const { base, outbox } = await profile.look();
      for (const { kind, key, item, refused } of outbox.values()) {
        // What waited during a reset was made anew after it, unless a later version had beaten it.
        const isLeft = refused?.includes("after a reset") && (base[kind].get(key)?.mt ?? 0) <= item.mt;
        if (refused === null || isLeft)
          throw new Error(
            `Browser ${profile.who} still keeps ${versionOf(kind, item)}: ${refused ?? "it waits"}`,
          );
      }
      await decide(profile, profile.page(0), "discard", this.#author);
      for (const page of profile.pages) await page.wake();
    }
    await this.#hold();
    await this.#agree();
  }

  /** Ends all tabs. */
  close(): void {
    for (const page of this.#everybody()) page.kill();
  }

  async #do(step: Step): Promise<void> {
    const { tally } = this.#host;
    tally.count(`step: ${step.does}`);
    switch (step.does) {
      case "together":
        await Promise.all(step.acts.map((act) => this.#act(act)));
        break;
      case "reset":
        await nodeFetch(`${this.#host.server.address}/api/v2/forcereset`, {
          method: "PUT",
          headers: { authtoken: this.#host.token },
        });
        break;
      case "kill server":
        await this.#killServer(step);
        break;
      case "edit":
      case "sync":
      case "hide":
      case "undo":
      case "redo":
      case "undo and redo":
        await this.#act(step);
        break;
      default:
        await this.#toBrowser(this.#profile(step.who), step);
    }
  }

  async #toBrowser(
    profile: Profile,
    step: Exclude<Step, { does: Act["does"] | "together" | "reset" | "kill server" }>,
  ) {
    switch (step.does) {
      case "kill":
        return this.#kill(profile, step);
      case "reload": {
        const page = profile.page(step.tab);
        void page.sync.flush();
        page.kill();
        return profile.open();
      }
      case "disturb":
        return profile.line.disturb(step.faults);
      case "go offline":
      case "go online":
        profile.line.isOffline = step.does === "go offline";
        return;
      case "release":
        profile.line.release();
        return profile.quiet();
      case "firewall":
        profile.line.isFirewallAwake = step.isAwake;
        return;
      case "notice":
        profile.line.notice = step.notice;
        return;
      case "set clock":
        profile.skew = step.skew;
        return;
      case "refused":
        return decide(profile, profile.page(step.tab), step.response, this.#author);
      case "empty":
        return profile.empty(step.fuse);
      case "take away":
        for (const page of profile.pages) await page.wake();
        if (step.isSyncing) {
          // What was asked for with the old database is answered to the new one.
          profile.line.disturb(["answer late"]);
          await profile.page(0).run(true);
        }
        return profile.takeAway(step.fuse);
      case "open tab":
        if (profile.pages.length < 2) await profile.open();
        return;
      case "close tab":
        if (profile.pages.length === 2) profile.page(1).kill();
        return;
      case "hearing": {
        const page = profile.page(step.tab);
        if (step.hearing === "at once") return page.wake();
        page.hearing = step.hearing;
      }
    }
  }

  async #act(act: Act): Promise<void> {
    const profile = this.#profile(act.who);
    const page = profile.page(act.tab);
    if (act.does === "sync") return page.run(act.isAsked);
    if (act.does === "hide") return page.hide();
    if (act.does === "edit") return this.#edit(page, act.edits);
    if (page.sync.report.value.isReadOnly) return;
    for (const way of ["undo", "redo"] as const) {
      if (!act.does.includes(way)) continue;
      const outcome = await page.history[way]();
      if (outcome !== null) this.#host.tally.count(`${way}: ${outcome.result}`);
    }
  }

  async #edit(page: Page, edits: readonly PlannedEdit[]): Promise<void> {
    if (page.sync.report.value.isReadOnly) this.#host.tally.count("edits not allowed");
    else await page.history.change("edit", this.#author.batch(edits, this.#now()));
  }

  async #kill(profile: Profile, step: Extract<Step, { does: "kill" }>): Promise<void> {
    const page = profile.page(step.tab);
    page.light(step.fuse);
    const work = step.during.map((act) => (act === "sync" ? page.run(true) : this.#edit(page, act)));
    const over = Promise.all(work).catch((error: unknown) => {
      if (!page.isDead) throw error;
    });
    await Promise.race([page.dead, over]);
    page.kill();
    await profile.open();
  }

  async #killServer({ after, ms, syncs }: Extract<Step, { does: "kill server" }>): Promise<void> {
    const { server } = this.#host;
    let killed: Promise<void> | null = null;
    this.#wire.afterSending(after, () => {
      killed = pause(ms).then(() => server.kill());
    });
    try {
      await Promise.all(syncs.map(({ who, tab }) => this.#profile(who).page(tab).run(true)));
    } finally {
      this.#wire.afterSending(Number.POSITIVE_INFINITY, () => undefined);
      await (killed ?? server.kill());
      await server.startAgain();
    }
  }

  /** What has to hold at every moment. */
  async #hold(): Promise<void> {
    for (const profile of this.#profiles) await profile.quiet();
    for (const profile of this.#profiles) await profile.hold();
    const [complaint] = this.#wire.complaints;
    if (complaint !== undefined) throw complaint;
  }

  /** Whoever has heard of the last reset can write, whatever the clock says. */
  async #writeOnce(profile: Profile): Promise<void> {
    const key = `last of ${profile.who}`;
    const page = profile.page(0);
    await page.history.change("last", {
      settings: [{ key, change: () => ({ key, mt: 0, st: 0, value: true }) }],
    });
    for (let round = 0; round < LAST_ROUNDS; round++)
      for (const { pages } of this.#profiles) await pages[0]?.run(true);
    if ((await profile.look()).outbox.has(`settings/${key}`))
      throw new Error(`The server does not take what browser ${profile.who} writes.`);
  }

  /** All browsers and one that is new have the same, which is what the server has and ought to have. */
  async #agree(): Promise<void> {
    const fresh = this.#browser(3, 0);
    this.#fresh = fresh;
    await fresh.open();
    await fresh.page(0).run(true);
    const { base } = await fresh.look();
    this.#ledger.holdFinal(base);
    for (const profile of this.#profiles)
      for (const kind of KINDS)
        holdEqual(
          new Map<string, unknown>(profile.page(0).store[kind]),
          new Map<string, unknown>(base[kind]),
          `Browser ${profile.who}, in the end, of ${kind}`,
        );
  }

  #fresh: Profile | null = null;

  #browser(who: number, skew: number): Profile {
    const line = new Line(who, this.#wire, this.#host.tally);
    const complain = (error: unknown): void => void this.#wire.complaints.push(error);
    const around = { ledger: this.#ledger, tally: this.#host.tally, now: () => this.#now(), complain };
    return new Profile(who, line, around, skew);
  }

  #everybody(): readonly Page[] {
    return [...this.#profiles, ...(this.#fresh === null ? [] : [this.#fresh])].flatMap(({ pages }) => pages);
  }

  #now(): number {
    return this.#begin + Math.floor(this.#steps / 2);
  }

  #profile(who: number): Profile {
    const profile = this.#profiles[who];
    if (profile === undefined) throw new Error("There are three browsers.");
    return profile;
  }
}
