import type { TranscriptDocument } from '../../contract/document.ts';
import { documentOfFile } from '../../core/export/document-of-file.ts';
import { TranscriptFile } from '../../core/export/transcript-file.ts';
import type { OfficeClient } from '../client/office-client.ts';
import { OfficeError } from '../contract/office-errors.ts';
import { joined } from './sealing/web-chunks.ts';
import { openBytes } from './sealing/web-envelope.ts';
import type { WebKeys } from './sealing/web-keys.ts';

/**
 * The text of a finished job, fetched from the store and opened in this browser. It is kept nowhere. The worker knows the recording
 * by another name: `name` takes its place. Throws `result.notYet`, `object.gone`, and what an envelope does.
 */
export async function openResult(
  client: Pick<OfficeClient, 'result'>,
  keys: WebKeys,
  jobId: string,
  name: string,
): Promise<TranscriptDocument> {
  const sealed = joined(await Array.fromAsync(await client.result(jobId)));
  const opened = await openBytes({ objectId: jobId, kind: 'result' }, keys, sealed);
  const file = TranscriptFile.safeParse(JSON.parse(new TextDecoder().decode(opened)));
  if (!file.success) throw new OfficeError('envelope.newer', { cause: file.error });
  // How the worker's run made its file is no business of those that are saved here.
  const { making, ...document } = documentOfFile(file.data, jobId);
  const { recording } = document;
  const sources = recording.sources.map((source) => ({ ...source, name }));
  return { ...document, recording: { ...recording, name, sources } };
}
