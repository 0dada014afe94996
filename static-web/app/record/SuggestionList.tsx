import { useEffect, useRef } from "preact/hooks";
import { dateAt } from "../domain/calendar/moment.ts";
import { localZone } from "../domain/calendar/zone.ts";
import type { Suggestion, Suggestions } from "../domain/completion.ts";
import { t } from "../i18n/t.ts";
import { Description } from "../today/Description.tsx";

const DAY = 86_400_000;

/** The id of a suggestion's element, by its place. */
export const suggestionId = (list: string, place: number): string => `${list}-${place}`;

/** What is offered below a field. The focus stays in the field; a press takes one. */
export function SuggestionList(props: {
  readonly id: string;
  readonly suggestions: Suggestions | null;
  readonly active: number | null;
  readonly now: number;
  readonly onTake: (item: Suggestion) => void;
}) {
  const { id, suggestions, active, now, onTake } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const items = suggestions?.items ?? [];
  // What was typed decides which come first in a whole list; where all have it the mark would say nothing.
  const areMarked = items.some(({ isMatch }) => !isMatch);
  const isEmpty = suggestions !== null && items.length === 0;
  return (
    <>
      <div
        ref={list}
        id={id}
        class="suggestions"
        role="listbox"
        aria-label={t("record.suggestions")}
        hidden={items.length === 0}
      >
        {items.map((item, place) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and has the keys
          <div
            key={item.text}
            class={areMarked && item.isMatch ? "is-match" : undefined}
            id={suggestionId(id, place)}
            role="option"
            tabIndex={-1}
            aria-selected={place === active}
            onPointerDown={(event) => event.preventDefault()}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onTake(item)}
          >
            <Description ds={item.text} />
            {item.lastUsed !== null && <span class="last-used">{lastUsed(item.lastUsed, now)}</span>}
          </div>
        ))}
      </div>
      {isEmpty && <p class="suggestions hint">{t("record.nothingOffered")}</p>}
    </>
  );
}

function lastUsed(time: number, now: number): string {
  const days = Math.max(0, dayOf(now) - dayOf(time));
  return days === 0 ? t("record.usedToday") : t("record.usedDaysAgo", { n: days });
}

/** The number of the day that the calendar shows. */
function dayOf(time: number): number {
  const { year, month, day } = dateAt(time, localZone);
  return Date.UTC(year, month - 1, day) / DAY;
}
