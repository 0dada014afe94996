/** A server that has sent nothing for so long is given up. */
const SILENCE_MS = 40_000;
/** No request takes longer, however steadily its answer trickles in. */
const WHOLE_MS = 600_000;

/** How long a request is waited for: it ends when nothing has come for 40 s, and after 10 minutes in any case. */
export class Patience {
  readonly #controller = new AbortController();
  readonly #whole = setTimeout(() => this.#end(), WHOLE_MS);
  #silence = setTimeout(() => this.#end(), SILENCE_MS);

  /** Ends the request when the patience does. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something came: what follows may take as long again. */
  renew(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#end(), SILENCE_MS);
  }

  /** The request is over. */
  done(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#whole);
  }

  #end(): void {
    this.done();
    this.#controller.abort(new DOMException("The server took too long.", "TimeoutError"));
  }
}

/** The text of an answer, however long it takes while it keeps coming. Throws when the patience is over. */
export async function textOf({ body }: Response, patience: Patience): Promise<string> {
  if (body === null) return "";
  const reader = body.getReader();
  // Not every stream knows of the signal.
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  patience.signal.addEventListener("abort", cancel);
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    patience.signal.throwIfAborted();
    if (done) return text + decoder.decode();
    patience.renew();
    text += decoder.decode(value, { stream: true });
  }
}
