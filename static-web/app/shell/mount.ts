import { type ComponentChild, render } from "preact";

/** Shows a page's content in the place its layout keeps for it. */
export function mount(content: ComponentChild): void {
  const place = document.getElementById("app");
  if (place === null) throw new Error("The page has no element with the id app.");
  place.replaceChildren();
  render(content, place);
}
