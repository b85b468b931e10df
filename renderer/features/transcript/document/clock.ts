/** A time in a recording as the margin shows it: `03:12`, `1:02:33`. Parts of a second are dropped. */
export function clock(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = two(Math.floor((seconds % 3600) / 60));
  return hours > 0 ? `${hours}:${minutes}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A time as it is written into a text: `[00:03:12]`. */
export function writtenClock(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / 1000);
  return `[${two(Math.floor(seconds / 3600))}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}]`;
}

/** The playhead's time, with tenths: `03:12.4`. */
export function playerClock(milliseconds: number): string {
  return `${clock(milliseconds)}.${Math.floor((Math.max(0, milliseconds) % 1000) / 100)}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
