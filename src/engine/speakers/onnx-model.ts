import { readFile } from 'node:fs/promises';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { NativeFailure } from '../../../native/whisper.ts';

/**
 * One thread, on the CPU alone. Without an arena, memory goes back to the system after each run: the arena kept the
 * largest run's for good and was no faster.
 */
const OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  enableCpuMemArena: false,
  // Errors alone: its log goes to stderr.
  logSeverityLevel: 3,
};

/** A model in ONNX format, ready to run. */
export interface OnnxModel {
  /**
   * Runs it on one float tensor and returns the data of its one output. Occupies the process's thread meanwhile. Rejected with NativeFailure
   * `inferenceFailed`.
   */
  run(data: Float32Array, shape: readonly number[]): Promise<Float32Array>;
}

/**
 * Loads ONNX Runtime, which costs nothing before, and a model of one input and one output. Rejected with NativeFailure `modelUnusable` if the file is missing or
 * damaged, its input or output is not called so, or there is no ONNX Runtime for this machine.
 */
export async function loadOnnxModel(file: string, input: string, output: string): Promise<OnnxModel> {
  try {
    const { InferenceSession, Tensor } = await import('onnxruntime-node');
    // Read here: a file name of Windows would have to be converted for it, and errors tell of it.
    const session = await InferenceSession.create(await readFile(file), OPTIONS);
    if (!session.inputNames.includes(input) || !session.outputNames.includes(output)) {
      throw new Error(`No ${input} or ${output}`);
    }
    return {
      async run(data, shape) {
        const tensor = new Tensor('float32', data, shape);
        const { [output]: result } = await session.run({ [input]: tensor }, [output]).catch(failed);
        return (result as Tensor).data as Float32Array;
      },
    };
  } catch (cause) {
    throw new NativeFailure('modelUnusable', { cause });
  }
}

function failed(cause: unknown): never {
  throw new NativeFailure('inferenceFailed', { cause });
}
