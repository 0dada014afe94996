import type { Dialogs } from "../dialogs/dialogs.ts";
import { t } from "../i18n/t.ts";
import { reload, updateReady } from "./updates.ts";

/** Offers the newer version once it is here. It waits until no dialog is open: behind one nobody could take it. */
export function UpdateNotice({ dialogs }: { readonly dialogs: Dialogs }) {
  return (
    <div class="toasts" role="status">
      {updateReady.value && dialogs.open.value.length === 0 && (
        <div class="toast">
          <p>{t("update.ready")}</p>
          <button type="button" class="button" onClick={reload}>
            {t("update.reload")}
          </button>
        </div>
      )}
    </div>
  );
}
