import { type ComponentChild, h, render } from "preact";

function place(): HTMLElement {
  const element = document.getElementById("app");
  if (element === null) throw new Error("The page has no element with the id app.");
  return element;
}

/** Shows a page's content in the place its layout keeps for it. */
export function mount(content: ComponentChild): void {
  const element = place();
  // What was shown before goes away as a whole, so that nothing of it is taken over.
  render(null, element);
  element.replaceChildren();
  render(content, element);
}

/** Shows a few words instead of a page's content, as the main thing where the layout leaves that to the content. */
export function mountAlone(content: ComponentChild): void {
  mount(place().closest("main") === null ? h("main", { class: "alone" }, content) : content);
}
