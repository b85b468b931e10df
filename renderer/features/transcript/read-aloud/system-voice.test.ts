import { expect, test, vi } from 'vitest';
import { localVoice, sayWithSystem } from './system-voice.ts';

const voice = (name: string, lang: string, localService: boolean, isDefault = false) =>
  ({ name, lang, localService, default: isDefault, voiceURI: name }) as SpeechSynthesisVoice;

test('only voices that the system calls local read, and only in their language', () => {
  const voices = [
    voice('cloud', 'en-US', false, true),
    voice('spanish', 'es_ES', true),
    voice('first', 'en-GB', true),
    voice('chosen', 'en-US', true, true),
  ];
  expect(localVoice(voices, 'en')?.name).toBe('chosen');
  expect(localVoice(voices, 'es')?.name).toBe('spanish');
  expect(localVoice(voices, 'de')).toBeNull();
  expect(localVoice(voices.slice(0, 1), 'en')).toBeNull();
});

test('a sentence is said by the named voice, its words are told, and stopping cancels it', async () => {
  class Utterance {
    voice: SpeechSynthesisVoice | null = null;
    onboundary: ((event: { charIndex: number }) => void) | null = null;
    onend: (() => void) | null = null;
    onerror: ((event: { error: string }) => void) | null = null;
    readonly text: string;
    constructor(text: string) {
      this.text = text;
    }
  }
  vi.stubGlobal('SpeechSynthesisUtterance', Utterance);
  try {
    const said: Utterance[] = [];
    const cancel = vi.fn(() => said.at(-1)?.onerror?.({ error: 'canceled' }));
    const speech = { getVoices: () => [], speak: (one: unknown) => void said.push(one as Utterance), cancel };
    const chosen = voice('local', 'en-GB', true);
    const words: [number, number][] = [];
    const begin = (signal: AbortSignal) =>
      sayWithSystem(speech, chosen, {
        ...{ text: 'Mr Thorne came.', speed: 1, signal },
        onWord: (from, to) => words.push([from, to]),
      });
    const whole = begin(new AbortController().signal);
    for (const charIndex of [0, 3, 10]) said[0]?.onboundary?.({ charIndex });
    said[0]?.onend?.();
    await whole;
    expect(said[0]?.voice, 'without one the system might take a remote voice').toBe(chosen);
    expect(words.map(([from, to]) => 'Mr Thorne came.'.slice(from, to))).toEqual(['Mr', 'Thorne', 'came.']);
    const stopped = new AbortController();
    const half = begin(stopped.signal);
    stopped.abort();
    await half;
    expect(cancel).toHaveBeenCalledOnce();
    const failed = begin(new AbortController().signal);
    said.at(-1)?.onerror?.({ error: 'synthesis-failed' });
    await expect(failed).rejects.toThrow('synthesis-failed');
  } finally {
    vi.unstubAllGlobals();
  }
});
