import '../../offline/offline.ts';
import { parentPort } from 'node:worker_threads';
import nspell from 'nspell';
import type { DictionaryName } from './dictionaries.ts';
import type { SpellingReply, SpellingRequest } from './spelling-messages.ts';

// The thread that spells: it holds the dictionaries, and touches no file, no vault and no network.

const port = parentPort;
if (port === null) throw new Error('the spelling worker runs as a worker thread');

/** More suggestions than these are not read. */
const MOST_SUGGESTIONS = 8;

const dictionaries = new Map<DictionaryName, ReturnType<typeof nspell>>();

port.on('message', (request: SpellingRequest) => {
  let words: readonly string[] | null = null;
  try {
    words = answer(request);
  } catch {
    // What went wrong could hold a word.
  }
  port.postMessage({ id: request.id, words } satisfies SpellingReply);
});

function answer(request: SpellingRequest): readonly string[] {
  if (request.type === 'load') {
    if (!dictionaries.has(request.name))
      dictionaries.set(request.name, nspell(Buffer.from(request.files.aff), Buffer.from(request.files.dic)));
    return [];
  }
  const dictionary = dictionaries.get(request.name);
  if (dictionary === undefined) throw new Error('this dictionary is not loaded');
  if (request.type === 'misspelled') return request.words.filter((word) => !dictionary.correct(plain(word)));
  return dictionary.suggest(plain(request.word)).slice(0, MOST_SUGGESTIONS);
}

/** Dictionaries write an apostrophe as typewriters do. */
function plain(word: string): string {
  return word.normalize('NFC').replace(/[’ʼ]/gu, "'");
}
