import { hueOf } from "../domain/colour.ts";
import { parseDescription } from "../domain/tags.ts";
import { t } from "../i18n/t.ts";

/** A description as text, its tags set off. */
export function Description({ ds }: { readonly ds: string }) {
  const { parts } = parseDescription(ds);
  if (parts.length === 0) return <span class="description none">{t("record.noDescription")}</span>;
  return (
    <span class="description">
      {parts.map((part) =>
        part.kind === "tag" ? <span class={`tag hue-${hueOf(part.text)}`}>{part.text}</span> : part.text,
      )}
    </span>
  );
}
