/** How bytes are encoded in JSON: each side has its own functions. */
export interface Base64 {
  encode(bytes: Uint8Array): string;
  decode(text: string): Uint8Array;
}

/** Serialises what Electron's structured clone supports to text and back. */
export interface Codec {
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/**
 * Makes the codec of messages between main process and page. It is self-contained: its own source text is
 * also injected into pages, so that both sides run the same one.
 */
export function createCodec(base64: Base64): Codec {
  type Tagged = readonly [tag: string, content?: unknown];

  // Objects keep their shape; every other value that JSON cannot express becomes ['tag', content], arrays among them.
  function pack(value: unknown): unknown {
    switch (typeof value) {
      case 'undefined':
        return ['undefined'];
      case 'bigint':
        return ['bigint', String(value)];
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : ['number', Object.is(value, -0) ? '-0' : String(value)];
      case 'function':
      case 'symbol':
        throw new Error('An object could not be cloned.');
      case 'object':
        return value === null ? null : packObject(value);
      default:
        return value;
    }
  }

  function packObject(value: object): unknown {
    if (Array.isArray(value)) return ['array', value.map(pack)];
    if (value instanceof Date) return ['date', value.getTime()];
    if (value instanceof Map) return ['map', [...value].map(([key, item]) => [pack(key), pack(item)])];
    if (value instanceof Set) return ['set', [...value].map(pack)];
    if (value instanceof Error) return ['error', [value.name, value.message]];
    if (value instanceof ArrayBuffer) return ['bytes', ['ArrayBuffer', base64.encode(new Uint8Array(value))]];
    if (ArrayBuffer.isView(value)) return ['bytes', [viewName(value), base64.encode(bytesOf(value))]];
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(item)]));
  }

  // Node's Buffer arrives as a Uint8Array.
  const viewName = (view: ArrayBufferView) =>
    view.constructor.name === 'Buffer' ? 'Uint8Array' : view.constructor.name;
  const bytesOf = (view: ArrayBufferView) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength);

  function unpack(value: unknown): unknown {
    if (Array.isArray(value)) return unpackTagged(value as unknown as Tagged);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpack(item)]));
  }

  function unpackTagged([tag, content]: Tagged): unknown {
    const items = content as unknown[];
    switch (tag) {
      case 'array':
        return items.map(unpack);
      case 'bigint':
        return BigInt(content as string);
      case 'number':
        return Number(content);
      case 'date':
        return new Date(content as number);
      case 'map':
        return new Map((items as [unknown, unknown][]).map(([key, item]) => [unpack(key), unpack(item)]));
      case 'set':
        return new Set(items.map(unpack));
      case 'error':
        return Object.assign(new Error(String(items[1])), { name: String(items[0]) });
      case 'bytes':
        return unpackBytes(String(items[0]), base64.decode(String(items[1])));
      default:
        return undefined;
    }
  }

  function unpackBytes(kind: string, bytes: Uint8Array): unknown {
    // A Buffer is a view into a larger one, which must not be included.
    const { buffer } = new Uint8Array(bytes);
    if (kind === 'ArrayBuffer') return buffer;
    const View = (globalThis as unknown as Record<string, new (buffer: ArrayBufferLike) => unknown>)[kind];
    return View ? new View(buffer) : undefined;
  }

  return {
    encode: (value) => JSON.stringify(pack(value)),
    decode: (text) => unpack(JSON.parse(text)),
  };
}

/** The codec of this side. */
export const codec: Codec = createCodec({
  encode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  decode: (text) => Buffer.from(text, 'base64'),
});
