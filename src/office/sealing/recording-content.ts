import { readJsonPrefix } from './read-json-prefix.ts';
import { manifestPrefix, RecordingManifest } from './recording-manifest.ts';

const LONGEST_MANIFEST = 64 * 1024;

/**
 * What is sealed of a recording: length of the manifest (4 bytes, big endian), the manifest (JSON in UTF-8), then the file
 * as it is. Must never change; another manifest has another `format`.
 */
export async function* recordingContent(
  manifest: RecordingManifest,
  file: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield manifestPrefix(manifest);
  yield* file;
}

/**
 * The manifest and the file in an opened envelope. As with every envelope, that the file is whole is known at its end. Throws
 * what `opened` throws, and `envelope.newer` where the content is not of this form.
 */
export async function readRecordingContent(
  opened: AsyncIterable<Uint8Array>,
): Promise<{ manifest: RecordingManifest; file: AsyncIterable<Uint8Array> }> {
  const { value, rest } = await readJsonPrefix(opened, LONGEST_MANIFEST, (json) =>
    RecordingManifest.parse(json),
  );
  return { manifest: value, file: rest.rest() };
}
