/**
 * Whether the long tests (`*.soak.test.ts`) run in their short form: `VOICESYNC_SOAK=short`, as in `.ci/run`. It takes a
 * part of each grid and of each random series, with a fixed seed; the long form takes all of it.
 */
export function isShortSoak(): boolean {
  return process.env.VOICESYNC_SOAK === 'short';
}
