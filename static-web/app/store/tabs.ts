import { Leadership, type LeadershipMessage, type Locks } from "./leadership.ts";
import type { Change } from "./localStore.ts";
import type { SyncReport } from "./status.ts";

/** What the tabs of a person in one browser tell each other. */
export type TabMessage =
  | { readonly type: "change"; readonly change: Change }
  | { readonly type: "report"; readonly report: SyncReport }
  /** The tab that leads shall sync now; `isWish` says that the person wants it. */
  | { readonly type: "sync"; readonly isWish: boolean }
  /** Somebody uses this tab. */
  | { readonly type: "used" }
  /** A tab that has just been opened: what does the tab that leads report? */
  | { readonly type: "hello" }
  | { readonly type: "leadership"; readonly message: LeadershipMessage };

/** A channel to the other tabs. */
export interface Channel {
  post(message: TabMessage): void;
  listen(heard: (message: TabMessage) => void): void;
}

/** What a tab does when it hears something. */
export interface TabEvents {
  onChange(change: Change): void;
  onReport(report: SyncReport): void;
  onSync(isWish: boolean): void;
  onUsed(): void;
  onHello(): void;
  onLead(): void;
  onFollow(): void;
}

/** Where tabs live. */
export interface TabsHost {
  readonly name: string;
  readonly channel: Channel;
  readonly locks: Locks | null;
  isHidden(): boolean;
}

/** Joins a channel to the tabs: what is heard goes where it belongs. */
export class Tabs {
  readonly leadership: Leadership;
  readonly #channel: Channel;

  constructor({ name, channel, locks, isHidden }: TabsHost, events: TabEvents) {
    this.#channel = channel;
    this.leadership = new Leadership({
      locks,
      name,
      isHidden,
      say: (message) => channel.post({ type: "leadership", message }),
      onLead: events.onLead,
      onFollow: events.onFollow,
    });
    channel.listen((heard) => this.#heard(heard, events));
  }

  /** Tells the other tabs. */
  tell(message: TabMessage): void {
    this.#channel.post(message);
  }

  #heard(heard: TabMessage, events: TabEvents): void {
    switch (heard.type) {
      case "change":
        events.onChange(heard.change);
        break;
      case "report":
        events.onReport(heard.report);
        break;
      case "sync":
        events.onSync(heard.isWish);
        break;
      case "used":
        events.onUsed();
        break;
      case "hello":
        events.onHello();
        break;
      case "leadership":
        this.leadership.hear(heard.message);
        break;
    }
  }
}

/** The browser's channel of that name. A tab may run an older page: what it says may lack something, or be of no type. */
export function browserChannel(name: string): Channel {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    listen: (heard) =>
      channel.addEventListener("message", (event: MessageEvent<Partial<TabMessage>>) => {
        if (event.data.type !== undefined) heard(event.data as TabMessage);
      }),
  };
}

/** The browser's locks. They exist on https and on this computer only. */
export const browserLocks = (): Locks | null =>
  "locks" in navigator ? (navigator.locks as unknown as Locks) : null;
