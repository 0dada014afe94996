import { useEffect, useRef } from "preact/hooks";
import type { Action } from "../actions/action.ts";
import { keysOf } from "../actions/keys.ts";
import { openPalette } from "../actions/openPalette.ts";
import { refusalOf } from "../actions/registry.ts";
import { t } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";
import { Keys } from "../shell/Keys.tsx";

/** The id of the element of an action in a list. */
export const optionId = (list: string, { id }: Action): string => `${list}-${id}`;

/** The actions that were found. The focus stays in the field; a press takes one. */
export function ActionList(props: {
  readonly id: string;
  readonly app: AppContext;
  readonly actions: readonly Action[];
  /** The one that Enter takes. */
  readonly active: Action | undefined;
  readonly onChoose: (action: Action) => void;
}) {
  const { id, app, actions, active, onChoose } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const hasSingleKeys = app.settings.get("single_key_shortcuts");
  return (
    <div
      ref={list}
      id={id}
      class="actions"
      role="listbox"
      aria-label={t(openPalette.label)}
      hidden={actions.length === 0}
    >
      {actions.map((action) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and has the keys
        <div
          key={action.id}
          id={optionId(id, action)}
          role="option"
          tabIndex={-1}
          aria-selected={action === active}
          aria-disabled={refusalOf(action, app) !== null}
          aria-describedby={action === active ? `${id}-about` : undefined}
          onPointerDown={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(action)}
        >
          <action.icon />
          <span>{t(action.label)}</span>
          <Keys keys={keysOf(action, hasSingleKeys)} />
        </div>
      ))}
    </div>
  );
}
