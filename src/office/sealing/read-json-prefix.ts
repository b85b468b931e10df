import { isOfficeError, OfficeError } from '../contract/office-errors.ts';
import { LENGTH_BYTES } from './json-prefix.ts';
import { PortionReader } from './sealed-stream.ts';

/**
 * Reads a prefix of JSON (`json-prefix.ts`), and leaves the reader at what follows. Throws `envelope.newer` where it is longer than `longest` bytes or where
 * `parse` throws; the reader is closed then.
 */
export async function readJsonPrefix<T>(
  bytes: AsyncIterable<Uint8Array>,
  longest: number,
  parse: (json: unknown) => T,
): Promise<{ value: T; rest: PortionReader }> {
  const rest = new PortionReader(bytes);
  try {
    const length = await rest.upTo(LENGTH_BYTES);
    if (length.length < LENGTH_BYTES || length.readUInt32BE() > longest)
      throw new RangeError('no such length');
    const json = await rest.upTo(length.readUInt32BE());
    return { value: parse(JSON.parse(json.toString('utf8'))), rest };
  } catch (error) {
    await rest.close();
    throw isOfficeError(error) ? error : new OfficeError('envelope.newer', { cause: error });
  }
}
