/** The addresses in a description: what begins with `http://` or `https://`, without the punctuation around it. */
export function linksIn(ds: string): readonly string[] {
  const found = ds.split(/\s+/).flatMap((word) => {
    const address = /https?:\/\/.+/.exec(word)?.[0].replace(/["'<>)\],.;!]+$/, "");
    return address !== undefined && URL.canParse(address) ? [address] : [];
  });
  return [...new Set(found)];
}
