import { describe, expect, it } from "vitest";
import { ApiFailure } from "../api/request.ts";
import type { Remote } from "./remote.ts";
import { NOTHING_YET, type SyncReport } from "./status.ts";
import { accepts, leading, parts, put, record, updates } from "./testParts.ts";

/** A server that takes no changes while `isClosed`, and knows what it was asked. */
function sometimesReadOnly() {
  const server = { isClosed: true, asked: [] as string[] };
  const push: Remote["push"] = async (_kind, body) => {
    server.asked.push(body);
    if (server.isClosed) throw new ApiFailure("notice", "Under repair.", 0, "readonly");
    return accepts(body);
  };
  return { server, push };
}

describe("read-only", () => {
  it("run_402 readonly_is read-only until a push succeeds again", async () => {
    const { server, push } = sometimesReadOnly();
    const { store, sync, timer } = await leading({ push });
    await put(store, record());
    await sync.run();
    expect(sync.report.value).toMatchObject({ isReadOnly: true, status: { phase: "notice" } });
    expect(store.outgoing("records")).toHaveLength(1);
    server.isClosed = false;
    timer.ms = 10_000;
    await sync.run();
    expect(sync.report.value).toMatchObject({ isReadOnly: false, status: { phase: "done" } });
    expect(store.outbox.value.size).toBe(0);
  });

  it("run_read-only and nothing waits_asks with an empty list, and no more often than a push", async () => {
    const { server, push } = sometimesReadOnly();
    const { store, sync, timer } = await leading({ push });
    await put(store, record());
    await sync.run();
    await store.settle("records", store.outgoing("records"), accepts(server.asked[0] ?? ""));
    await sync.run();
    expect(server.asked).toHaveLength(1);
    timer.ms = 10_000;
    await sync.run();
    expect([server.asked.at(-1), sync.report.value.isReadOnly]).toEqual(["[]", true]);
    server.isClosed = false;
    timer.ms = 1_000_000;
    await sync.run();
    expect([server.asked.at(-1), sync.report.value.isReadOnly]).toEqual(["[]", false]);
  });

  it("run_other 402_is no read-only", async () => {
    const { store, sync } = await leading({
      push: () => Promise.reject(new ApiFailure("notice", "Please pay.", 0, "pay")),
    });
    await put(store, record());
    await sync.run();
    expect(sync.report.value.isReadOnly).toBe(false);
    expect(sync.message.value).toBe("Please pay.");
  });

  it("run_the same 402 again_is told once, another one too", async () => {
    let text = "Please pay.";
    const { store, sync, timer } = await leading({
      push: () => Promise.reject(new ApiFailure("notice", text)),
    });
    await put(store, record());
    await sync.run();
    sync.dismiss();
    timer.ms = 1_000_000;
    await sync.run();
    expect(sync.message.value).toBeNull();
    text = "Now really.";
    timer.ms = 2_000_000;
    await sync.run();
    expect(sync.message.value).toBe("Now really.");
  });
});

describe("cadence", () => {
  it.each([
    ["in use", { isHidden: false, idleMs: 0 }, 9_000],
    ["hidden", { isHidden: true, idleMs: 0 }, 270_000],
  ])("run_%s_plans the next accordingly", async (_what, used, expected) => {
    const { sync, timer, use } = await leading();
    Object.assign(use, used);
    await sync.run();
    expect(timer.pending?.ms).toBe(expected);
  });

  it("run_fails again and again_waits longer each time, and is itself again after a success", async () => {
    let isDown = true;
    const { sync, timer } = await leading({
      pull: async () => {
        if (isDown) throw new ApiFailure("server", "down", 7);
        return updates();
      },
    });
    await sync.run();
    expect(timer.pending?.ms).toBe(7000);
    isDown = false;
    timer.ms = 7000;
    await sync.run();
    expect(timer.pending?.ms).toBe(9000);
  });

  it("edited and resume_server wants a pause_wait for it, and the person need not", async () => {
    const { sync, timer } = await leading({
      pull: () => Promise.reject(new ApiFailure("server", "busy", 60)),
    });
    await sync.run();
    timer.ms = 1000;
    sync.edited();
    sync.resume();
    expect(timer.pending?.ms).toBe(59_000);
    sync.syncNow();
    expect(timer.pending?.ms).toBe(0);
  });

  it("run_failure and refusal_other tabs are told until when the server wants to be left alone", async () => {
    let failure: ApiFailure | null = new ApiFailure("server", "busy", 60);
    const { store, sync, clock } = await leading({
      pull: async () => {
        if (failure !== null) throw failure;
        return updates();
      },
      push: () => Promise.reject(new ApiFailure("notice", "full", 30)),
    });
    await sync.run();
    expect(sync.report.value).toMatchObject({ askFrom: 1060, pushFrom: 0 });
    failure = null;
    clock.now = 2000;
    await put(store, record());
    await sync.run();
    expect(sync.report.value).toMatchObject({ askFrom: 0, pushFrom: 2030 });
  });

  it("resume_signed out_asks the server no more, until there is a new sign-in or the person wants it", async () => {
    let requests = 0;
    const { sync, timer } = await leading({
      pull: () => {
        requests += 1;
        return Promise.reject(new ApiFailure("unauthorized", "expired"));
      },
    });
    await sync.run();
    timer.pending = null;
    for (let i = 0; i < 5; i++) sync.resume();
    sync.edited();
    expect([requests, timer.pending]).toEqual([1, null]);
    sync.syncNow();
    expect(timer.pending).not.toBeNull();
    await sync.run();
    timer.pending = null;
    sync.signedIn();
    expect(timer.pending).not.toBeNull();
  });

  it("edited_server is busy and does not say for how long_waits for the pause of a failure", async () => {
    const { sync, timer } = await leading({ pull: () => Promise.reject(new ApiFailure("busy", "503")) });
    await sync.run();
    timer.ms = 500;
    sync.edited();
    expect(timer.pending?.ms).toBe(1500);
  });

  it("run_success_says when", async () => {
    const { sync, clock } = await leading();
    expect(sync.report.value.lastSync).toBeNull();
    clock.now = 1234;
    await sync.run();
    expect(sync.report.value.lastSync).toBe(1234);
  });

  it("run_what came cannot be stored_says so, and not that the server failed", async () => {
    const { store, sync, timer } = await leading();
    store.receive = () => Promise.reject(new DOMException("no room", "QuotaExceededError"));
    await sync.run();
    expect(sync.status.value).toEqual({ phase: "storage", text: "no room" });
    expect(timer.pending).not.toBeNull();
  });
});

