import { t } from "../i18n/t.ts";
import type { Recovery } from "../store/recovery.ts";
import type { AppContext } from "./context.ts";

/** What the person has to know and would not see otherwise: words of the server, and what became of the browser's data. */
export function SyncNotices({ app }: { readonly app: AppContext }) {
  const message = app.sync.message.value;
  const health = app.keeping.health.value;
  const recovery = app.keeping.recovery.value;
  return (
    <>
      {message !== null && <Notice text={message} onRead={() => app.sync.dismiss()} />}
      {recovery !== null && (
        <Notice
          text={recovered(recovery)}
          onRead={() => {
            app.keeping.recovery.value = null;
          }}
        />
      )}
      {health !== "open" && health !== "asleep" && (
        <div class="notice" role="alert">
          <p>{t(`keeping.${health}`)}</p>
          <button type="button" class="button quiet" onClick={() => location.reload()}>
            {t("keeping.reload")}
          </button>
        </div>
      )}
    </>
  );
}

function Notice({ text, onRead }: { readonly text: string; readonly onRead: () => void }) {
  return (
    <div class="notice" role="alert">
      <p>{text}</p>
      <button type="button" class="button quiet" onClick={onRead}>
        {t("notice.read")}
      </button>
    </div>
  );
}

function recovered({ restored, lost }: Recovery): string {
  const sentences = [t("recovery.emptied")];
  if (restored > 0) sentences.push(t("recovery.restored", { n: restored }));
  if (lost > 0) sentences.push(t("recovery.lost", { n: lost }));
  return sentences.join(" ");
}
