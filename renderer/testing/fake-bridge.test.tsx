import { expect, it } from 'vitest';
import { AppError } from '../../src/contract/errors.ts';
import { requests } from '../../src/contract/ipc.ts';
import { request, snapshot } from '../lib/client.ts';
import { FakeBridge } from './fake-bridge.ts';

const ID = '0198a000-0000-7000-8000-000000000001';

it('offers every request of the contract', () => {
  new FakeBridge().install();
  expect(Object.keys(window.voicesync).toSorted()).toEqual(
    [...Object.keys(requests), 'subscribe'].toSorted(),
  );
});

it('holds inputs and outputs against the contract', async () => {
  const bridge = new FakeBridge();
  bridge.install();
  await expect(request('jobs.cancel', { jobId: 'none' })).rejects.toMatchObject({ code: 'usage.invalid' });
  expect(bridge.made).toEqual([]);
  bridge.answer('library.search', () => [{ recordingId: 'none' }] as never);
  await expect(request('library.search', { text: 'a', limit: 1 })).rejects.toMatchObject({
    code: 'internal.unexpected',
  });
});

it('answers, delays, refuses and tells as a test says', async () => {
  const bridge = new FakeBridge();
  bridge.install();
  bridge.answer('jobs.cancel', () => undefined);
  await request('jobs.cancel', { jobId: ID });
  expect(bridge.inputs('jobs.cancel')).toEqual([{ jobId: ID }]);
  bridge.answer('jobs.cancel', () => {
    throw new AppError('disk.failed', {});
  });
  await expect(request('jobs.cancel', { jobId: ID })).rejects.toMatchObject({ code: 'disk.failed' });
  const held = bridge.hold('matters.list');
  const asked = snapshot('matters.list');
  const told: number[] = [];
  window.voicesync.subscribe(({ sequence }) => told.push(sequence));
  bridge.emit({ type: 'mattersChanged', matters: [] });
  held.answer([]);
  expect(await asked).toEqual({ value: [], sequence: 0 });
  expect(told).toEqual([1]);
});
