const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** A time in full form, `00:03:12`. Hours have more than two digits if needed. */
export function clockTime(ms: number): string {
  const hours = Math.floor(ms / HOUR_MS);
  const minutes = Math.floor((ms % HOUR_MS) / MINUTE_MS);
  const seconds = Math.floor((ms % MINUTE_MS) / SECOND_MS);
  return `${twoDigits(hours)}:${twoDigits(minutes)}:${twoDigits(seconds)}`;
}

/** A time in short form, `03:12`, with hours only if there are any: `1:03:12`. */
export function shortClockTime(ms: number): string {
  return clockTime(ms)
    .replace(/^00:/, '')
    .replace(/^0(\d+:\d\d:)/, '$1');
}

/** A time to the millisecond, `00:03:12,345` with the subtitle format's separator. */
export function preciseClockTime(ms: number, separator: ',' | '.'): string {
  return `${clockTime(ms)}${separator}${String(ms % SECOND_MS).padStart(3, '0')}`;
}
