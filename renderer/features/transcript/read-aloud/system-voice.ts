/** The part of the browser's speech synthesis that is used here. */
export type Speech = Pick<SpeechSynthesis, 'getVoices' | 'speak' | 'cancel'>;

/**
 * The voice of the system for a language: the default one if it speaks it, else the first. Only voices that the system calls local
 * count: others send the text to a service. Null if there is none.
 */
export function localVoice(
  voices: readonly SpeechSynthesisVoice[],
  language: string,
): SpeechSynthesisVoice | null {
  const own = voices.filter(
    ({ localService, lang }) => localService && lang.toLowerCase().split(/[-_]/u)[0] === language,
  );
  return own.find((voice) => voice.default) ?? own[0] ?? null;
}

/**
 * Says a sentence with a voice of the system; `onWord` is called with the range of each word as it is said, where the voice tells it.
 * Fulfilled when it has been said or was cancelled by `signal`; throws if the system fails.
 */
export function sayWithSystem(
  speech: Speech,
  voice: SpeechSynthesisVoice,
  {
    text,
    speed,
    signal,
    onWord,
  }: {
    text: string;
    speed: number;
    signal: AbortSignal;
    onWord: (from: number, to: number) => void;
  },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const said = new SpeechSynthesisUtterance(text);
    // Without a voice of its own an utterance gets the system's default, which may be a remote one.
    said.voice = voice;
    said.lang = voice.lang;
    said.rate = speed;
    said.onboundary = ({ charIndex }) => {
      const word = /^\S+/u.exec(text.slice(charIndex))?.[0] ?? '';
      if (!signal.aborted && word !== '') onWord(charIndex, charIndex + word.length);
    };
    const stop = () => speech.cancel();
    signal.addEventListener('abort', stop, { once: true });
    said.onend = () => resolve();
    said.onerror = ({ error }) => {
      if (signal.aborted || error === 'canceled' || error === 'interrupted') resolve();
      else reject(new Error(`speech: ${error}`));
    };
    speech.speak(said);
  });
}
