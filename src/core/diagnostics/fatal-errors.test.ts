import { expect, test } from 'vitest';
import { FATAL_ERRORS } from '../../contract/diagnostics.ts';
import { fatalErrors } from './fatal-errors.ts';

test.each([
  [
    '/home/maria/villanueva/whisper.cpp/ggml/src/ggml.c:3210: GGML_ASSERT(ne2 == 1) failed\n[New LWP 123]',
    { words: ['assertion'], at: ['ggml.c:3210'] },
  ],
  [
    'C:\\villanueva\\ggml-backend.cpp:12: fatal error\nggml_abort',
    { words: ['assertion'], at: ['ggml-backend.cpp:12'] },
  ],
  [
    "terminate called after throwing an instance of 'std::bad_alloc'",
    { words: ['nativeException', 'noMemory'], at: [] },
  ],
  [
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    { words: ['heapFull'], at: [] },
  ],
  [
    'ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 1',
    { words: ['noMemory'], at: [] },
  ],
  [
    "/lib/libc.so.6: version `GLIBC_2.38' not found (required by /home/villanueva/x.node)",
    { words: ['systemLibraryTooOld'], at: [] },
  ],
  ['Illegal instruction (core dumped)', { words: ['illegalInstruction'], at: [] }],
  [
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/home/villanueva/x'",
    { words: ['codeMissing'], at: [] },
  ],
  ['Villanueva said: everything is fine', { words: [], at: [] }],
])('%s', (stderr, expected) => {
  const found = fatalErrors(stderr);
  expect(found).toEqual(expected);
  expect(found.words.every((word) => FATAL_ERRORS.includes(word))).toBe(true);
});
