import { AppError } from '../../contract/errors.ts';

/** The recording that must be there, else `recording.notFound`. */
export function requiredRecording<Row>(row: Row | null, id: string): Row {
  if (row === null) throw new AppError('recording.notFound', { id });
  return row;
}

/** The job that must be there, else `job.notFound`. */
export function requiredJob<Row>(row: Row | null, id: string): Row {
  if (row === null) throw new AppError('job.notFound', { id });
  return row;
}

/** The row that must be there; an id that the caller got from this database and that is gone is a programmer's error. */
export function requiredRow<Row>(row: Row | null, what: string): Row {
  if (row === null) throw new Error(`no such ${what}`);
  return row;
}
