import { AppError, type ErrorCode, errorDetailsSchema, isAppError } from '../../contract/errors.ts';
import { systemErrorCode } from '../system-errors.ts';

/** A request to the database's thread. Each is answered by exactly one `WorkerReply` of the same id. */
export type WorkerRequest =
  | {
      id: number;
      type: 'open';
      file: string;
      key: Uint8Array;
      auditKey: Uint8Array | null;
      isEphemeral: boolean;
    }
  | { id: number; type: 'call'; repository: string; method: string; parameters: Parcel }
  | { id: number; type: 'backup'; file: string }
  | { id: number; type: 'checkIntegrity' }
  | { id: number; type: 'close' };

/** A reply of the database's thread. */
export type WorkerReply =
  | { id: number; ok: true; answer: Parcel }
  | { id: number; ok: false; error: ThrownError };

/** The names of the methods that each repository offers: the answer to `open`. */
export type RepositoryMethods = Record<string, string[]>;

/** An error in the shape in which it crosses a thread: structured cloning would drop class, code and details. */
export type ThrownError =
  | { kind: 'app'; code: ErrorCode; details: unknown; cause: PlainError | null }
  | ({ kind: 'plain' } & PlainError);

/** An error that is none of the contract's; `code` is the system's or SQLite's own. */
interface PlainError {
  readonly message: string;
  readonly stack: string | null;
  readonly name: string;
  readonly code: string | null;
}

/** Serializes an error for the other thread. */
export function thrownError(error: unknown): ThrownError {
  if (isAppError(error)) {
    const cause = error.cause instanceof Error ? plainError(error.cause) : null;
    return { kind: 'app', code: error.code, details: error.details, cause };
  }
  return { kind: 'plain', ...plainError(error) };
}

function plainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { message: String(error), stack: null, name: 'Error', code: null };
  const { message, stack = null, name } = error;
  return { message, stack, name, code: systemErrorCode(error) };
}

function errorOfPlain({ message, stack, name, code }: PlainError): Error {
  const error = new Error(message);
  error.name = name;
  if (stack !== null) error.stack = stack;
  return code === null ? error : Object.assign(error, { code });
}

/** Restores an error that the other thread serialized. */
export function errorFromThread(thrown: ThrownError): Error {
  if (thrown.kind === 'app') {
    const details = errorDetailsSchema(thrown.code).parse(thrown.details) as AppError['details'];
    return new AppError(
      thrown.code,
      details,
      thrown.cause === null ? {} : { cause: errorOfPlain(thrown.cause) },
    );
  }
  return errorOfPlain(thrown);
}

/** A value as it crosses threads. `holdsBytes` spares the other side a search of values without any. */
export interface Parcel {
  readonly value: unknown;
  readonly holdsBytes: boolean;
}

/**
 * Prepares a value for the other thread: its byte arrays own exactly their bytes. A clone copies the whole memory under
 * a view: for a small Buffer that is Node's shared pool, with unrelated data.
 */
export function packed(value: unknown): Parcel {
  if (!holdsBytes(value)) return { value, holdsBytes: false };
  return { value: mapBytes(value, (bytes) => new Uint8Array(bytes)), holdsBytes: true };
}

/** The value that the other thread packed. Its byte arrays are Buffers again: a clone makes them Uint8Arrays. */
export function unpacked(parcel: Parcel): unknown {
  if (!parcel.holdsBytes) return parcel.value;
  return mapBytes(parcel.value, (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

function holdsBytes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof Uint8Array || Object.values(value).some(holdsBytes);
}

function mapBytes(value: unknown, change: (bytes: Uint8Array) => Uint8Array): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return change(value);
  if (Array.isArray(value)) return value.map((item) => mapBytes(item, change));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapBytes(item, change)]));
}
