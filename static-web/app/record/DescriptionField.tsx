import type { RefObject } from "preact";
import { useEffect, useId, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { isComposing } from "../dialogs/composing.ts";
import type { OpenDialog } from "../dialogs/dialogs.ts";
import { hasKeyboard } from "../dialogs/keyboard.ts";
import { t } from "../i18n/t.ts";
import type { RecordEditor } from "./editor.ts";
import { type Cursor, type List, Offer } from "./offer.ts";
import { SuggestionList, suggestionId } from "./SuggestionList.tsx";
import { TagLine } from "./TagLine.tsx";

const LISTS: readonly List[] = ["recent", "tag", "preset"];

/** Where a person says what a record is about: words and tags, with suggestions for both. */
export function DescriptionField(props: {
  readonly editor: RecordEditor;
  readonly dialog: OpenDialog;
  readonly error: string | null;
  readonly onEdited: () => void;
}) {
  const { editor, dialog, error, onEdited } = props;
  const [id, list] = [useId(), useId()];
  const field = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const cursor = useRef<number | null>(null);
  const offer = useMemo(() => new Offer(editor.app.sources), [editor]);
  const suggestions = offer.suggestions.value;
  const active = offer.active.value;

  useLayoutEffect(() => {
    if (cursor.current === null) return;
    input.current?.setSelectionRange(cursor.current, cursor.current);
    cursor.current = null;
  });

  useClosing(offer, field, suggestions !== null);
  useLayoutEffect(() => {
    // A list that a button opened on a phone has no field with the focus, and so no keys of its own.
    dialog.closeInner = () => offer.close();
    return () => {
      dialog.closeInner = () => false;
    };
  }, [dialog, offer]);

  const here = (): Cursor => ({
    text: editor.ds.value,
    cursor: input.current?.selectionStart ?? editor.ds.value.length,
  });
  const put = (to: Cursor | null): boolean => {
    if (to === null) return false;
    editor.ds.value = to.text;
    cursor.current = to.cursor;
    onEdited();
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey || suggestions === null) return;
    if (press(event, { offer, here, put })) event.preventDefault();
  };

  return (
    <div ref={field} class="field description-field">
      <label for={id}>{t("record.description")}</label>
      <div class="with-key">
        <input
          ref={input}
          id={id}
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck
          enterkeyhint="done"
          data-first
          aria-autocomplete="list"
          aria-expanded={suggestions !== null && suggestions.items.length > 0}
          aria-controls={list}
          aria-activedescendant={active === null ? undefined : suggestionId(list, active)}
          aria-invalid={error !== null}
          aria-describedby={error === null ? `${id}-tags` : `${id}-error`}
          placeholder={t(`record.asks.${editor.mode.value}`)}
          value={editor.ds.value}
          onInput={(event) => {
            editor.ds.value = event.currentTarget.value;
            onEdited();
            if (!event.isComposing) offer.typed(here());
          }}
          onCompositionEnd={() => offer.typed(here())}
          onKeyDown={onKeyDown}
          onBlur={(event) => {
            const isWithin =
              event.relatedTarget instanceof Node &&
              event.currentTarget.closest(".description-field")?.contains(event.relatedTarget);
            if (isWithin) return;
            offer.close();
            editor.tidy();
          }}
        />
        <HashKey
          onPress={() => {
            const { text, cursor: at } = here();
            const next = { text: `${text.slice(0, at)}#${text.slice(at)}`, cursor: at + 1 };
            input.current?.focus();
            put(next);
            offer.typed(next);
          }}
        />
      </div>
      <p id={`${id}-error`} class="error" role="alert">
        {error}
      </p>
      <SuggestionList
        id={list}
        suggestions={suggestions}
        active={active}
        now={editor.app.now.value}
        onTake={(item) => {
          put(offer.accept(item));
          if (hasKeyboard()) input.current?.focus();
        }}
      />
      <Lists
        onOpen={(kind, isByKey) => {
          offer.browse(here(), kind);
          // The field has the keys of the list. On a phone it would bring up a keyboard that covers it.
          if (isByKey || hasKeyboard()) input.current?.focus();
        }}
      />
      <TagLine id={`${id}-tags`} ds={editor.ds.value} />
    </div>
  );
}

/** Closes what is offered at a press elsewhere: a list that a button opened has no field that could lose the focus. */
function useClosing(offer: Offer, field: RefObject<HTMLElement | null>, isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return;
    const close = ({ target }: Event): void => {
      if (!(target instanceof Node && field.current?.contains(target))) offer.close();
    };
    document.addEventListener("pointerdown", close);
    return () => document.removeEventListener("pointerdown", close);
  }, [offer, isOpen]);
}

/** What the keys of the list work on: where the cursor is, and what puts another text in the field. */
interface Hands {
  readonly offer: Offer;
  here(): Cursor;
  put(to: Cursor | null): boolean;
}

/** Does what a key does while something is offered. Returns whether it did anything. */
function press({ key, shiftKey }: KeyboardEvent, { offer, here, put }: Hands): boolean {
  switch (key) {
    case "ArrowDown":
    case "ArrowUp":
      offer.move(key === "ArrowDown" ? 1 : -1);
      return true;
    case "Enter":
      return put(offer.acceptActive());
    case "Tab":
      if (!shiftKey && put(offer.acceptActive())) return true;
      // It goes on to what comes next, which the list would cover.
      offer.close();
      return false;
    case "Escape":
      offer.close();
      return true;
    case "#": {
      const toggled = offer.toggled(here());
      if (toggled !== null) offer.typed(toggled);
      return put(toggled);
    }
    default:
      return false;
  }
}

/** On the keyboards of phones a # is two pages away. */
function HashKey({ onPress }: { readonly onPress: () => void }) {
  return (
    <button
      type="button"
      class="button quiet hash-key"
      aria-label={t("record.hashKey")}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      {"#"}
    </button>
  );
}

/** What opens whole lists. */
function Lists({ onOpen }: { readonly onOpen: (kind: List, isByKey: boolean) => void }) {
  return (
    <div class="lists">
      {LISTS.map((kind) => (
        <button
          key={kind}
          type="button"
          class="link"
          onPointerDown={(event) => event.preventDefault()}
          onClick={(event) => onOpen(kind, event.detail === 0)}
        >
          {t(`record.list.${kind}`)}
        </button>
      ))}
    </div>
  );
}
