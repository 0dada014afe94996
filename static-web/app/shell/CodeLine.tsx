import Check from "icon:check";
import Copy from "icon:copy";
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../i18n/t.ts";

const SHOWN_MS = 2000;

/** A value to be copied, such as a token. `name` says what it is. */
export function CodeLine(props: { readonly id: string; readonly name: string; readonly value: string }) {
  const code = useRef<HTMLElement>(null);
  const state = useSignal<"fresh" | "copied" | "selected">("fresh");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async (): Promise<void> => {
    clearTimeout(timer.current);
    state.value = (await copyText(props.value, code.current)) ? "copied" : "selected";
    timer.current = setTimeout(() => {
      state.value = "fresh";
    }, SHOWN_MS);
  };
  return (
    <div class="code-line">
      <code id={props.id} ref={code}>
        {props.value}
      </code>
      <button type="button" class="button quiet" onClick={() => void copy()}>
        {state.value === "copied" ? <Check /> : <Copy />}
        <span>
          {t(state.value === "copied" ? "copy.copied" : "copy.copy")}
          <span class="visually-hidden"> {props.name}</span>
        </span>
      </button>
      <span class="feedback" role="status">
        {state.value === "copied" && (
          <span class="visually-hidden">{t("copy.done", { name: props.name })}</span>
        )}
        {state.value === "selected" && t("copy.selected")}
      </span>
    </div>
  );
}

/** Copies a text; whether that worked. Where the browser does not let a page copy (plain http), the text is selected. */
async function copyText(text: string, place: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (place !== null) getSelection()?.selectAllChildren(place);
    return false;
  }
}
