/** The seed of the short form, in which a change alone can make a difference. */
const SHORT_SEED = 20_261_130;

/**
 * Whether the long tests (`*.soak.test.ts`) run in their short form: `VOICESYNC_SOAK=short`, as in `.ci/run`. It takes a
 * part of each grid and of each random series; the long form takes all of it.
 */
export function isShortSoak(): boolean {
  return process.env.VOICESYNC_SOAK === 'short';
}

/**
 * The seed of a random series: `VOICESYNC_SEED`, a whole number below 2³¹, or else a fixed one in the short form and another
 * one in every run of the long form. It is printed, so that a failure can be repeated.
 */
export function soakSeed(): number {
  const seed = Number(
    process.env.VOICESYNC_SEED ?? (isShortSoak() ? SHORT_SEED : Math.floor(Math.random() * 2 ** 31)),
  );
  console.info(`VOICESYNC_SEED=${seed}`);
  return seed;
}

/** A series of random whole numbers from 0, each below the one that is asked for: the same for the same seed. */
export function randomNumbers(seed: number): (below: number) => number {
  // MINSTD: Park and Miller, "Random number generators: good ones are hard to find", 1988.
  let state = (seed % 2_147_483_646) + 1;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}
