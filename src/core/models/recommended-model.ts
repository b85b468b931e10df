import { BUNDLED_MODEL, OFFICIAL_MODELS, type OfficialModel } from './official-models.ts';

/** The facts that decide which model a machine can run well. */
export interface MachineFacts {
  /** Processor threads that this process may use. */
  readonly cores: number;
  /** All of the machine's memory. */
  readonly memoryBytes: number;
}

interface Rung extends MachineFacts {
  readonly model: string;
}

const GIB = 1024 ** 3;

/**
 * The best model first, with what it needs. A rule of thumb: the encoder of `large-v3-turbo` computes about thirty times,
 * that of `small` about four times as much as the bundled base, and memory has to hold the weights, the working memory and
 * the rest of the machine. The firmware and GPU reserve some memory, so 16 GB are reported as less. Q8_0 because
 * it transcribes like the unquantised weights and is faster than the five-bit types.
 */
const RUNGS: readonly Rung[] = [
  { model: 'large-v3-turbo-q8_0', cores: 8, memoryBytes: 14 * GIB },
  { model: 'small-q8_0', cores: 4, memoryBytes: 7 * GIB },
];

/** The official model that suits a machine best; the bundled one if a larger one would be too slow. */
export function recommendedModel({ cores, memoryBytes }: MachineFacts): OfficialModel {
  const rung = RUNGS.find((one) => cores >= one.cores && memoryBytes >= one.memoryBytes);
  return OFFICIAL_MODELS.find(({ name }) => name === rung?.model) ?? BUNDLED_MODEL;
}
