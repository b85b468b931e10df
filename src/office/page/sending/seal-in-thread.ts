import type { UploadRequest } from '../../contract/office-api.ts';
import type { PageErrorCode } from '../page-errors.ts';
import type { SealingAnswer, SealingRequest } from './sealing-messages.ts';

/** Sealing did not work, for this reason. */
export class SealingError extends Error {
  readonly problem: PageErrorCode;

  constructor(problem: PageErrorCode) {
    super(problem);
    this.problem = problem;
  }
}

/** Seals a recording into the outbox, in a thread of its own that ends with it, or when the signal is aborted. Throws `SealingError`. */
export async function sealInThread(
  request: SealingRequest,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadRequest> {
  const worker = new Worker(new URL('./seal-worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      worker.addEventListener('error', () => reject(new SealingError('unexpected')));
      worker.addEventListener('message', ({ data }: MessageEvent<SealingAnswer>) => {
        if (data.type === 'progress') onProgress(data.share);
        else if (data.type === 'sealed') resolve(data.plan);
        else reject(new SealingError(data.problem));
      });
      worker.postMessage(request);
    });
  } finally {
    worker.terminate();
  }
}
