/** A file that the app needs to start. */
export interface AppFile {
  /** Its address, such as `/app/` or `/assets/app-1.js`. */
  readonly path: string;
  /** The hash of its content, in hexadecimal digits. */
  readonly sha256: string;
  /** Changes with its content and with the headers it is sent with. */
  readonly key: string;
}

interface App {
  /** Changes with every file, and with this worker. */
  readonly version: string;
  readonly files: readonly AppFile[];
}

// The site builder writes it before this script.
declare const APP: App;

export const { version, files } = APP;
