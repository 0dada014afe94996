import { effect } from "@preact/signals";
import { speakPreferred } from "../i18n/language.ts";
import { type PlainMessageKey, t } from "../i18n/t.ts";
import { device, followOtherTabs } from "../settings/device.ts";
import { followTheme } from "../settings/theme.ts";
import { type Capability, missing } from "./capabilities.ts";
import { mountAlone } from "./mount.ts";

/** A page: what it is called, what it needs of the browser beside what all need, and how it begins. */
interface Page {
  readonly title: PlainMessageKey;
  readonly needs?: readonly Capability[];
  show(): Promise<void> | void;
}

/** Opens a page in the person's language, or says what the browser lacks. */
export async function openPage({ title, needs = [], show }: Page): Promise<void> {
  followOtherTabs(device);
  followTheme(device);
  await speakPreferred();
  effect(() => {
    document.title = title === "app.title" ? t(title) : t("page.title", { page: t(title) });
  });
  const lacks = missing(needs);
  if (lacks.length > 0) mountAlone(<Unsupported lacks={lacks} />);
  else await show();
}

function Unsupported({ lacks }: { readonly lacks: readonly string[] }) {
  return (
    <div class="notice unsupported" role="alert">
      <h1>{t("unsupported.title")}</h1>
      <p>{t("unsupported.text", { lacks: lacks.join(", ") })}</p>
      <p>{t("unsupported.kept")}</p>
    </div>
  );
}
