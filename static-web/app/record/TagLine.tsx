import { hueOf } from "../domain/colour.ts";
import { UNTAGGED } from "../domain/combo.ts";
import { t } from "../i18n/t.ts";
import { foundTags } from "./foundTags.ts";

/** One line on what was recognised as tags, and on what of it will not count as it may be meant. */
export function TagLine({ id, ds }: { readonly id: string; readonly ds: string }) {
  const { tags, repeated, hasReserved } = foundTags(ds);
  const remarks = [
    repeated.length > 0 && t("record.tags.repeated", { tags: repeated.join(", ") }),
    hasReserved && t("record.tags.reserved", { tag: UNTAGGED }),
  ].filter((remark) => remark !== false);
  return (
    <p id={id} class="tag-line">
      <span class="found">
        {tags.length === 0
          ? t("record.tags.none")
          : tags.flatMap((tag) => [
              <span key={tag} class={`tag hue-${hueOf(tag)}`}>
                {tag}
              </span>,
              " ",
            ])}
      </span>
      <span class="remark" role="status">
        {remarks.join(" · ")}
      </span>
    </p>
  );
}
