import { AppError } from '../contract/errors.ts';

/** The `code` of a Node system error, e.g. `ENOENT`, or null. */
export function systemErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/**
 * Turns an operating system's refusal to store data into the error the user gets; anything else is given back as it is.
 * Full disks and quotas become `disk.full`, hardware errors and read-only remounts `disk.failed`.
 */
export function storageError(error: unknown): unknown {
  switch (systemErrorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'SQLITE_FULL':
      return new AppError('disk.full', { neededBytes: null, freeBytes: null }, { cause: error });
    case 'EIO':
    case 'EROFS':
    case 'SQLITE_IOERR':
      return new AppError('disk.failed', {}, { cause: error });
    default:
      return error;
  }
}
