import { AppError, isAppError } from '../contract/errors.ts';

/** The `code` of a Node system error, e.g. `ENOENT`, or null. */
export function systemErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/**
 * Turns an operating system's refusal to store data into the error the user gets; returns anything else unchanged.
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

/** Any thrown value as an error with a message for the user; an unforeseen one is `internal.unexpected`. */
export function asAppError(error: unknown): AppError {
  const known = storageError(error);
  return isAppError(known) ? known : new AppError('internal.unexpected', {}, { cause: error });
}

/** Characters kept of either end of a path that is too long for a message. */
const TOLD_ENDS = 80;

function shortened(path: string): string {
  return path.length <= 2 * TOLD_ENDS ? path : `${path.slice(0, TOLD_ENDS)}…${path.slice(-TOLD_ENDS)}`;
}

/** A refusal of the operating system to open a user's folder, or to go on reading it, as the error the user gets. */
export function folderReadError(error: unknown, folder: string): unknown {
  switch (systemErrorCode(error)) {
    case null:
      return error;
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('folder.gone', { folder }, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new AppError('folder.noPermission', { folder }, { cause: error });
    case 'ENAMETOOLONG':
      return new AppError('file.pathTooLong', { file: shortened(folder) }, { cause: error });
    default:
      return new AppError('folder.unreadable', { folder }, { cause: error });
  }
}

/** A refusal of the operating system to open or read a user's file, as the error the user gets; others unchanged. */
export function fileError(error: unknown, file: string): unknown {
  switch (systemErrorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('file.notFound', { file }, { cause: error });
    case 'ENAMETOOLONG':
      return new AppError('file.pathTooLong', { file: shortened(file) }, { cause: error });
    case 'EACCES':
    case 'EPERM':
      return new AppError('file.noPermission', { file }, { cause: error });
    case 'ELOOP':
    case 'ENXIO':
    case 'EISDIR':
      return new AppError('file.notRegular', { file }, { cause: error });
    case 'EIO':
    case 'ESTALE':
    case 'ETIMEDOUT':
    case 'EBUSY':
      return new AppError('file.readFailed', { file }, { cause: error });
    default:
      return error;
  }
}
