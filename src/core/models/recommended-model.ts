import { fitsMemory, reckonedMemory, shapeByName, windowWork } from './model-size.ts';
import { BUNDLED_MODEL, OFFICIAL_MODELS, type OfficialModel } from './official-models.ts';

/** The facts that decide which model a machine can run well. */
export interface MachineFacts {
  /** Processor threads that this process may use. */
  readonly cores: number;
  /** All of the machine's memory. */
  readonly memoryBytes: number;
}

/** How long an hour of speech took with a model of so much work (`windowWork`) on this machine, in milliseconds. */
export interface MeasuredHour {
  readonly hourMs: number;
  readonly work: number;
}

interface Rung extends MachineFacts {
  readonly model: string;
}

const GIB = 1024 ** 3;

/**
 * The best model first, with what it needs where no speed was measured. A rule of thumb: the encoder of `large-v3-turbo` computes
 * about thirty times, that of `small` about four times as much as the bundled base, and memory has to hold the weights, the
 * working memory and the rest of the machine. The firmware and GPU reserve some memory, so 16 GB are reported as less. Q8_0
 * because it transcribes like the unquantised weights and is faster than the five-bit types.
 */
const RUNGS: readonly Rung[] = [
  { model: 'large-v3-turbo-q8_0', cores: 8, memoryBytes: 14 * GIB },
  { model: 'small-q8_0', cores: 4, memoryBytes: 7 * GIB },
];

/** Who waits longer for a recording than it is long goes back to a smaller model. */
const COMFORTABLE_HOUR_MS = 3_600_000;

/**
 * The official model that suits a machine best; the bundled one if a larger one would be too slow. Where a speed was measured it
 * decides instead of the number of threads.
 */
export function recommendedModel(machine: MachineFacts, measured: MeasuredHour | null = null): OfficialModel {
  const rung = RUNGS.find((one) =>
    measured === null
      ? machine.cores >= one.cores && machine.memoryBytes >= one.memoryBytes
      : isQuickEnough(one, machine, measured),
  );
  return rung === undefined ? BUNDLED_MODEL : officialModel(rung.model);
}

/** The next official model above those of this much work that the advice knows; null if there is none. */
export function nextLargerModel(work: number): OfficialModel | null {
  const larger = RUNGS.map(({ model }) => officialModel(model)).filter(({ name }) => workOf(name) > work);
  return larger.sort((a, b) => workOf(a.name) - workOf(b.name))[0] ?? null;
}

/** How long an hour should take with a model of this much work, by the speed of another one. */
export function expectedHourMs(work: number, measured: MeasuredHour): number {
  return Math.round((measured.hourMs * work) / measured.work);
}

function isQuickEnough({ model }: Rung, machine: MachineFacts, measured: MeasuredHour): boolean {
  const { sizeBytes } = officialModel(model);
  const shape = shapeByName(model);
  return (
    shape !== null &&
    fitsMemory(reckonedMemory(sizeBytes, shape), machine.memoryBytes) &&
    expectedHourMs(windowWork(shape), measured) <= COMFORTABLE_HOUR_MS
  );
}

function workOf(name: string): number {
  const shape = shapeByName(name);
  return shape === null ? 0 : windowWork(shape);
}

function officialModel(name: string): OfficialModel {
  return OFFICIAL_MODELS.find((model) => model.name === name) ?? BUNDLED_MODEL;
}
