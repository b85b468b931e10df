import { createHash } from 'node:crypto';
import { PART_BYTES } from '../contract/office-api.ts';
import { PortionReader } from '../sealing/sealed-stream.ts';

/** SHA-256 of these bytes, in base64 as S3 has it. */
export function sha256Base64(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

/** Bytes cut into parts; nothing is one empty part. */
export async function* partsOf(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ bytes: Buffer; isLast: boolean }> {
  const reader = new PortionReader(bytes);
  try {
    for (let isLast = false; !isLast; ) {
      const part = await reader.upTo(PART_BYTES);
      isLast = await reader.isAtEnd();
      yield { bytes: part, isLast };
    }
  } finally {
    await reader.close();
  }
}
