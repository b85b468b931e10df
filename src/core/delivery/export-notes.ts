import type { ExportFormat } from '../../contract/document.ts';
import type { Database } from '../database/database.ts';
import type { ExportNotes, NotedFile } from '../export/own-file.ts';

/** What the jobs of a vault remember of the files that they write. */
export type JobNotes = (jobId: string, format: ExportFormat) => ExportNotes;

/** Notes in the database: a job that a kill interrupted knows its files again. */
export function storedNotes(database: Database): JobNotes {
  return (jobId, format) => ({
    recall: () => database.jobExports.get({ jobId, format }),
    note: (file) => database.jobExports.note({ jobId, format, ...file }),
  });
}

/** Notes for a vault that ends with its process: writing a file then needs no room but its own. */
export function ephemeralNotes(): JobNotes {
  const noted = new Map<string, NotedFile>();
  return (jobId, format) => ({
    recall: async () => noted.get(`${jobId} ${format}`) ?? null,
    note: async (file) => {
      noted.set(`${jobId} ${format}`, file);
    },
  });
}
