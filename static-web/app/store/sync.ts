import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { ApiFailure, LONGEST_WISH_SECONDS } from "../api/request.ts";
import { PUSH_SOON_MS, pause, retryDelay, type Use } from "./cadence.ts";
import type { LocalStore } from "./localStore.ts";
import { Pace } from "./pace.ts";
import { flush, isRefusal, type PushMemory, probe, pushAll } from "./push.ts";
import type { Remote } from "./remote.ts";
import { type AppSync, NOTHING_YET, type SyncReport, type SyncStatus, statusOf } from "./status.ts";
import { Suspects } from "./suspects.ts";

/** So many pushes that failed one after the other are no accident. */
const PERSISTENT = 3;

/** What a sync needs from its surroundings. */
export interface SyncHost {
  /** The current time in whole unix seconds. */
  now(): number;
  /** Milliseconds since some moment, which never go back. */
  milliseconds(): number;
  random(): number;
  /** Does `work` after so many milliseconds, unless the function that is returned is called before. */
  after(ms: number, work: () => void): () => void;
  use(): Use;
  /** Asks the tab that syncs to do it now; `isWish` says that the person wants it. */
  ask(isWish: boolean): void;
  onRevoked(): void;
}

/**
 * Carries edits to the server and the server's changes here: push, pull, wait, again. Of all tabs only the one that
 * leads does so; the others show what it reports.
 */
export class Sync implements AppSync {
  readonly report = signal<SyncReport>(NOTHING_YET);
  readonly status: ReadonlySignal<SyncStatus> = computed(() => this.report.value.status);
  readonly message = signal<string | null>(null);

  readonly #store: LocalStore;
  readonly #remote: Remote;
  readonly #host: SyncHost;
  readonly #memory: PushMemory;
  readonly #told = new Set<string>();
  #cancel: () => void = () => undefined;
  #due = Number.POSITIVE_INFINITY;
  #failures = 0;
  /** Why the server did not take the last push, and from when on to try again. Pulls go on meanwhile. */
  #refusal: ApiFailure | null = null;
  #refusals = 0;
  #pushFrom = 0;
  /** The server wants no push before. */
  #pushNotBefore = 0;
  /** The server wants no request at all before. */
  #notBefore = 0;
  #isLeading = false;
  #isBusy = false;
  #isAgain = false;
  #isStopped = false;
  #isFlushing = false;
  /** Whether the person waits for the next sync. */
  #isAsked = false;

  constructor(store: LocalStore, remote: Remote, host: SyncHost) {
    this.#store = store;
    this.#remote = remote;
    this.#host = host;
    this.#memory = { pace: new Pace(() => host.milliseconds()), suspects: new Suspects() };
  }

  /** This tab syncs from now on, for all. */
  lead(): void {
    this.#isLeading = true;
    // The one that led may have been the last to hear of a new sign-in.
    this.#isStopped = false;
    this.resume();
  }

  /** Another tab syncs from now on. */
  standBack(): void {
    this.#isLeading = false;
    this.#stopTimer();
  }

