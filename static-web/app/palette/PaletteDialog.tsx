import Search from "icon:search";
import Close from "icon:x";
import { useSignal } from "@preact/signals";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import type { Action } from "../actions/action.ts";
import { openPalette } from "../actions/openPalette.ts";
import { perform, refusalOf } from "../actions/registry.ts";
import { isComposing } from "../dialogs/composing.ts";
import type { OpenDialog } from "../dialogs/dialogs.ts";
import { Frame } from "../dialogs/Frame.tsx";
import { hasKeyboard } from "../dialogs/keyboard.ts";
import { t } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";
import { ActionList, optionId } from "./ActionList.tsx";
import { find } from "./finding.ts";
import { moved } from "./moving.ts";

/** All actions, to be found by their words and chosen by key, mouse or finger. */
export function PaletteDialog({ app, dialog }: { readonly app: AppContext; readonly dialog: OpenDialog }) {
  const [title, list] = [useId(), useId()];
  const typed = useSignal("");
  const active = useSignal(0);
  const refusal = useSignal<string | null>(null);
  const close = useClosing(app, dialog);
  const found = find(app, typed.value);
  const current = found[active.value];

  const choose = (action: Action): void => {
    refusal.value = refusalOf(action, app);
    if (refusal.value === null) close(action);
    else active.value = found.indexOf(action);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event) || event.altKey || event.shiftKey) return;
    const place = moved(event, active.value, found.length);
    if (event.key === "Enter") {
      if (current !== undefined) choose(current);
    } else if (isOwnKey(event)) {
      dialog.leave();
    } else if (place !== null) {
      active.value = place;
      refusal.value = null;
    } else return;
    event.preventDefault();
  };

  return (
    <Frame labelledBy={title} look="palette sheet" onLeave={() => dialog.leave()}>
      <header>
        <h2 id={title} class="visually-hidden">
          {t(openPalette.label)}
        </h2>
        <Search />
        <input
          type="text"
          role="combobox"
          autofocus={hasKeyboard()}
          autocomplete="off"
          spellcheck={false}
          enterkeyhint="go"
          aria-label={t("palette.search")}
          aria-autocomplete="list"
          aria-expanded={found.length > 0}
          aria-controls={list}
          aria-activedescendant={current === undefined ? undefined : optionId(list, current)}
          placeholder={t("palette.search")}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
            active.value = 0;
            refusal.value = null;
          }}
          onKeyDown={onKeyDown}
        />
        <button
          type="button"
          class="button only-icon"
          autofocus={!hasKeyboard()}
          aria-label={t("dialog.close")}
          onClick={() => dialog.leave()}
        >
          <Close />
        </button>
      </header>
      <ActionList id={list} app={app} actions={found} active={current} onChoose={choose} />
      <footer>
        <p role="status">{found.length === 0 ? t("palette.nothing") : refusal.value}</p>
        {current !== undefined && (
          <p id={`${list}-about`} class="about" hidden={refusal.value !== null}>
            {refusalOf(current, app) ?? t(current.hint)}
          </p>
        )}
      </footer>
    </Frame>
  );
}

/** The keys that open the list close it, too. */
const isOwnKey = ({ key, ctrlKey, metaKey, repeat }: KeyboardEvent): boolean =>
  (ctrlKey || metaKey) && !repeat && key.toLowerCase() === openPalette.chord?.letter;

/**
 * What closes the list and then performs an action: when the focus is back where it was, and the browser is where it was, so
 * that what the action opens, or where it leads, is as without the list.
 */
function useClosing(app: AppContext, dialog: OpenDialog): (action: Action) => void {
  const chosen = useRef<Action | null>(null);
  useLayoutEffect(
    () => () => {
      const action = chosen.current;
      if (action === null) return;
      // What renders the dialog is told before the dialog is gone.
      queueMicrotask(() => void app.dialogs.settled().then(() => perform(action, app)));
    },
    [],
  );
  return (action) => {
    chosen.current = action;
    dialog.close();
  };
}
