import type { FATAL_ERRORS } from '../../contract/diagnostics.ts';
import { positionsIn } from './error-facts.ts';

type FatalError = (typeof FATAL_ERRORS)[number];

/** A crashing process's last error, as far as it is recognised. */
export interface FatalErrors {
  readonly words: FatalError[];
  /** Position: in native code as `ggml.c:1234`, in this program's own as `src/engine/main.ts:12:5`. */
  readonly at: string[];
}

/** The fatal error messages of ggml, the C++ runtime, the dynamic loader and Node. */
const PHRASES: readonly (readonly [FatalError, RegExp])[] = [
  ['assertion', /GGML_ASSERT|GGML_ABORT|ggml_abort|Assertion .*failed/],
  ['nativeException', /terminate called|libc\+\+abi: terminating/],
  ['noMemory', /bad_alloc|cannot allocate memory|failed to allocate|not enough (space|memory)|\bENOMEM\b/i],
  ['heapFull', /JavaScript heap out of memory|invalid array buffer length/i],
  ['illegalInstruction', /illegal instruction/i],
  [
    'libraryMissing',
    /error while loading shared libraries|cannot open shared object|ERR_DLOPEN_FAILED|image not found/,
  ],
  ['systemLibraryTooOld', /(GLIBC|GLIBCXX|CXXABI)_[\d.]+' not found/],
  ['codeMissing', /ERR_MODULE_NOT_FOUND|MODULE_NOT_FOUND|Cannot find module/],
  ['scriptException', /^\s+at .+:\d+:\d+\)?$/m],
];

const NATIVE_POSITION =
  /(?:^|[/\\\s])((?:ggml|whisper|silero)[a-z0-9-]{0,30}\.(?:cc|cpp|cu|c|hpp|h|metal|m)):(\d{1,6})\b/g;

/** Reduces the last stderr of a crashed process to known phrases and positions, since it may contain paths. */
export function fatalErrors(stderr: string): FatalErrors {
  const native = [...stderr.matchAll(NATIVE_POSITION)].map(([, file, line]) => `${file}:${line}`);
  return {
    words: PHRASES.filter(([, phrase]) => phrase.test(stderr)).map(([word]) => word),
    at: [...new Set([...native, ...positionsIn(stderr)])].slice(0, 8),
  };
}
