import { useEffect } from "preact/hooks";
import { HelpDialog } from "../help/HelpDialog.tsx";
import { t } from "../i18n/t.ts";
import { PaletteDialog } from "../palette/PaletteDialog.tsx";
import { RecordDialog } from "../record/RecordDialog.tsx";
import type { AppContext } from "../shell/context.ts";
import { focusStart } from "../today/StartBar.tsx";
import { followBack } from "./back.ts";
import { Dialog } from "./Dialog.tsx";
import type { OpenDialog } from "./dialogs.ts";
import { guardLeaving } from "./guardLeaving.ts";

/** The dialogs that are open, and the question whether to drop what is typed in one. */
export function DialogStack({ app }: { readonly app: AppContext }) {
  const { dialogs } = app;
  useEffect(() => followBack(dialogs, window), [dialogs]);
  useEffect(() => guardLeaving(dialogs, window), [dialogs]);
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
        <Content key={dialog.id} app={app} dialog={dialog} />
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

function Content({ app, dialog }: { readonly app: AppContext; readonly dialog: OpenDialog }) {
  const { content } = dialog;
  switch (content.kind) {
    case "record":
      return <RecordDialog editor={content.editor} dialog={dialog} />;
    case "palette":
      return <PaletteDialog app={app} dialog={dialog} />;
    case "help":
      return <HelpDialog app={app} dialog={dialog} />;
  }
}
