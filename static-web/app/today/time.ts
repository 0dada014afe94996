import type { Range } from "../domain/day.ts";

const time = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const dayAndTime = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "numeric",
  minute: "2-digit",
});

/** The time of day as the person writes it, with the date when it is not on `day`. */
export function formatTime(seconds: number, day: Range): string {
  const isOnDay = seconds >= day.from && seconds <= day.to;
  return (isOnDay ? time : dayAndTime).format(seconds * 1000);
}
