import { formats } from "../i18n/format.ts";

/** A duration, its units set apart from its figures. */
export function Duration({ seconds }: { readonly seconds: number }) {
  return (
    <span class="duration">
      {formats()
        .durationPieces(seconds)
        .map(({ kind, text }, i) => (
          <>
            {i > 0 && "\u00a0"}
            <span class={kind}>{text}</span>
          </>
        ))}
    </span>
  );
}
