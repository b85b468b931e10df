import { describe, expect, it } from 'vitest';
import { type WritingOutcome, writeInTurn } from './write-in-turn.ts';

const IDS = ['a', 'b', 'c'];

async function written(recordingId: string): Promise<WritingOutcome> {
  return { written: [{ recordingId, path: `/out/${recordingId}.txt` }], failed: [] };
}

describe('writing several recordings', () => {
  it('goes through all of them, telling how many are done, also past one that fails', async () => {
    const told: number[] = [];
    const failed = [{ name: 'b', failure: { code: 'export.failed' as const, details: {} } }];
    const result = await writeInTurn(
      IDS,
      async (id) => (id === 'b' ? { written: [], failed } : await written(id)),
      (done) => told.push(done),
      () => false,
    );
    expect(told).toEqual([0, 1, 2]);
    expect(result.written.map(({ recordingId }) => recordingId)).toEqual(['a', 'c']);
    expect(result).toMatchObject({ failed, left: 0 });
  });

  it('ends after the recording in hand, and says how many are left', async () => {
    let isStopped = false;
    const result = await writeInTurn(
      IDS,
      async (id) => {
        isStopped = true;
        return await written(id);
      },
      () => undefined,
      () => isStopped,
    );
    expect(result.written.map(({ recordingId }) => recordingId)).toEqual(['a']);
    expect(result.left).toBe(2);
  });
});
