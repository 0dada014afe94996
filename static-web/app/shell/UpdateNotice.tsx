import { t } from "../i18n/t.ts";
import { reload, updateReady } from "./updates.ts";

/** Offers the newer version once it is here. */
export function UpdateNotice() {
  return (
    <div class="toasts" role="status">
      {updateReady.value && (
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
