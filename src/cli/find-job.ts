import { AppError } from '../contract/errors.ts';
import type { Job } from '../core/database/jobs/jobs.db.ts';
import type { Workspace } from './session.ts';

/** The job whose id begins or ends with `text`. Throws `job.notFound` and `job.ambiguous`. */
export async function findJob({ database }: Workspace, text: string): Promise<Job> {
  const wanted = text.toLowerCase();
  const jobs = await database.jobs.list();
  const found = jobs.filter(({ id }) => id.startsWith(wanted) || id.endsWith(wanted));
  const [job] = found;
  if (wanted === '' || job === undefined) throw new AppError('job.notFound', { id: text });
  if (found.length > 1) throw new AppError('job.ambiguous', { id: text });
  return job;
}
