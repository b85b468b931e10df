import { readFile } from 'node:fs/promises';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { silenceOnnxRuntime } from '../../../native/onnx-runtime.ts';
import { NativeFailure } from '../../../native/whisper.ts';

type OnnxRuntime = typeof import('onnxruntime-node');

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
   * Runs it on one float tensor and returns the data of its one output. Occupies the process's thread meanwhile. Rejected
   * with NativeFailure `inferenceFailed`.
   */
  run(data: Float32Array, shape: readonly number[]): Promise<Float32Array>;
}

/**
 * Loads a model of one input and one output, and ONNX Runtime with the first one. Rejected with NativeFailure
 * `modelUnusable` if the file is missing or damaged, its input or output has another name, or ONNX Runtime does not run
 * on this machine.
 */
export async function loadOnnxModel(file: string, input: string, output: string): Promise<OnnxModel> {
  const { InferenceSession, Tensor } = await onnxRuntime();
  try {
    silence();
    const session = await InferenceSession.create(await readFile(file), OPTIONS);
    if (!session.inputNames.includes(input) || !session.outputNames.includes(output)) {
      throw new Error(`There is no ${input} or no ${output}`);
    }
    return {
      async run(data, shape) {
        silence();
        const feeds = { [input]: new Tensor('float32', data, shape) };
        const { [output]: result } = await session.run(feeds, [output]).catch(failed);
        return (result as Tensor).data as Float32Array;
      },
    };
  } catch (cause) {
    throw new NativeFailure('modelUnusable', { cause });
  }
}

/** ONNX Runtime's 30 MB are loaded only where speakers are told apart. */
async function onnxRuntime(): Promise<OnnxRuntime> {
  try {
    return await import('onnxruntime-node');
  } catch (cause) {
    // What the log keeps of it tells this from a damaged model.
    console.error(cause);
    throw new NativeFailure('modelUnusable', { cause });
  }
}

/** Before every use, for what watches the system may begin to listen at any time. */
function silence(): void {
  if (process.platform === 'win32') silenceOnnxRuntime();
}

function failed(cause: unknown): never {
  throw new NativeFailure('inferenceFailed', { cause });
}
