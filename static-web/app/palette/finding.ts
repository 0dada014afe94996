import type { Action } from "../actions/action.ts";
import { openPalette } from "../actions/openPalette.ts";
import { offered } from "../actions/registry.ts";
import { withWords } from "../domain/wordSearch.ts";
import { t } from "../i18n/t.ts";
import type { AppContext } from "../shell/context.ts";

/**
 * The actions that are found by what is typed, those of this list itself left out. What cannot be done now is found, too, and
 * says why: who looks for it would otherwise think that there is no such thing.
 */
export const find = (app: AppContext, typed: string): readonly Action[] =>
  withWords(
    offered(app).filter((action) => action !== openPalette),
    typed,
    ({ label, keywords }) => ({ name: t(label), others: keywords === undefined ? "" : t(keywords) }),
  );
