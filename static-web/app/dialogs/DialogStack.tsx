import { useEffect } from "preact/hooks";
import { t } from "../i18n/t.ts";
import { RecordDialog } from "../record/RecordDialog.tsx";
import { focusStart } from "../today/StartBar.tsx";
import { followBack } from "./back.ts";
import { Dialog } from "./Dialog.tsx";
import type { Dialogs } from "./dialogs.ts";

/** The dialogs that are open, and the question whether to drop what is typed in one. */
export function DialogStack({ dialogs }: { readonly dialogs: Dialogs }) {
  useEffect(() => followBack(dialogs, window), [dialogs]);
  const isOpen = dialogs.open.value.length > 0;
  useEffect(() => {
    // What opened the last one may be gone with what it did: nobody is left nowhere.
    if (!isOpen) return;
    return () => {
      if (document.activeElement === document.body) focusStart();
    };
  }, [isOpen]);
  const leaving = dialogs.leaving.value;
  return (
    <>
      {dialogs.open.value.map((dialog) => (
        <RecordDialog key={dialog.id} editor={dialog.content.editor} dialog={dialog} />
      ))}
      {leaving !== null && (
        <Dialog
          title={t("unsaved.title")}
          choices={[
            { id: "stay", label: t("unsaved.stay"), look: "primary" },
            { id: "discard", label: t("unsaved.discard"), look: "danger", choose: () => leaving.close() },
          ]}
          onClosed={() => dialogs.stay()}
        >
          <p>{t("unsaved.text")}</p>
        </Dialog>
      )}
    </>
  );
}
