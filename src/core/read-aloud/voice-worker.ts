import '../../offline/offline.ts';
import { parentPort } from 'node:worker_threads';
import { speakSentence } from './flite-voice.ts';
import type { VoiceReply, VoiceRequest } from './voice-thread.ts';
import { compile, type Program } from './web-assembly.ts';

// The thread of the bundled voice: it compiles the voice once. It touches no file, no vault and no network.

const port = parentPort;
if (port === null) throw new Error('the voice worker runs as a worker thread');

let voice: Program | null = null;

port.on('message', (request: VoiceRequest) => {
  try {
    if (request.type === 'load') voice = compile(request.program);
    else if (voice !== null)
      port.postMessage({
        id: request.id,
        spoken: speakSentence(voice, request.text, request.speed),
      } satisfies VoiceReply);
  } catch {
    // What went wrong could hold words.
    if (request.type === 'speak') port.postMessage({ id: request.id, spoken: null } satisfies VoiceReply);
  }
});
