import { switchClock } from "../actions/switchClock.ts";
import { formats } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import { ActionButton } from "../shell/ActionButton.tsx";
import type { AppContext } from "../shell/context.ts";
import { deviceIsBehind } from "./clock.ts";

/** More than this is no matter of how clocks usually differ, in seconds. */
const WORTH_SAYING = 5;

/** Says that this device's clock is off, and offers to go by it all the same. Who has said so is not told again. */
export function ClockNotice({ app }: { readonly app: AppContext }) {
  const behind = deviceIsBehind.value;
  if (Math.abs(behind) <= WORTH_SAYING || app.settings.get("trusts_device_clock")) return null;
  const difference = formats().spokenDuration(Math.abs(behind));
  return (
    <div class="notice" role="alert">
      <p>{t(behind > 0 ? "clock.behind" : "clock.ahead", { difference })}</p>
      <ActionButton action={switchClock} app={app} />
    </div>
  );
}
