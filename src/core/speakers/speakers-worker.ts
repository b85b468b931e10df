import { parentPort } from 'node:worker_threads';
import { diarize } from './diarize.ts';
import { learntVoice } from './learnt-voice.ts';
import { type PartVoices, unpackPartVoices } from './part-voices.ts';
import { similarSegments } from './similar-segments.ts';
import type { SpeakerReply, SpeakerRequest } from './speaker-questions.ts';
import { splitVoices } from './split-voices.ts';

// The worker thread of speakers: compares the voices of one recording. It touches no file, no vault and no network.

const port = parentPort;
if (port === null) throw new Error('the speakers worker runs as a worker thread');

let parts: PartVoices[] = [];

port.on('message', (request: SpeakerRequest) => {
  if (request.type === 'part') {
    const part = unpackPartVoices(request.voices);
    if (part !== null) parts.push(part);
    return;
  }
  try {
    send({ type: 'answer', answer: answerTo(request) });
  } catch (cause) {
    send({ type: 'failed', cause });
  } finally {
    parts = [];
  }
});

function answerTo(request: Exclude<SpeakerRequest, { type: 'part' }>): unknown {
  switch (request.type) {
    case 'diarize':
      return diarize(parts, request);
    case 'similar':
      return similarSegments(parts, request.segments, request.corrected);
    case 'split':
      return splitVoices(parts, request.spans);
    case 'learn':
      return learntVoice(parts, request.lanes, request.speaker);
  }
}

function send(reply: SpeakerReply): void {
  port?.postMessage(reply);
}
