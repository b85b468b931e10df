import { AppError, isAppError } from '../../contract/errors.ts';
import { storageError, systemErrorCode } from '../system-errors.ts';

/** Extended codes of SQLITE_IOERR that mean unreadable contents, not a failing disk. */
const DAMAGE = new Set(['SQLITE_IOERR_DATA', 'SQLITE_IOERR_CORRUPTFS', 'SQLITE_IOERR_SHORT_READ']);

/**
 * Maps SQLite's errors to those for the user: `vault.damaged`, `disk.full` or `disk.failed`. Anything else, AppErrors
 * included, is returned as it is.
 */
export function databaseError(error: unknown): unknown {
  if (isAppError(error)) return error;
  const code = systemErrorCode(error);
  if (code === null) return error;
  if (DAMAGE.has(code) || /^SQLITE_(CORRUPT|NOTADB)/.test(code)) {
    return new AppError('vault.damaged', {}, { cause: error });
  }
  if (/^SQLITE_(IOERR|READONLY|CANTOPEN)/.test(code)) {
    return new AppError('disk.failed', {}, { cause: error });
  }
  return storageError(error);
}
