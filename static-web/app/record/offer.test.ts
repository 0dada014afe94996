import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { Sources } from "../domain/completion.ts";
import { type Cursor, Offer } from "./offer.ts";
import type { SuggestionSources } from "./sources.ts";

const used = (...texts: readonly string[]) => texts.map((text) => ({ text, lastUsed: 1 }));
const KNOWN: Sources = {
  recentTags: used("#reading", "#office"),
  tags: used("#reading", "#office", "#research"),
  presets: ["#work #office"],
  descriptions: used("Reading #reading"),
};

function offering(sources: Sources = KNOWN) {
  const current = signal(sources);
  const offer = new Offer({ current } as unknown as SuggestionSources);
  return { offer, current };
}
const end = (text: string): Cursor => ({ text, cursor: text.length });
const texts = (offer: Offer) => offer.suggestions.value?.items.map(({ text }) => text);

describe("typed", () => {
  it("typed_a new tag_offers what begins with it and chooses none (L24)", () => {
    const { offer } = offering();
    offer.typed(end("x #re"));
    expect(texts(offer)).toEqual(["#reading", "#research"]);
    expect(offer.active.value).toBeNull();
  });

  it("typed_a hash_chooses the first", () => {
    const { offer } = offering();
    offer.typed(end("#"));
    expect(offer.active.value).toBe(0);
  });

  it("typed_what nothing is known of_offers nothing", () => {
    const { offer } = offering();
    offer.typed(end("two words"));
    expect(offer.suggestions.value).toBeNull();
  });

  it("typed_while sources come in_follows them", () => {
    const { offer, current } = offering({ ...KNOWN, tags: [] });
    offer.typed(end("#re"));
    expect(texts(offer)).toEqual([]);
    current.value = KNOWN;
    expect(texts(offer)).toEqual(["#reading", "#research"]);
  });

  it("typed_more than anybody reads_shows a hundred", () => {
    const tags = used(...Array.from({ length: 300 }, (_, i) => `#r${i}`));
    const { offer } = offering({ ...KNOWN, tags });
    offer.typed(end("#r"));
    expect(texts(offer)).toHaveLength(100);
  });
});

describe("move", () => {
  it("move_goes around the ends", () => {
    const { offer } = offering();
    offer.typed(end("#re"));
    const places = ([1, 1, 1, -1, -1] as const).map((direction) => {
      offer.move(direction);
      return offer.active.value;
    });
    expect(places).toEqual([0, 1, 0, 1, 0]);
  });

  it("move_up first_chooses the last; without suggestions none", () => {
    const { offer } = offering();
    offer.move(1);
    expect(offer.active.value).toBeNull();
    offer.typed(end("#re"));
    offer.move(-1);
    expect(offer.active.value).toBe(1);
  });
});

describe("accept", () => {
  it("accept_replaces what is typed, keeps what is behind, and closes", () => {
    const { offer } = offering();
    offer.typed({ text: "x #re later", cursor: 5 });
    expect(offer.accept(offer.suggestions.value?.items[0])).toEqual({ text: "x #reading later", cursor: 11 });
    expect(offer.suggestions.value).toBeNull();
    expect(offer.active.value).toBeNull();
  });

  it("accept_of nothing_is nothing", () => {
    const { offer } = offering();
    expect(offer.accept(undefined)).toBeNull();
    offer.typed(end("#re"));
    expect(offer.accept(undefined)).toBeNull();
  });

  it("accept_from a list that a button opened_goes in at the cursor", () => {
    const { offer } = offering();
    offer.browse(end("Read"), "preset");
    expect(texts(offer)).toEqual(["#work #office"]);
    expect(offer.accept(offer.suggestions.value?.items[0])?.text).toBe("Read #work #office ");
  });
});

describe("acceptActive", () => {
  it.each(["Read", "Call #r", "Call #re"])(
    "acceptActive_of %s with nothing chosen_takes nothing and leaves the list",
    (text) => {
      const { offer } = offering();
      offer.typed(end(text));
      expect(offer.acceptActive()).toBeNull();
      expect(offer.suggestions.value?.items.length).toBeGreaterThan(0);
    },
  );

  it("acceptActive_after a move_takes the one that was moved to", () => {
    const { offer } = offering();
    offer.typed(end("Call #re"));
    offer.move(1);
    offer.move(1);
    expect(offer.acceptActive()?.text).toBe("Call #research ");
  });
});

describe("close", () => {
  it("close_says whether anything was shown", () => {
    const { offer } = offering();
    expect(offer.close()).toBe(false);
    offer.browse(end(""), "tag");
    expect(offer.close()).toBe(true);
    expect(offer.close()).toBe(false);
    offer.typed(end("#nobodyknowsit"));
    expect(offer.close()).toBe(true); // That there is nothing like it is shown, too.
  });
});

describe("toggled", () => {
  it("toggled_makes a tag a preset and back, words nothing", () => {
    const { offer } = offering();
    offer.typed(end("#wo"));
    expect(offer.toggled(end("#wo"))).toEqual(end("##wo"));
    offer.typed(end("##wo"));
    expect(offer.toggled(end("##wo"))).toEqual(end("#wo"));
    offer.typed(end("Read"));
    expect(offer.toggled(end("Read"))).toBeNull();
  });
});
