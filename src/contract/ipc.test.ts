import { expect, test } from 'vitest';
import { requests } from './ipc.ts';

test('ten hours of text can be typed over, and a whole book be pasted, in one go', () => {
  const recordingId = '0198a000-0000-7000-8000-000000000000';
  const segments = Array.from({ length: 12_000 }, (_, index) => String(index));
  const texts = segments.map((_, index) => (index === 0 ? 'word '.repeat(400_000) : ''));
  const { success } = requests['transcripts.edit'].input.safeParse({ recordingId, segments, texts });
  expect(success).toBe(true);
});
