import type { UploadRequest } from '../contract/office-api.ts';
import { OfficeError } from '../contract/office-errors.ts';
import type { OfficeClient } from './office-client.ts';

/** How often requests that have expired or were refused are asked for anew. */
const ROUNDS_WITHOUT_PROGRESS = 3;

/**
 * Puts the parts of a sealed recording that are missing into the store, and completes the upload. Returns the job's id, that of an
 * earlier one if the same file was sent before. `onStored` is told how many parts the store has. Throws the errors of the office,
 * and what `partAt` throws, which gives the bytes of a part by its number, from 1.
 */
export async function putParts(
  client: OfficeClient,
  plan: UploadRequest,
  partAt: (number: number) => Promise<Uint8Array<ArrayBuffer>>,
  onStored: (parts: number) => void = () => undefined,
): Promise<string> {
  let state = await client.beginUpload(plan);
  let fewest = Number.POSITIVE_INFINITY;
  let rounds = 0;
  while (state.state === 'open' && state.missingParts > 0) {
    rounds = state.missingParts < fewest ? 0 : rounds + 1;
    fewest = state.missingParts;
    if (rounds > ROUNDS_WITHOUT_PROGRESS) throw new OfficeError('store.refused');
    let stored = plan.parts.length - state.missingParts;
    onStored(stored);
    for (const request of state.requests) {
      if (!(await client.putPart(request, await partAt(request.number)))) break;
      stored += 1;
      onStored(stored);
    }
    state = await client.uploadState(plan.id);
  }
  return state.state === 'complete' ? state.jobId : await client.completeUpload(plan.id);
}
