import { v7 as uuidv7 } from 'uuid';
import { Database } from '../database.ts';
import { addTranscript, addWindow } from './test-database.ts';

// Run as a process of its own by the test that kills it: completes windows of one job for ever, and prints each to
// standard output once it is acknowledged. Arguments: file, key in hex, audit key in hex.
const [file = '', key = '', auditKey = ''] = process.argv.slice(2);
const db = await Database.open({
  file,
  key: Buffer.from(key, 'hex'),
  auditKey: Buffer.from(auditKey, 'hex'),
});
const { recordingId, jobId, versionId } = await addTranscript(db, ['window zero']);
await db.jobs.begin({ jobId, attemptId: uuidv7(), atMs: Date.now() });
process.stdout.write(`${recordingId} ${jobId} ${versionId}\n`);
for (let windowIndex = 1; ; windowIndex += 1) {
  await addWindow(db, { jobId, versionId, windowIndex }, ['one segment here', 'and another there']);
  process.stdout.write(`${windowIndex}\n`);
}
