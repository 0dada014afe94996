import Close from "icon:x";
import { effect, useSignal } from "@preact/signals";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { deleteRecord } from "../actions/deleteRecord.ts";
import { resumeRecord } from "../actions/resumeRecord.ts";
import { throwAwayRecord } from "../actions/throwAwayRecord.ts";
import { isComposing } from "../dialogs/composing.ts";
import type { OpenDialog } from "../dialogs/dialogs.ts";
import { Frame } from "../dialogs/Frame.tsx";
import { linksIn } from "../domain/links.ts";
import { isRunning } from "../domain/record.ts";
import { formats } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import { DescriptionField } from "./DescriptionField.tsx";
import type { RecordEditor } from "./editor.ts";
import { refusalText } from "./refusalText.ts";
import { resume } from "./resume.ts";
import { type Saved, save } from "./save.ts";
import { TimeFields } from "./TimeFields.tsx";

/** Makes, changes, stops or deletes a record. */
export function RecordDialog({
  editor,
  dialog,
}: {
  readonly editor: RecordEditor;
  readonly dialog: OpenDialog;
}) {
  const title = useId();
  const form = useRef<HTMLFormElement>(null);
  const refusal = useSignal<Saved | null>(null);
  const mode = editor.mode.value;
  const { app } = editor;
  useFollowing(editor, dialog);
  useLayoutEffect(() => {
    if (editor.asksToDelete.value) {
      form.current?.querySelector<HTMLButtonElement>("footer .danger")?.focus();
      return;
    }
    // On a phone the keyboard would cover what the dialog shows.
    if (matchMedia("(pointer: coarse)").matches && mode !== "start") return;
    form.current?.querySelector<HTMLInputElement>("[data-first]")?.focus();
  }, []);

  const submit = async (): Promise<void> => {
    const isDeleted = editor.elsewhere.value === "deleted";
    if (editor.form.value.original !== null && !editor.isChanged.value && !isDeleted) {
      dialog.close();
      return;
    }
    await store(save);
  };
  const store = async (work: (editor: RecordEditor) => Promise<Saved>): Promise<void> => {
    const wrong = form.current?.querySelector<HTMLInputElement>('.time-fields [aria-invalid="true"]');
    if (wrong) {
      wrong.focus();
      // Why stands below all fields: on a small screen that is out of sight.
      document
        .getElementById(wrong.getAttribute("aria-describedby") ?? "")
        ?.scrollIntoView({ block: "nearest" });
      return;
    }
    const saved = await work(editor);
    if (saved === "saved") dialog.close();
    else {
      refusal.value = saved;
      if (saved !== "failed") form.current?.querySelector<HTMLInputElement>("[data-first]")?.focus();
    }
  };

  return (
    <Frame labelledBy={title} look="record-dialog sheet" onLeave={() => dialog.stepBack()}>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown={(event) => {
          const isWord = isComposing(event);
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey || isWord)) return;
          event.preventDefault(); // Some browsers would send the form with a word that is being composed.
          if (!isWord) void submit();
        }}
      >
        <Head id={title} editor={editor} dialog={dialog} />
        <div class="content">
          <Elsewhere editor={editor} />
          <Question editor={editor} />
          <DescriptionField
            editor={editor}
            dialog={dialog}
            error={isRefusal(refusal.value) ? refusalText(refusal.value) : null}
            onEdited={() => {
              refusal.value = null;
            }}
          />
          <Links ds={editor.ds.value} />
          <TimeFields editor={editor} />
          <Beside editor={editor} />
        </div>
        <footer>
          {/* Always in sight, beside what was pressed: below the fields a small screen would not show it. */}
          <p class="notice" role="alert">
            {app.notice.value?.text}
          </p>
          <Deleting editor={editor} dialog={dialog} />
          <Resuming editor={editor} onResume={() => void store(resume)} />
          <button type="submit" class="button primary">
            {t(`record.submit.${mode}`)}
          </button>
        </footer>
      </form>
    </Frame>
  );
}

