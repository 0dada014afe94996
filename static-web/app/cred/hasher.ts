import { hashSync } from "bcryptjs";
import { COST } from "./credentials.ts";

/** What the page and its worker say to each other. */
type Answer = { readonly hash: string };

/**
 * Hashes passwords beside the page, which stays fluid meanwhile. The worker runs this very file, so it must be imported
 * with `import()`: then the bundler makes it a file of its own.
 */
export class Hasher {
  #worker: Worker | undefined;
  #supersede: (() => void) | undefined;

  /** The bcrypt hash of a password, or null when a later call came before it was ready. Rejects where workers fail. */
  hash(password: string): Promise<string | null> {
    this.stop();
    const worker = this.#worker ?? new Worker(import.meta.url, { type: "module" });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      this.#supersede = () => {
        worker.terminate();
        this.#worker = undefined;
        resolve(null);
      };
      worker.onmessage = ({ data }: MessageEvent<Answer>) => {
        this.#supersede = undefined;
        resolve(data.hash);
      };
      worker.onerror = (event) => {
        this.stop();
        reject(new Error(event.message || "The worker did not start."));
      };
      worker.postMessage(password);
    });
  }

  /** Gives up what is under way. */
  stop(): void {
    this.#supersede?.();
    this.#supersede = undefined;
  }
}

if (typeof document === "undefined" && typeof postMessage === "function") {
  addEventListener("message", ({ data }: MessageEvent<string>) => {
    const answer: Answer = { hash: hashSync(data, COST) };
    postMessage(answer);
  });
}
