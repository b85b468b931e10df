import { availableParallelism, totalmem } from 'node:os';
import type { ModelHere, ModelMemory } from '../../contract/models.ts';
import { type ProcessingQuality, qualityThreads, USUAL_QUALITY } from '../../contract/quality.ts';
import {
  fitsMemory,
  reckonedMemory,
  shapeByName,
  type WhisperShape,
  windowWork,
} from '../../core/models/model-size.ts';
import { hourMsOf, type ModelSpeed, speedOf, thisProcessor } from '../../core/models/model-speeds.ts';
import type { InstalledModel, ModelList } from '../../core/models/model-store.ts';
import type { OfficialModel } from '../../core/models/official-models.ts';
import { expectedHourMs, type MeasuredHour, recommendedModel } from '../../core/models/recommended-model.ts';

export { hourMsOf };

/** The machine's features that decide how fast a model runs. */
export interface ThisMachine {
  /** Processor threads that can run in parallel. */
  readonly cores: number;
  readonly memoryBytes: number;
}

/** This machine. */
export function thisMachine(): ThisMachine {
  return { cores: availableParallelism(), memoryBytes: totalmem() };
}

/** A model whose file and shape are known, installed or not. */
interface KnownModel {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly shape: WhisperShape | null;
}

/** What the speeds measured on this machine tell of its models, with the threads that transcriptions have. */
export class ModelsHere {
  readonly machine = thisMachine();
  readonly #speeds: readonly ModelSpeed[];
  readonly #threads: number;
  readonly #measured: MeasuredHour | null;

  /** @param installed the models by one of which the others' speeds are expected. */
  constructor(
    speeds: readonly ModelSpeed[],
    installed: readonly InstalledModel[],
    quality: ProcessingQuality = USUAL_QUALITY,
  ) {
    this.#speeds = speeds;
    this.#threads = qualityThreads(quality, this.machine.cores);
    const measured = installed.flatMap(({ sha256, facts }) => {
      const speed = this.#speedOf(sha256);
      return speed === null ? [] : [{ hourMs: hourMsOf(speed), work: windowWork(facts) }];
    });
    // The largest one: what an engine does besides computing weighs least in it.
    this.#measured = measured.sort((a, b) => b.work - a.work)[0] ?? null;
  }

  /** Whether any speed was measured here with so many threads. */
  get isMeasured(): boolean {
    return this.#measured !== null;
  }

  /** The official model that suits this machine best, installed or not. */
  get recommended(): OfficialModel {
    return recommendedModel(this.machine, this.#measured);
  }

  /** Memory and speed of an installed model. */
  ofInstalled({
    sha256,
    sizeBytes,
    facts,
  }: InstalledModel): Pick<ModelHere, 'memory' | 'speed' | 'expectedHourMs'> {
    return this.#of({ sha256, sizeBytes, shape: facts });
  }

  /** Memory and speed of an official model. */
  ofOfficial({
    sha256,
    sizeBytes,
    name,
  }: OfficialModel): Pick<ModelHere, 'memory' | 'speed' | 'expectedHourMs'> {
    return this.#of({ sha256, sizeBytes, shape: shapeByName(name) });
  }

  #of({ sha256, sizeBytes, shape }: KnownModel): Pick<ModelHere, 'memory' | 'speed' | 'expectedHourMs'> {
    const speed = this.#speedOf(sha256);
    const isExpected = speed === null && shape !== null && this.#measured !== null;
    return {
      memory: this.#memoryOf(speed, sizeBytes, shape),
      speed: speed === null ? null : { hourMs: hourMsOf(speed), measuredAtMs: speed.measuredAtMs },
      expectedHourMs: isExpected ? expectedHourMs(windowWork(shape), this.#measured as MeasuredHour) : null,
    };
  }

  #memoryOf(speed: ModelSpeed | null, sizeBytes: number, shape: WhisperShape | null): ModelMemory {
    const needBytes = speed?.peakMemoryBytes ?? reckonedMemory(sizeBytes, shape ?? LARGEST_SHAPE);
    return {
      needBytes,
      isMeasured: speed !== null,
      fits: fitsMemory(needBytes, this.machine.memoryBytes),
    };
  }

  #speedOf(sha256: string): ModelSpeed | null {
    return speedOf(this.#speeds, { sha256, processor: thisProcessor(), threads: this.#threads });
  }
}

/** The official model that suits this machine best, installed or not, by what was measured of the installed ones. */
export async function recommendedHere(models: {
  list(): Promise<ModelList>;
  speeds(): Promise<readonly ModelSpeed[]>;
}): Promise<OfficialModel> {
  return new ModelsHere(await models.speeds(), (await models.list()).installed).recommended;
}

/** Of a model whose family is not known: no memory is promised that it might not need. */
const LARGEST_SHAPE: WhisperShape = { encoderLayers: 32, decoderLayers: 32, width: 1280 };
