import Saved from "icon:cloud-check";
import Offline from "icon:cloud-off";
import Waiting from "icon:cloud-upload";
import SignedOut from "icon:key-round";
import ReadOnly from "icon:lock";
import Warning from "icon:triangle-alert";
import { useRef } from "preact/hooks";
import type { SyncLook } from "./syncLook.ts";

const ICONS = {
  saved: Saved,
  waiting: Waiting,
  offline: Offline,
  warning: Warning,
  readOnly: ReadOnly,
  signedOut: SignedOut,
};

/** The least of the ring that is drawn, in hundredths: an arc that is seen to turn. */
const LEAST = 25;

/** The state as a picture, for those who see it; the sentence beside it says the same. */
export function SyncIcon({ look, waiting }: { readonly look: SyncLook; readonly waiting: number }) {
  const most = useRef(0);
  most.current = look === "busy" ? Math.max(most.current, waiting) : 0;
  if (look === "busy") return <Ring arrived={most.current === 0 ? 0 : 1 - waiting / most.current} />;
  const Icon = ICONS[look];
  return <Icon />;
}

/** A ring that turns, and closes as what waits arrives: `arrived` is the share that has. */
function Ring({ arrived }: { readonly arrived: number }) {
  const circle = { cx: 12, cy: 12, r: 9, pathLength: 100 };
  return (
    <svg class="icon ring" viewBox="0 0 24 24" aria-hidden="true">
      <circle {...circle} class="track" />
      <circle {...circle} stroke-dasharray={`${Math.max(LEAST, Math.round(100 * arrived))} 100`} />
    </svg>
  );
}
