import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { KEY_BYTES } from './key-derivation.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Length of a wrapped key: nonce, encrypted key, tag. */
export const WRAPPED_KEY_BYTES = NONCE_BYTES + KEY_BYTES + TAG_BYTES;

/**
 * Wraps a 32-byte key under another with AES-256-GCM and a random nonce. `binding` is authenticated with it: the key
 * unwraps only with the same binding. Format: nonce (12) ‖ encrypted key (32) ‖ tag (16); must never change.
 */
export function wrapKey(wrappingKey: Uint8Array, binding: Uint8Array, key: Uint8Array): Buffer {
  if (key.length !== KEY_BYTES) throw new RangeError('only 32-byte keys are wrapped');
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', wrappingKey, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(binding);
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

/** Unwraps what `wrapKey` made; null unless key, binding and bytes are those of the wrapping. */
export function unwrapKey(
  wrappingKey: Uint8Array,
  binding: Uint8Array,
  wrappedKey: Uint8Array,
): Buffer | null {
  if (wrappedKey.length !== WRAPPED_KEY_BYTES) return null;
  const nonce = wrappedKey.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', wrappingKey, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(binding);
  decipher.setAuthTag(wrappedKey.subarray(NONCE_BYTES + KEY_BYTES));
  const key = decipher.update(wrappedKey.subarray(NONCE_BYTES, NONCE_BYTES + KEY_BYTES));
  try {
    decipher.final();
    return key;
  } catch {
    // The only failure of final() here is a tag that does not match.
    key.fill(0);
    return null;
  }
}
