import { AppError } from '../../contract/errors.ts';

/** The row of a recording; throws `recording.notFound` for null. */
export function requiredRecording<Row>(row: Row | null, id: string): Row {
  if (row === null) throw new AppError('recording.notFound', { id });
  return row;
}

/** The row of a job; throws `job.notFound` for null. */
export function requiredJob<Row>(row: Row | null, id: string): Row {
  if (row === null) throw new AppError('job.notFound', { id });
  return row;
}

/** The row; throws an Error for null: an id from this database that is gone is a programming error. */
export function requiredRow<Row>(row: Row | null, what: string): Row {
  if (row === null) throw new Error(`no such ${what}`);
  return row;
}
