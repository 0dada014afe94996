import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";

/** What a message takes: its names, each with the TypeScript type of its values. */
export type Arguments = ReadonlyMap<string, string>;

/** Takes an ICU message apart as the page does. Throws where it is no message. */
export const parseMessage = (text: string): readonly MessageFormatElement[] =>
  parse(text, { ignoreTag: true });

/** Every element of a message, those inside its choices included. */
export function* elementsOf(elements: readonly MessageFormatElement[]): Generator<MessageFormatElement> {
  for (const element of elements) {
    yield element;
    if (element.type !== TYPE.plural && element.type !== TYPE.select) continue;
    for (const { value } of Object.values(element.options)) yield* elementsOf(value);
  }
}

function typeOf(element: MessageFormatElement): string | null {
  switch (element.type) {
    case TYPE.argument:
      return "string";
    case TYPE.number:
    case TYPE.plural:
      return "number";
    case TYPE.select:
      return Object.keys(element.options)
        .filter((option) => option !== "other")
        .map((option) => JSON.stringify(option))
        .concat("string & {}")
        .join(" | ");
    default:
      return null;
  }
}

/** The arguments of a message, by name. Dates and times are formatted in `format.ts`, and come as strings. */
export function argumentsOf(text: string): Arguments {
  const found = new Map<string, string>();
  for (const element of elementsOf(parseMessage(text))) {
    const type = typeOf(element);
    if (type !== null && "value" in element && typeof element.value === "string")
      found.set(element.value, type);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The source of `messages.ts` for a catalogue. */
export function messageTypes(catalogue: Readonly<Record<string, string>>): string {
  const lines = Object.entries(catalogue).map(([key, text]) => {
    const fields = [...argumentsOf(text)].map(([name, type]) => `readonly ${name}: ${type}`);
    return `  readonly "${key}": ${fields.length === 0 ? "null" : `{ ${fields.join("; ")} }`};`;
  });
  return [
    "// Made from strings/en.json by `npm run strings`; a test fails when it is out of date.",
    "",
    "/** What each message takes: its names with the types of their values, or null. */",
    "export interface Messages {",
    ...lines,
    "}",
    "",
  ].join("\n");
}
