import { alignReference, countErrors, type WordErrors } from '../align-words.ts';
import type { SpeechRecording } from './speech-list.ts';

/** A program's transcript of a recording. */
export interface HeardText {
  readonly text: string;
  /** The code that the program reports; null if it reports none. */
  readonly language: string | null;
}

/** The accuracy of one recording's transcript. */
export interface SpeechScore {
  /** Words of the reference (characters in languages without spaces); 0 without speech. */
  readonly said: number;
  /** Words that were transcribed. */
  readonly heard: number;
  readonly errors: WordErrors;
  /** Null without speech. */
  readonly isLanguageRight: boolean | null;
}

/** Remarks of a list in place of a text. */
const REMARK = /^\(|\.rttm|^\d+\.\d+-|segment labels|^\s*$|^who\/when|^"left/;

/** Languages that are compared by characters: they put no spaces between words, or few. */
const BY_CHARACTERS = new Set(['zh', 'ja', 'ko', 'th']);

/** Whether a recording is without speech: every word transcribed there is invented. */
export function isWithoutSpeech({ language }: Pick<SpeechRecording, 'language'>): boolean {
  return language === '-' || language === '';
}

/** Whether a recording is scored: it is without speech, or one language is spoken and its text is known. */
export function isScored(recording: Pick<SpeechRecording, 'language' | 'reference'>): boolean {
  if (isWithoutSpeech(recording)) return true;
  return !REMARK.test(recording.reference) && !recording.language.includes('+');
}

/** Whisper's code of a recording's language: `es` for `es-419`, `en` for `en (French accent)`. */
export function languageCode({ language }: Pick<SpeechRecording, 'language'>): string {
  return language.split(/[-+ ]/)[0] ?? '';
}

/**
 * The words of a text for comparing real speech: bracketed text is dropped; NFKC; lower case; every character but
 * letters, digits, accents, and apostrophes inside a word separates words. Numbers and contractions stay as they are
 * written. In Chinese, Japanese, Korean and Thai each character is a word.
 */
export function normalWords(text: string, language: string): string[] {
  const plain = text
    .replaceAll(/\([^)]*\)|\[[^\]]*\]/g, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('’', "'")
    .replaceAll(/(?<![\p{L}\p{N}_])'|'(?![\p{L}\p{N}_])/gu, ' ')
    .replaceAll(/[^\p{L}\p{N}\p{M}']/gu, ' ');
  if (BY_CHARACTERS.has(language)) return [...plain.replaceAll(' ', '')];
  return plain.split(' ').filter((word) => word !== '');
}

/** Compares the transcript of a scored recording with its reference. */
export function scoreOf(
  recording: Pick<SpeechRecording, 'language' | 'reference'>,
  heard: HeardText,
): SpeechScore {
  const language = languageCode(recording);
  const words = normalWords(heard.text, language);
  const isSilent = isWithoutSpeech(recording);
  const said = isSilent ? [] : normalWords(recording.reference, language);
  return {
    said: said.length,
    heard: words.length,
    errors: countErrors(alignReference(said, words)),
    isLanguageRight: isSilent ? null : (heard.language ?? '').slice(0, 2) === language.slice(0, 2),
  };
}
