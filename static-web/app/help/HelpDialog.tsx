import Close from "icon:x";
import { useId } from "preact/hooks";
import type { Action } from "../actions/action.ts";
import { keyName, keysOf } from "../actions/keys.ts";
import { offered } from "../actions/registry.ts";
import type { OpenDialog } from "../dialogs/dialogs.ts";
import { Frame } from "../dialogs/Frame.tsx";
import { t } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";
import { Keys } from "../shell/Keys.tsx";
import { ShortcutsChoice } from "../shell/ShortcutsChoice.tsx";
import { dialogKeys } from "./dialogKeys.ts";

/** What can be done, and with which keys. */
export function HelpDialog({ app, dialog }: { readonly app: AppContext; readonly dialog: OpenDialog }) {
  const title = useId();
  return (
    <Frame labelledBy={title} look="help sheet" onLeave={() => dialog.leave()}>
      <header>
        <h2 id={title}>{t("help.title")}</h2>
        <button
          type="button"
          class="button only-icon"
          aria-label={t("dialog.close")}
          onClick={() => dialog.leave()}
        >
          <Close />
        </button>
      </header>
      <div class="content">
        <p class="links">
          <a href="/guide">{t("help.guide")}</a>
          <a href="/changelog">{t("help.changelog")}</a>
        </p>
        <ActionTable app={app} />
        <section class="for-keyboards">
          <DialogKeyTable />
          <SingleKeys app={app} />
        </section>
      </div>
    </Frame>
  );
}

function ActionTable({ app }: { readonly app: AppContext }) {
  const hasSingleKeys = app.settings.get("single_key_shortcuts");
  return (
    <table class="table">
      <caption>{t("help.actions")}</caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{t("help.action")}</th>
          <th scope="col" class="keys-column">
            {t("help.keys")}
          </th>
        </tr>
      </thead>
      <tbody>
        {offered(app).map((action) => (
          <ActionRow key={action.id} action={action} keys={keysOf(action, hasSingleKeys)} />
        ))}
      </tbody>
    </table>
  );
}

function ActionRow({ action, keys }: { readonly action: Action; readonly keys: readonly string[] }) {
  return (
    <tr>
      <th scope="row">
        <div class="action">
          <action.icon />
          <span>{t(action.label)}</span>
          <p>{t(action.hint)}</p>
        </div>
      </th>
      <td class="keys-column">
        <Keys keys={keys} />
      </td>
    </tr>
  );
}

function DialogKeyTable() {
  return (
    <table class="table">
      <caption>{t("help.inDialogs")}</caption>
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{t("help.keys")}</th>
          <th scope="col">{t("help.does")}</th>
        </tr>
      </thead>
      <tbody>
        {dialogKeys.map(({ keys, says }) => (
          <tr key={says}>
            <th scope="row">
              <Keys keys={keys.map(keyName)} />
            </th>
            <td>{t(says)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Whether single keys do anything, with the switch for that. */
function SingleKeys({ app }: { readonly app: AppContext }) {
  return (
    <>
      <p role="status">{!app.settings.get("single_key_shortcuts") && t("help.singleKeysOff")}</p>
      <ShortcutsChoice app={app} />
    </>
  );
}
