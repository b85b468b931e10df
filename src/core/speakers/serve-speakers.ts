import { diarize } from './diarize.ts';
import { learntVoice } from './learnt-voice.ts';
import { type PartVoices, unpackPartVoices } from './part-voices.ts';
import { similarSegments } from './similar-segments.ts';
import type { SpeakerReply, SpeakerRequest } from './speaker-questions.ts';
import { splitVoices } from './split-voices.ts';

/** The answering end of a port. */
export interface AskedPort {
  on(event: 'message', listener: (request: SpeakerRequest) => void): unknown;
  postMessage(reply: SpeakerReply): void;
}

/** Answers the questions that come in about the voices of the recording whose parts came before them. */
export function serveSpeakers(port: AskedPort): void {
  let parts: PartVoices[] = [];
  port.on('message', (request) => {
    if (request.type === 'part') {
      const part = unpackPartVoices(request.voices);
      if (part !== null) parts.push(part);
      return;
    }
    try {
      port.postMessage({ type: 'answer', answer: answerTo(parts, request) });
    } catch (cause) {
      port.postMessage({ type: 'failed', cause });
    } finally {
      parts = [];
    }
  });
}

function answerTo(parts: readonly PartVoices[], request: Exclude<SpeakerRequest, { type: 'part' }>): unknown {
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
