import type { ExportFormat } from '../../contract/document.ts';
import type { Database } from '../database/database.ts';
import type { ExportNotes, NotedFile } from '../files/own-file.ts';

/** What the jobs of a vault note of the files that they write. */
export type JobNotes = (jobId: string, format: ExportFormat) => ExportNotes;

/** Notes in the database: a job interrupted by a kill recognises its files. */
export function storedNotes(database: Database): JobNotes {
  return (jobId, format) => ({
    recall: () => database.jobExports.get({ jobId, format }),
    note: (file) => database.jobExports.note({ jobId, format, ...file }),
  });
}

/** Notes for an ephemeral vault: writing a file then needs no disk space but its own. */
export function ephemeralNotes(): JobNotes {
  const noted = new Map<string, NotedFile>();
  return (jobId, format) => ({
    recall: async () => noted.get(`${jobId} ${format}`) ?? null,
    note: async (file) => {
      noted.set(`${jobId} ${format}`, file);
    },
  });
}
