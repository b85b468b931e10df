/**
 * Encodes fields into bytes that no other list of fields yields: each field is preceded by its length (4 bytes, big
 * endian), numbers are 8 bytes big endian. Used as additional data, as HKDF info and under HMACs. Must never change:
 * everything sealed depends on it. It runs in browsers, too.
 */
export function encodeAssociatedData(...fields: (string | number | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const encoded = fields.map(encodeField);
  const bytes = new Uint8Array(encoded.reduce((sum, field) => sum + LENGTH_BYTES + field.length, 0));
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const field of encoded) {
    view.setUint32(offset, field.length);
    bytes.set(field, offset + LENGTH_BYTES);
    offset += LENGTH_BYTES + field.length;
  }
  return bytes;
}

const LENGTH_BYTES = 4;

function encodeField(field: string | number | Uint8Array): Uint8Array {
  if (typeof field === 'string') return new TextEncoder().encode(field);
  if (typeof field !== 'number') return field;
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(field));
  return bytes;
}
