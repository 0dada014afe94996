// Served in watch mode only: follows the builds of the site.
let build = null;

/** The address of a style sheet without the part that changes with its content. */
const nameOf = (address) => new URL(address, location.href).pathname.replace(/-[^-]*$/, "");

function swap(styles) {
  for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
    const address = styles.find((style) => nameOf(style) === nameOf(link.href));
    if (address === undefined || new URL(link.href).pathname === address) continue;
    const fresh = link.cloneNode();
    fresh.href = address;
    fresh.addEventListener("load", () => link.remove(), { once: true });
    link.after(fresh);
  }
}

// In a shadow tree and in style sheets made by script: the page's own styles and its policy stay out of it.
const overlay = document.createElement("div");
const shadow = overlay.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  pre { position: fixed; inset: auto 0 0; z-index: 2147483647; max-height: 50vh; margin: 0; padding: 1rem; overflow: auto;
        background: #3b0d0d; color: #fff; font: 14px/1.5 ui-monospace, monospace; white-space: pre-wrap; }`);
shadow.adoptedStyleSheets = [sheet];
const text = document.createElement("pre");
text.setAttribute("role", "alert");
shadow.append(text);

function show(problem) {
  overlay.remove();
  if (problem === null) return;
  text.textContent = problem;
  document.documentElement.append(overlay);
}

new EventSource("/_watch/events").addEventListener("message", ({ data }) => {
  const news = JSON.parse(data);
  show(news.problem);
  if (build === null || build === news.build) {
    build = news.build;
  } else if (news.styles !== null && news.before === build) {
    build = news.build;
    swap(news.styles);
  } else {
    location.reload();
  }
});
