import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import csharp from "highlight.js/lib/languages/csharp";
import css from "highlight.js/lib/languages/css";
import http from "highlight.js/lib/languages/http";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import powershell from "highlight.js/lib/languages/powershell";
import python from "highlight.js/lib/languages/python";
import scss from "highlight.js/lib/languages/scss";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";

/** Bodies are JSON here: left to itself the package guesses, and takes short ones for other languages. */
function httpWithJson(hljs) {
  const language = http(hljs);
  const seen = new Set();
  const visit = (part) => {
    if (seen.has(part)) return;
    seen.add(part);
    if (part.subLanguage) part.subLanguage = ["json"];
    if (part.starts) visit(part.starts);
    part.contains?.forEach(visit);
  };
  visit(language);
  return language;
}

const languages = {
  bash,
  csharp,
  css,
  http: httpWithJson,
  javascript,
  json,
  powershell,
  python,
  scss,
  sql,
  typescript,
  xml,
  yaml,
};
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);

/**
 * Marks up code with classes. For each block `{ language, text }` the answer has its HTML, or null where the language
 * is not known; beside the blocks it names the known languages.
 */
export const code = ({ blocks }) => ({
  languages: Object.keys(languages),
  blocks: blocks.map(({ language, text }) =>
    hljs.getLanguage(language) ? hljs.highlight(text, { language, ignoreIllegals: true }).value : null,
  ),
});
