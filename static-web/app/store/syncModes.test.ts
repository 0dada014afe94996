import { describe, expect, it } from "vitest";
import { ApiFailure } from "../api/request.ts";
import type { Remote } from "./remote.ts";
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
    const report = { status: { phase: "notice", text: "Hello." }, lastSync: 5, isReadOnly: true } as const;
    sync.hear(report);
    expect([sync.report.value, sync.message.value]).toEqual([report, "Hello."]);
    sync.syncNow();
    expect(asked.times).toBe(1);
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
    sync.hear({ status: { phase: "offline" }, lastSync: null, isReadOnly: true });
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
