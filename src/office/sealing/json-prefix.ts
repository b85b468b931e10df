/** Bytes of the JSON's length, which stands before it, big endian. */
export const LENGTH_BYTES = 4;

/** What stands before other bytes: the length of the JSON, and the JSON in UTF-8. Must never change. */
export function jsonPrefix(value: unknown): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(value));
  const prefix = new Uint8Array(LENGTH_BYTES + json.length);
  new DataView(prefix.buffer).setUint32(0, json.length);
  prefix.set(json, LENGTH_BYTES);
  return prefix;
}
