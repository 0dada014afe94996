import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { source } from "./sources.mjs";

const PREFIX = "icon:";
const shapes = /<svg[^>]*>([\s\S]*)<\/svg>/;

/** The module of an icon's component; null where the package has no such icon. */
function moduleOf(name) {
  const file = join(source, "node_modules/lucide-static/icons", `${name}.svg`);
  if (!existsSync(file)) return null;
  const inner = (shapes.exec(readFileSync(file, "utf8"))?.[1] ?? "").replace(/\s+/g, " ").trim();
  return `import { h } from "preact";
    const inner = { __html: ${JSON.stringify(inner)} };
    export default () => h("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", dangerouslySetInnerHTML: inner });`;
}

const missing = (name) => `There is no icon "${name}" in the package lucide-static. Choose another name.`;

/**
 * `import Play from "icon:play"` is a Preact component that draws that icon of the package lucide: only what is
 * imported is shipped. It says nothing to screen readers; what it stands beside does.
 */
export const icons = {
  name: "icons",
  setup(build) {
    build.onResolve({ filter: /^icon:/ }, ({ path }) => ({
      path: path.slice(PREFIX.length),
      namespace: "icon",
    }));
    build.onLoad({ filter: /.*/, namespace: "icon" }, ({ path }) => {
      const contents = moduleOf(path);
      if (contents === null) return { errors: [{ text: missing(path) }] };
      return { contents, loader: "js", resolveDir: source };
    });
  },
};

/** The same for the tests. */
export const iconsInTests = {
  name: "icons",
  enforce: "pre",
  resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
  load(id) {
    if (!id.startsWith(`\0${PREFIX}`)) return undefined;
    const name = id.slice(PREFIX.length + 1);
    const contents = moduleOf(name);
    if (contents === null) throw new Error(missing(name));
    return contents;
  },
};
