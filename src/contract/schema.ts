import { z } from 'zod';

// The renderer's content security policy forbids compiling code from strings, which zod does by default.
z.config({ jitless: true });

/** zod, configured once for every process: no code generation at run time. */
export { z };
