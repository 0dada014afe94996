import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import {
  accept,
  browse,
  type Suggestion,
  type Suggestions,
  suggest,
  toggleKind,
} from "../domain/completion.ts";
import type { SuggestionSources } from "./sources.ts";

/** More than these are not shown: who looks for one types. */
const MOST_SHOWN = 100;

/** A list that a button opens. */
export type List = "recent" | "tag" | "preset";

/** A text and where the cursor is in it. */
export interface Cursor {
  readonly text: string;
  readonly cursor: number;
}

/** The list of suggestions below a field, and which of them is chosen. */
export class Offer {
  readonly suggestions: ReadonlySignal<Suggestions | null>;
  /** The place of the one that Enter and Tab take, or null. */
  readonly active = signal<number | null>(null);
  readonly #sources: SuggestionSources;
  readonly #ask: Signal<{ readonly at: Cursor; readonly list: List | null } | null> = signal(null);

  constructor(sources: SuggestionSources) {
    this.#sources = sources;
    this.suggestions = computed(() => {
      const ask = this.#ask.value;
      if (ask === null) return null;
      const { at, list } = ask;
      const found =
        list === null ? suggest(at.text, at.cursor, sources.current.value) : this.#browsed(at, list);
      return found === null ? null : { ...found, items: found.items.slice(0, MOST_SHOWN) };
    });
  }

  /** Offers what goes on from what is typed. */
  typed(at: Cursor): void {
    this.#show(at, null);
  }

  /** Offers a whole list. */
  browse(at: Cursor, list: List): void {
    this.#show(at, list);
  }

  /** Closes the list. Returns whether anything was shown. */
  close(): boolean {
    const wasOpen = this.suggestions.peek() !== null;
    this.#ask.value = null;
    this.active.value = null;
    return wasOpen;
  }

  /** Chooses the next or the one before, around the ends. */
  move(direction: 1 | -1): void {
    const count = this.suggestions.value?.items.length ?? 0;
    if (count === 0) return;
    const at = this.active.value;
    this.active.value = at === null ? (direction === 1 ? 0 : count - 1) : (at + direction + count) % count;
  }

  /** The text with the suggestion taken; null where there is none. The list closes. */
  accept(taken: Suggestion | undefined): Cursor | null {
    const [suggestions, ask] = [this.suggestions.value, this.#ask.value];
    if (suggestions === null || ask === null || taken === undefined) return null;
    this.close();
    return accept(ask.at.text, suggestions, taken);
  }

  /** The text with the chosen one taken; null where none is chosen: then what is typed is what is meant. */
  acceptActive(): Cursor | null {
    const active = this.active.value;
    return active === null ? null : this.accept(this.suggestions.value?.items[active]);
  }

  /** The text with the tag that is typed made a preset, or the other way; null where neither is offered. */
  toggled(at: Cursor): Cursor | null {
    const kind = this.suggestions.value?.kind;
    return kind === "tag" || kind === "preset" ? toggleKind(at.text, at.cursor) : null;
  }

  #browsed({ text, cursor }: Cursor, list: List): Suggestions {
    const items = browse(list, text, this.#sources.current.value);
    return {
      kind: list === "preset" ? "preset" : "tag",
      from: cursor,
      to: cursor,
      items,
      preselected: items.length > 0 ? 0 : null,
    };
  }

  #show(at: Cursor, list: List | null): void {
    this.#ask.value = { at, list };
    this.active.value = this.suggestions.value?.preselected ?? null;
  }
}
