import { requestedRange } from '../recordings/playback/media-range.ts';
import type { WorkingCopyAudio } from '../recordings/playback/working-copy-audio.ts';
import type { Recordings } from '../recordings/recordings.ts';
import { COMMON_HEADERS, refusal } from './app-scheme.ts';

/**
 * Answers a media request with the working copy as a WAV file, two channels as stereo: 200 with all of it, 206 with the one
 * requested range, 416, or 404 if there is nothing to play. Data is decrypted as it is sent, and stored nowhere.
 */
export async function answerMedia(
  recordings: Recordings,
  recordingId: string,
  range: string | null,
): Promise<Response> {
  const audio = await recordings.audio(recordingId);
  if (audio === null) return refusal(404);
  const size = audio.sizeBytes;
  const asked = requestedRange(range, size);
  if (asked === 'unsatisfiable') return refusal(416, { 'Content-Range': `bytes */${size}` });
  const { start, end } = asked ?? { start: 0, end: size };
  return new Response(streamOf(audio, start, end), {
    status: asked === null ? 200 : 206,
    headers: {
      ...COMMON_HEADERS,
      'Content-Type': 'audio/wav',
      'Accept-Ranges': 'bytes',
      'Content-Length': String(end - start),
      ...(asked !== null && { 'Content-Range': `bytes ${start}-${end - 1}/${size}` }),
    },
  });
}

function streamOf(audio: WorkingCopyAudio, start: number, end: number): ReadableStream<Uint8Array> {
  let position = start;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const bytes = await audio.read(position, end);
          position += bytes.length;
          controller.enqueue(bytes);
          if (position < end) return;
          controller.close();
        } catch (error) {
          controller.error(error);
        }
        await audio.close();
      },
      cancel: () => audio.close(),
    },
    { highWaterMark: 1 },
  );
}
