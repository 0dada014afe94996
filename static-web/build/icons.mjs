import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { source } from "./sources.mjs";

const shapes = /<svg[^>]*>([\s\S]*)<\/svg>/;

/**
 * `import Play from "icon:play"` is a Preact component that draws that icon of the package lucide: only what is
 * imported is shipped. It says nothing to screen readers; what it stands beside does.
 */
export const icons = {
  name: "icons",
  setup(build) {
    build.onResolve({ filter: /^icon:/ }, ({ path }) => ({
      path: path.slice("icon:".length),
      namespace: "icon",
    }));
    build.onLoad({ filter: /.*/, namespace: "icon" }, ({ path }) => {
      const file = join(source, "node_modules/lucide-static/icons", `${path}.svg`);
      if (!existsSync(file)) {
        return {
          errors: [{ text: `There is no icon "${path}" in the package lucide-static. Choose another name.` }],
        };
      }
      const inner = (shapes.exec(readFileSync(file, "utf8"))?.[1] ?? "").replace(/\s+/g, " ").trim();
      return {
        contents: `import { h } from "preact";
          const inner = { __html: ${JSON.stringify(inner)} };
          export default () => h("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", dangerouslySetInnerHTML: inner });`,
        loader: "js",
        resolveDir: source,
      };
    });
  },
};