function Head({ id, editor, dialog }: Parts & { readonly id: string }) {
  return (
    <header>
      <h2 id={id}>{titleOf(editor)}</h2>
      <button
        type="button"
        class="button only-icon"
        aria-label={t("dialog.close")}
        onClick={() => dialog.leave()}
      >
        <Close />
      </button>
    </header>
  );
}

/** Follows what becomes of the record elsewhere, and keeps what is typed from being lost. */
function useFollowing(editor: RecordEditor, dialog: OpenDialog): void {
  useEffect(() => {
    dialog.guard = () => editor.isWorthKeeping.value;
    editor.app.notice.value = null;
    const ends = [
      effect(() => {
        editor.app.store.isComplete.value;
        void editor.app.sources.refresh();
      }),
      effect(() => {
        editor.app.store.version.value;
        editor.follow();
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [editor, dialog]);
}

function titleOf(editor: RecordEditor): string {
  const { original } = editor.form.value;
  const mode = editor.mode.value;
  return mode === "edit" && original !== null && isRunning(original)
    ? t("record.title.editRunning")
    : t(`record.title.${mode}`);
}

const isRefusal = (saved: Saved | null): saved is Exclude<Saved, string> =>
  saved !== null && typeof saved !== "string";

function Elsewhere({ editor }: { readonly editor: RecordEditor }) {
  const elsewhere = editor.elsewhere.value;
  return (
    <p class="notice" role="status">
      {elsewhere !== null && t(`record.elsewhere.${elsewhere}`)}
    </p>
  );
}

/** Whether a record that has run for long still does; the choice below is the answer. */
function Question({ editor }: { readonly editor: RecordEditor }) {
  if (!editor.asksWhetherRunning.value) return null;
  const { t1 } = editor.form.value;
  const since = formats().time(t1, editor.app.day.value);
  return <p>{t("record.longRunning", { since })}</p>;
}

/** The addresses in the words, to be followed. */
function Links({ ds }: { readonly ds: string }) {
  const links = linksIn(ds);
  if (links.length === 0) return null;
  return (
    <ul class="links" aria-label={t("record.links")}>
      {links.map((link) => (
        <li key={link}>
          <a href={link} target="_blank" rel="noopener noreferrer">
            {link}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Whether what runs goes on beside what is started. */
function Beside({ editor }: { readonly editor: RecordEditor }) {
  const running = editor.othersRunning();
  if (editor.mode.value !== "start" || running.length === 0) return null;
  const what = running.map(({ ds }) => ds || t("record.noDescription")).join(", ");
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={editor.isBeside.value}
        onChange={(event) => {
          editor.isBeside.value = event.currentTarget.checked;
        }}
      />
      <span>{t("record.beside", { what })}</span>
    </label>
  );
}

interface Parts {
  readonly editor: RecordEditor;
  readonly dialog: OpenDialog;
}

/** Deletes in two steps; undo brings it back. */
function Deleting({ editor, dialog }: Parts) {
  const { app } = editor;
  const isSure = useSignal(editor.asksToDelete.value);
  const { original } = editor.form.value;
  const action = original && [deleteRecord, throwAwayRecord].find((each) => each.isEnabled(app, original));
  if (!action) return null;
  return (
    <button
      type="button"
      class={`button ${isSure.value ? "danger" : ""} at-start`}
      onBlur={() => {
        isSure.value = false;
      }}
      onKeyDown={(event) => {
        if (event.repeat) event.preventDefault(); // A key that is held is pressed once.
      }}
      onClick={({ detail }) => {
        // The second click of two was meant for what the first one was.
        if (detail > 1) return;
        if (!isSure.value) isSure.value = true;
        else
          void editor.act(async () => {
            if (await action.perform(app, original)) dialog.close();
          });
      }}
    >
      {t(isSure.value ? "record.deleteSurely" : action.label)}
    </button>
  );
}

/** Starts the same again. */
function Resuming({ editor, onResume }: { readonly editor: RecordEditor; readonly onResume: () => void }) {
  const { original } = editor.form.value;
  if (original === null || !resumeRecord.isEnabled(editor.app, original)) return null;
  return (
    <button type="button" class="button quiet" onClick={onResume}>
      {t(resumeRecord.label)}
    </button>
  );
}