  /** Shows what the tab that syncs says, and asks no more of the server than that one may. */
  hear(heard: SyncReport): void {
    if (this.#isLeading) return;
    // A page of an older version tells less.
    const report = { ...NOTHING_YET, ...heard };
    this.report.value = report;
    this.#isStopped = report.status.phase === "signedOut";
    this.#notBefore = this.#momentOf(report.askFrom);
    this.#pushNotBefore = this.#momentOf(report.pushFrom);
    this.#tell(report.status);
  }

  /** An edit waits: push it in a moment, together with what follows at once. */
  edited(): void {
    this.#pushFrom = 0;
    this.#hurry(PUSH_SOON_MS);
  }

  /** Syncs now: this tab leads, the page became visible or is used again, or the network came back. */
  resume(): void {
    if (this.#isStopped) return;
    this.#pushFrom = 0;
    if (this.#isLeading) this.#hurry(0);
    else this.#host.ask(false);
  }

  /** There is a new token: syncs again, if the last one was what ended it. */
  signedIn(): void {
    if (!this.#isStopped) return;
    this.#isStopped = false;
    this.resume();
  }

  syncNow(): void {
    this.#isStopped = false;
    this.#notBefore = this.#pushNotBefore = 0;
    this.#isAsked = this.#isLeading;
    if (this.#isLeading) this.resume();
    else this.#host.ask(true);
  }

  dismiss(): void {
    this.message.value = null;
  }

  /** Pushes, then pulls. Failures end in `status`, never in an exception; another try is scheduled. */
  async run(): Promise<void> {
    if (!this.#isLeading) return;
    if (this.#isBusy) {
      this.#isAgain = true;
      return;
    }
    this.#isBusy = true;
    this.#stopTimer();
    let delay: number;
    try {
      delay = await this.#cycle();
    } catch (error) {
      delay = this.#failed(isRefusal(error) ? (this.#refusal ?? error) : error);
    } finally {
      this.#isBusy = false;
    }
    const isAgain = this.#isAgain;
    this.#isAgain = false;
    this.#schedule(isAgain ? PUSH_SOON_MS : delay);
  }

  /**
   * Sends what waits in requests that outlive the page; called when the page may be about to go away. Resolves, if it
   * stays, when they are over.
   */
  async flush(): Promise<void> {
    if (this.#isStopped || this.#isFlushing || this.report.value.isReadOnly) return;
    if (this.#isTooEarly() || this.#host.milliseconds() < this.#notBefore) return;
    this.#isFlushing = true;
    await flush(this.#store, this.#remote);
    this.#isFlushing = false;
  }

  async #cycle(): Promise<number> {
    await this.#store.catchUp();
    // What is wrong stays on the screen while it is tried again, unless the person asked for that.
    const isCalm = ["starting", "busy", "done"].includes(this.status.value.phase);
    if (this.#isAsked || (isCalm && this.#waits())) this.#show({ phase: "busy" });
    this.#isAsked = false;
    await this.#push();
    const question = await this.#store.question();
    const isAnew = await this.#store.receive(await this.#remote.pull(question.since), question);
    this.#failures = 0;
    const status: SyncStatus = this.#refusal === null ? { phase: "done" } : statusOf(this.#refusal);
    this.#report({ status, lastSync: this.#host.now(), askFrom: 0 });
    return isAnew ? PUSH_SOON_MS : Math.min(pause(this.#host.use(), this.#host.random()), this.#untilPush());
  }

  #waits(): boolean {
    return this.#store.outgoing("records").length + this.#store.outgoing("settings").length > 0;
  }

  /** Tries every push, unless the server refused the last ones a moment ago. */
  async #push(): Promise<void> {
    const isReadOnly = this.report.value.isReadOnly;
    const waits = this.#waits();
    if (this.#isTooEarly() && (waits || isReadOnly)) return;
    // While nothing waits, only asking tells whether the server takes changes again.
    const { refusal, isTaken } =
      isReadOnly && !waits
        ? await probe(this.#remote)
        : await pushAll(this.#store, this.#remote, this.#memory, this.#refusals >= PERSISTENT);
    this.#refusal = refusal;
    this.#refusals = refusal === null ? 0 : this.#refusals + 1;
    const pushFrom = this.#timeIn(refusal?.retryAfterSeconds ?? 0);
    this.#report({ isReadOnly: refusal?.code === "readonly" || (isReadOnly && !isTaken), pushFrom });
    if (refusal === null) return;
    this.#pushFrom = this.#host.milliseconds() + this.#pauseAfter(this.#refusals, refusal);
    this.#pushNotBefore = this.#momentOf(pushFrom);
  }

  /** Milliseconds until what the server did not take is pushed again; without end where there is no such thing. */
  #untilPush(): number {
    if (this.#refusal === null || !this.#waits()) return Number.POSITIVE_INFINITY;
    const due = Math.max(this.#pushFrom, this.#pushNotBefore) - this.#host.milliseconds();
    return Math.max(PUSH_SOON_MS, due);
  }

  #isTooEarly(): boolean {
    return this.#host.milliseconds() < Math.max(this.#pushFrom, this.#pushNotBefore);
  }

  /** Syncs after this time at the latest. A sync that is under way does the next one so soon after its end. */
  #hurry(delay: number): void {
    if (this.#isBusy) this.#isAgain = true;
    else if (this.#host.milliseconds() + delay < this.#due) this.#schedule(delay);
  }

  #schedule(delay: number): void {
    this.#stopTimer();
    if (this.#isStopped || !this.#isLeading) return;
    const now = this.#host.milliseconds();
    this.#due = Math.max(now + delay, this.#notBefore);
    this.#cancel = this.#host.after(this.#due - now, () => void this.run());
  }

  #stopTimer(): void {
    this.#cancel();
    this.#due = Number.POSITIVE_INFINITY;
  }

  /** Shows the failure; returns the pause before the next try. */
  #failed(error: unknown): number {
    this.#failures += 1;
    const status = statusOf(error);
    const wished = error instanceof ApiFailure ? error.retryAfterSeconds : 0;
    const askFrom = this.#timeIn(wished);
    this.#report({ status, askFrom });
    if (status.phase === "signedOut") {
      this.#isStopped = true;
      if (error instanceof ApiFailure && error.kind === "revoked") this.#host.onRevoked();
    }
    const pause = this.#pauseAfter(this.#failures, error);
    if (wished > 0) this.#notBefore = this.#momentOf(askFrom);
    // Edits would have the next try follow at once.
    else if (error instanceof ApiFailure && error.kind === "busy")
      this.#notBefore = this.#host.milliseconds() + pause;
    return pause;
  }

  #pauseAfter(failures: number, error: unknown): number {
    const wished = error instanceof ApiFailure ? error.retryAfterSeconds * 1000 : 0;
    return Math.max(retryDelay(failures, this.#host.random()), wished);
  }

  /** The time so many seconds from now, which other tabs understand; 0 for now. */
  #timeIn(seconds: number): number {
    return seconds === 0 ? 0 : this.#host.now() + seconds;
  }

  /** Such a time as a moment of this page: at most as far ahead as a server is obeyed, whatever clocks were set to. */
  #momentOf(time: number): number {
    const ahead = Math.min(Math.max(time - this.#host.now(), 0), LONGEST_WISH_SECONDS);
    return this.#host.milliseconds() + ahead * 1000;
  }

  #show(status: SyncStatus): void {
    this.#report({ status });
  }

  #report(news: Partial<SyncReport>): void {
    const old: Readonly<Record<string, unknown>> = { ...this.report.value };
    if (Object.entries(news).every(([name, value]) => old[name] === value)) return;
    this.report.value = { ...this.report.value, ...news };
    this.#tell(this.report.value.status);
  }

  /** Shows what the server wants the person to read, if it has not been shown yet. */
  #tell(status: SyncStatus): void {
    if (status.phase !== "notice" || this.#told.has(status.text)) return;
    this.#told.add(status.text);
    this.message.value = status.text;
  }
}
