/**
 * Encodes fields into bytes that no other list of fields yields: each field is preceded by its length (4 bytes, big
 * endian), numbers are 8 bytes big endian. Used as additional data, as HKDF info and under HMACs. Must never change:
 * everything sealed depends on it.
 */
export function encodeAssociatedData(...fields: (string | number | Uint8Array)[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const field of fields) {
    const bytes = encodeField(field);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    parts.push(length, bytes);
  }
  return Buffer.concat(parts);
}

function encodeField(field: string | number | Uint8Array): Uint8Array {
  if (typeof field === 'string') return Buffer.from(field, 'utf8');
  if (typeof field !== 'number') return field;
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(field));
  return bytes;
}