describe("following", () => {
  it("run_another tab leads_sends nothing and shows what that one reports", async () => {
    let requests = 0;
    const { store, sync, timer, asked } = await parts({
      pull: async () => {
        requests += 1;
        return updates();
      },
    });
    await put(store, record());
    sync.edited();
    sync.resume();
    await sync.run();
    expect([requests, timer.pending]).toEqual([0, null]);
    const report: SyncReport = { ...NOTHING_YET, status: { phase: "notice", text: "Hello." }, lastSync: 5 };
    sync.hear(report);
    expect([sync.report.value, sync.message.value]).toEqual([report, "Hello."]);
    sync.syncNow();
    // The one that leads does it: when this tab is used again, and whatever the server wants when the person asks.
    expect(asked).toEqual([false, true]);
  });

  it("hear_the server wants a pause_this tab keeps to it, hidden or as the next to lead", async () => {
    const pushes: string[] = [];
    const { store, sync, timer } = await parts({
      push: async (_kind, body) => {
        pushes.push(body);
        return accepts(body);
      },
    });
    await put(store, record());
    sync.hear({ ...NOTHING_YET, status: { phase: "trouble", text: "busy" }, askFrom: 1060 });
    sync.flush();
    expect(pushes).toEqual([]);
    sync.lead();
    expect(timer.pending?.ms).toBe(60_000);
    sync.standBack();
    // A clock that was set back does not make it longer than any server is obeyed.
    sync.hear({ ...NOTHING_YET, askFrom: 1_000_000 });
    sync.lead();
    expect(timer.pending?.ms).toBe(3_600_000);
    sync.standBack();
    sync.hear({ ...NOTHING_YET, pushFrom: 1060 });
    sync.flush();
    expect(pushes).toEqual([]);
    sync.hear(NOTHING_YET);
    sync.flush();
    expect(pushes).toHaveLength(1);
  });

  it("hear_signed out_nothing is sent until there is a new sign-in, or this tab leads", async () => {
    let requests = 0;
    const push: Remote["push"] = async (_kind, body) => {
      requests += 1;
      return accepts(body);
    };
    const { store, sync, timer, asked } = await parts({ push });
    await put(store, record());
    sync.hear({ ...NOTHING_YET, status: { phase: "signedOut", text: "expired" } });
    await sync.flush();
    sync.resume();
    expect([requests, asked]).toEqual([0, []]);
    sync.signedIn();
    expect(asked).toEqual([false]);
    sync.hear({ ...NOTHING_YET, status: { phase: "signedOut", text: "expired" } });
    sync.lead();
    expect(timer.pending?.ms).toBe(0);
  });

  it("hear_a report of an older page, which lacks times_makes nobody hurry", async () => {
    const { sync, timer } = await parts();
    const { status, lastSync, isReadOnly } = NOTHING_YET;
    sync.hear({ status, lastSync, isReadOnly } as SyncReport);
    sync.lead();
    await sync.run();
    expect(timer.pending?.ms).toBe(9000);
  });

  it("standBack_leader no more_plans nothing, and lead takes it up again", async () => {
    const { sync, timer } = await leading();
    sync.standBack();
    expect(timer.pending).toBeNull();
    await sync.run();
    expect(timer.pending).toBeNull();
    sync.lead();
    expect(timer.pending?.ms).toBe(0);
  });

  it("hear_this tab leads_believes nobody else", async () => {
    const { sync } = await leading();
    await sync.run();
    sync.hear({ ...NOTHING_YET, status: { phase: "offline" }, isReadOnly: true });
    expect(sync.report.value).toMatchObject({ status: { phase: "done" }, isReadOnly: false });
  });

  it("run_another tab wrote without telling_is pushed all the same", async () => {
    const bodies: string[] = [];
    const { sync, reopened } = await leading({
      push: async (_kind, body) => {
        bodies.push(body);
        return accepts(body);
      },
    });
    await put(await reopened(), record({ ds: "theirs" }));
    await sync.run();
    expect(bodies[0]).toContain("theirs");
  });
});
