import { addJob, addRecording, testDatabase } from '../../core/database/testing/test-database.ts';
import { type QueueUnderTest, workQueueContract } from '../testing/work-queue-contract.ts';
import { RowQueue } from './row-queue.ts';

async function queueOfVault(): Promise<QueueUnderTest> {
  const database = await testDatabase();
  const recordingId = await addRecording(database.db);
  let nowMs = Date.now();
  let queue = new RowQueue(database.db, () => nowMs);
  return {
    get queue() {
      return queue;
    },
    nowMs: () => nowMs,
    async add() {
      const jobId = await addJob(database.db, recordingId);
      await queue.add(jobId);
      return jobId;
    },
    pass(ms) {
      nowMs += ms;
    },
    async restart() {
      queue = new RowQueue(await database.reopen(), () => nowMs);
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

workQueueContract('the rows of a vault', queueOfVault);
