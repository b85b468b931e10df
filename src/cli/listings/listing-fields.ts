import { z } from '../../contract/schema.ts';

// What `--json` prints for commands that list: other programs rely on it. Fields are added, never renamed or removed.
// Ids and codes do not change; `what` and `todo` are messages in the user's language. Times are milliseconds since 1970
// if they end in `AtMs`, else in the recording.

/** The id of anything in a vault. */
export const id = z.string();

/** A time, in milliseconds since 1970. */
export const atMs = z.int();

/** A size in bytes. */
export const sizeBytes = z.int().nonnegative();

/** A SHA-256 in hexadecimal. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
