import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { CaptureOptions, CaptureView, CaptureWarning } from '../../contract/capture.ts';
import { CAPTURE_TRANSITIONS, type CaptureState, isCapturing } from '../../contract/capture-states.ts';
import { PLAIN_CAPTURE } from '../../core/capture/testing/capture-feed.ts';
import { WorkingCopyReader } from '../../core/pipeline/working-copy-reader.ts';
import {
  eventually,
  noise,
  openStudio,
  play,
  RATE,
  recorded,
  type Studio,
  started,
} from '../testing/capture-studio.ts';

const WITH_SYSTEM: CaptureOptions = { ...PLAIN_CAPTURE, systemAudio: true };

const HEADSET = { deviceId: 'b', label: 'Headset', sampleRate: 44_100 };

/** Nothing of any session is left with the devices. */
function nothingIsLeft({ devices }: Studio): void {
  expect(devices.openInputs).toEqual([]);
  expect(devices.holders).toBe(0);
  expect(devices.listeners).toBe(0);
}

/** The states that a session was told to be in, in order. */
function statesOf({ told }: Studio, id: string): CaptureState[] {
  const states = told.flatMap((event) =>
    event.type === 'captureChanged' && event.capture.id === id ? [event.capture.state] : [],
  );
  return states.filter((state, index) => state !== states[index - 1]);
}

function viewOf({ workspace }: Studio, id: string): CaptureView {
  const view = workspace.app.captures.list().find((one) => one.id === id);
  if (view === undefined) throw new Error('no such session');
  return view;
}

async function warned(studio: Studio, id: string, warning: CaptureWarning, holds = true): Promise<void> {
  await eventually(() => expect(viewOf(studio, id).warnings.includes(warning)).toBe(holds));
}

describe('a session that cannot begin', () => {
  test.each([
    ['denied', 'capture.denied'],
    ['notFound', 'capture.noDevice'],
    ['failed', 'capture.deviceFailed'],
  ] as const)('because its microphone is %s says so and leaves nothing', async (reason, code) => {
    const studio = await openStudio();
    const { devices, workspace } = studio;
    devices.refuses = reason;
    await expect(workspace.app.captures.start(PLAIN_CAPTURE)).rejects.toMatchObject({ code });
    nothingIsLeft(studio);
    expect(workspace.app.captures.list()).toEqual([]);
    expect(await workspace.database.recordings.list()).toEqual([]);
  });

  test('because the user stops it while being asked for permission opens no microphone afterwards', async () => {
    const studio = await openStudio();
    const { devices, workspace } = studio;
    const { captures } = workspace.app;
    devices.isAsking = true;
    const starting = captures.start(PLAIN_CAPTURE);
    const refused = expect(starting).rejects.toMatchObject({ code: 'usage.interrupted' });
    await eventually(() => expect(devices.commands).toMatchObject([{ type: 'open' }]));
    const [session] = captures.list();
    expect(session?.state).toBe('new');
    await captures.stop(session?.id ?? '');
    await refused;
    devices.answer();
    nothingIsLeft(studio);
    expect(captures.list()).toEqual([]);
  });
});

test('a microphone that delivers nothing at all leaves no recording, and says so', async () => {
  const studio = await openStudio();
  const { captures } = studio.workspace.app;
  const { id } = await captures.start({ ...PLAIN_CAPTURE, finalTranscript: true });
  const view = await captures.stop(id);
  expect(view).toMatchObject({ state: 'broken', failure: { code: 'capture.nothingArrived' }, durationMs: 0 });
  expect(await studio.workspace.database.recordings.list()).toEqual([]);
  expect(await studio.workspace.app.jobs.list()).toEqual([]);
  nothingIsLeft(studio);
});

describe('a lost microphone', () => {
  test('is followed by the next one in the same recording, with the gap as time', async () => {
    const studio = await openStudio();
    const { devices, workspace } = studio;
    const { captures } = workspace.app;
    const { id, recordingId } = await started(studio, PLAIN_CAPTURE, noise(1));
    const before = new Int16Array(RATE).fill(1000);
    await play(studio, before);
    devices.plugIn(HEADSET);
    devices.unplug('a');
    expect(viewOf(studio, id).warnings).toContain('microphoneLost');
    await eventually(() => expect(devices.openInputs).toMatchObject([{ deviceId: 'b' }]));
    // Two and a half seconds pass until it delivers.
    devices.atMs += 2500;
    await play(studio, new Int16Array(2 * RATE).fill(2000));
    await warned(studio, id, 'deviceChanged');
    expect(viewOf(studio, id)).toMatchObject({ microphone: 'Headset', state: 'listening' });
    expect(viewOf(studio, id).warnings).not.toContain('microphoneLost');
    const { metrics, durationMs } = await captures.stop(id);
    expect(Math.abs(durationMs - 6500)).toBeLessThan(100);
    expect(Math.abs(metrics.gapMs - 2500)).toBeLessThan(100);
    const gaps = await workspace.database.captures.gaps(recordingId);
    expect(gaps).toMatchObject([{ reason: 'deviceLost' }]);
    const stored = await recorded(workspace, recordingId);
    const at = (ms: number) => stored[Math.round((ms * RATE) / 1000)];
    expect([at(1900), at(2100), at(4300), at(4700), at(6300)]).toEqual([1000, 0, 0, 2000, 2000]);
    nothingIsLeft(studio);
  });

  test('is waited for if there is no other, while the time goes on', async () => {
    const studio = await openStudio();
    const { devices, workspace } = studio;
    const { id, recordingId } = await started(studio, PLAIN_CAPTURE, noise(1));
    devices.unplug('a');
    devices.atMs += 1000;
    await warned(studio, id, 'microphoneLost');
    devices.plugIn(HEADSET);
    await eventually(() => expect(viewOf(studio, id).microphone).toBe('Headset'));
    await play(studio, noise(1));
    const { durationMs } = await workspace.app.captures.stop(id);
    expect(durationMs).toBeGreaterThan(1900);
    expect((await workspace.database.captures.gaps(recordingId)).length).toBeGreaterThan(0);
  });

  test('that the user chose gives way to the default, one that crashed comes back', async () => {
    const studio = await openStudio();
    const { devices, workspace } = studio;
    devices.microphones = [...devices.microphones, HEADSET];
    const { id, recordingId } = await started(studio, { ...PLAIN_CAPTURE, deviceId: 'b' }, noise(1, 44_100));
    expect(viewOf(studio, id).microphone).toBe('Headset');
    devices.crash();
    await eventually(() => expect(devices.openInputs).toMatchObject([{ deviceId: 'b' }]));
    await play(studio, noise(1, 44_100), 44_100);
    expect(viewOf(studio, id).warnings).toEqual([]);
    devices.unplug('b');
    await eventually(() => expect(devices.openInputs).toMatchObject([{ deviceId: 'a' }]));
    await play(studio, noise(1, 44_100), 44_100);
    await warned(studio, id, 'deviceChanged');
    await workspace.app.captures.stop(id);
    const reasons = (await workspace.database.captures.gaps(recordingId)).map(({ reason }) => reason);
    expect(reasons.every((reason) => reason === 'pageFailed' || reason === 'deviceLost')).toBe(true);
    nothingIsLeft(studio);
  });
});

test('another default microphone is gone on with, unless the user chose one', async () => {
  const studio = await openStudio();
  const { devices, workspace } = studio;
  const follows = await started(studio, PLAIN_CAPTURE, noise(0.5));
  const stays = await started(studio, { ...PLAIN_CAPTURE, deviceId: 'a' }, noise(0.5));
  devices.plugIn(HEADSET, true);
  await eventually(() => expect(viewOf(studio, follows.id).microphone).toBe('Headset'));
  await warned(studio, follows.id, 'deviceChanged');
  expect(viewOf(studio, stays.id)).toMatchObject({ microphone: 'Desk microphone', warnings: [] });
  await workspace.app.captures.switchDevice(stays.id, 'b');
  await eventually(() => expect(viewOf(studio, stays.id).microphone).toBe('Headset'));
  await workspace.app.captures.end();
  nothingIsLeft(studio);
});

test('zeros are told as silence within seconds, and sound ends that', async () => {
  const studio = await openStudio();
  const { id } = await started(studio, PLAIN_CAPTURE, new Int16Array(RATE));
  await play(studio, new Int16Array(2.5 * RATE));
  expect(viewOf(studio, id).warnings).toEqual(['silence']);
  await play(studio, noise(0.5));
  expect(viewOf(studio, id).warnings).toEqual([]);
  await studio.workspace.app.captures.stop(id);
});

describe('the computer’s sound', () => {
  test('is a second channel on the same clock', async () => {
    const studio = await openStudio();
    const { devices, workspace } = studio;
    const { id, recordingId } = await started(studio, WITH_SYSTEM, noise(0.02));
    for (let piece = 0; piece < 150; piece += 1) {
      devices.deliver('system', new Int16Array(RATE / 50).fill(-700), { advance: false });
      devices.deliver('microphone', new Int16Array(RATE / 50).fill(300));
    }
    const { metrics } = await workspace.app.captures.stop(id);
    expect(metrics).toMatchObject({ framesIn: 301, framesLost: 0 });
    const stored = await recorded(workspace, recordingId);
    expect([...stored.subarray(RATE, RATE + 4)]).toEqual([300, -700, 300, -700]);
  });

  test('that is absent is told at the start, and the microphone goes on', async () => {
    const studio = await openStudio();
    studio.devices.system = null;
    const { id, recordingId } = await started(studio, WITH_SYSTEM);
    expect(viewOf(studio, id)).toMatchObject({ system: null, warnings: ['systemAudioAbsent'] });
    await play(studio, noise(1));
    expect(await studio.workspace.app.captures.stop(id)).toMatchObject({ state: 'done' });
    expect(await studio.workspace.database.captures.get(recordingId)).toMatchObject({ channels: 1 });
  });

  test('that is silent from the start is told, until it plays', async () => {
    const studio = await openStudio();
    const { devices, workspace } = studio;
    const { id } = await started(studio, WITH_SYSTEM);
    await play(studio, noise(5.5));
    expect(viewOf(studio, id).warnings).toEqual(['systemAudioSilent']);
    devices.deliver('system', noise(0.2), { advance: false });
    devices.deliver('microphone', noise(0.2));
    expect(viewOf(studio, id).warnings).toEqual([]);
    expect(await workspace.app.captures.stop(id)).toMatchObject({ state: 'done' });
  });
});

test('what is said in a pause is not kept, and its time is left out', async () => {
  const studio = await openStudio();
  const { workspace } = studio;
  const { captures } = workspace.app;
  const { id, recordingId } = await started(studio, PLAIN_CAPTURE, new Int16Array(RATE).fill(500));
  await captures.pause(id);
  expect(viewOf(studio, id).state).toBe('paused');
  await play(studio, new Int16Array(2 * RATE).fill(9000));
  const marker = await captures.mark(id, 'in the pause');
  await captures.resume(id);
  await play(studio, new Int16Array(RATE).fill(700));
  const { durationMs, metrics } = await captures.stop(id);
  expect(Math.abs(durationMs - 2000)).toBeLessThan(60);
  expect(Math.abs(marker.atMs - 1000)).toBeLessThan(60);
  expect(metrics).toMatchObject({ framesLost: 0, gapMs: 0 });
  expect(await recorded(workspace, recordingId)).not.toContain(9000);
});

test('lost frames are a gap of their length', async () => {
  const studio = await openStudio();
  const { devices, workspace } = studio;
  const { id, recordingId } = await started(studio, PLAIN_CAPTURE, noise(1));
  devices.drop('microphone', 50);
  await play(studio, noise(1));
  const { durationMs, metrics } = await workspace.app.captures.stop(id);
  expect(metrics).toMatchObject({ framesIn: 100, framesRecorded: 100, framesLost: 50, gapMs: 1000 });
  expect(durationMs).toBe(3000);
  expect(await workspace.database.captures.gaps(recordingId)).toEqual([
    { startMs: 1000, endMs: 2000, reason: 'framesLost' },
  ]);
});

test('by the computer’s clock too, sleep is a gap and a busy moment is none', async () => {
  let sleptMs = 0;
  const wall = Date.now;
  vi.spyOn(Date, 'now').mockImplementation(() => wall() + sleptMs);
  onTestFinished(() => void vi.restoreAllMocks());
  const studio = await openStudio();
  const { devices, workspace } = studio;
  const { captures } = workspace.app;
  // As a capture page, whose frames come when they are captured.
  Object.assign(devices, { nowMs: undefined });
  const starting = captures.start(PLAIN_CAPTURE);
  await eventually(() => expect(devices.openInputs.length).toBe(1));
  devices.atMs = Date.now();
  devices.deliver('microphone', noise(0.02));
  const { id, recordingId } = await starting;
  // This process does nothing else for a second, and what was captured meanwhile arrives at once.
  const busyUntil = devices.atMs + 1000;
  while (Date.now() < busyUntil);
  devices.deliver('microphone', noise(0.98));
  expect(viewOf(studio, id).metrics.gapMs).toBe(0);
  captures.suspended();
  sleptMs = 60_000;
  captures.resumed();
  devices.atMs += 60_000;
  devices.deliver('microphone', noise(1));
  const { durationMs, metrics } = await captures.stop(id);
  expect(Math.abs(durationMs - 62_000)).toBeLessThan(500);
  expect(Math.abs(metrics.gapMs - 60_000)).toBeLessThan(500);
  expect(await workspace.database.captures.gaps(recordingId)).toMatchObject([{ reason: 'suspended' }]);
});

test('the time that is shown never goes back, however long sound is awaited that does not come', async () => {
  const studio = await openStudio();
  const { devices, workspace } = studio;
  const { captures } = workspace.app;
  const { id, recordingId } = await started(studio, PLAIN_CAPTURE, noise(1));
  await play(studio, noise(1));
  // The page stands still: no frame, and no word of a loss.
  devices.atMs += 3000;
  await captures.mark(id, 'while it stood still');
  const shown = viewOf(studio, id).durationMs;
  expect(shown).toBe(2000);
  const { durationMs } = await captures.stop(id);
  expect(durationMs).toBeGreaterThanOrEqual(shown);
  expect(await captures.markers(recordingId)).toMatchObject([{ atMs: durationMs }]);
});

test('time in which the microphone stood still is a declared gap', async () => {
  const studio = await openStudio();
  const { devices, workspace } = studio;
  const { id, recordingId } = await started(studio, PLAIN_CAPTURE, noise(1));
  devices.atMs += 60_000;
  await play(studio, noise(1));
  const { durationMs } = await workspace.app.captures.stop(id);
  expect(Math.abs(durationMs - 62_000)).toBeLessThan(100);
  expect(await workspace.database.captures.gaps(recordingId)).toMatchObject([{ reason: 'suspended' }]);
});

test('a long sleep is time in the recording, and takes no room', async () => {
  const studio = await openStudio();
  const { devices, workspace } = studio;
  const { vault, database } = workspace;
  const { id, recordingId } = await started(studio, PLAIN_CAPTURE, noise(1));
  const sleepS = 400;
  devices.atMs += sleepS * 1000;
  await play(studio, noise(1));
  const { state, durationMs } = await workspace.app.captures.stop(id);
  expect(state).toBe('done');
  expect(Math.abs(durationMs - (sleepS + 2) * 1000)).toBeLessThan(100);
  const [gap] = await database.captures.gaps(recordingId);
  expect(gap?.reason).toBe('suspended');
  expect(Math.abs((gap?.endMs ?? 0) - (gap?.startMs ?? 0) - sleepS * 1000)).toBeLessThan(100);
  await workspace.app.recordings.imports.settled(recordingId, 'channels');
  expect(await database.recordings.get(recordingId)).toMatchObject({ state: 'ready', durationMs });
  // The silence of the device's rate is 38 MB, that of the working copy 13 MB.
  const [sealed, copy] = [
    await database.captures.parts(recordingId),
    await database.parts.list({ recordingId, channel: 0 }),
  ];
  const sealedBytes = [...sealed, ...copy].reduce((sum, { object }) => sum + object.sizeBytes, 0);
  expect(sealedBytes).toBeLessThan(2_000_000);
  const reader = new WorkingCopyReader(vault, database, recordingId);
  onTestFinished(() => reader.close());
  const loudest = async (startMs: number, lengthMs: number) =>
    Math.max(...(await reader.read(0, startMs, lengthMs)).map(Math.abs));
  expect(await loudest(0, 900)).toBeGreaterThan(100);
  // A filter's ringing ends.
  for (const startMs of [2000, sleepS * 500, sleepS * 1000]) expect(await loudest(startMs, 900)).toBe(0);
  expect(await loudest(durationMs - 900, 900)).toBeGreaterThan(100);
});

describe('several sessions', () => {
  test('at once have nothing of each other', async () => {
    const studio = await openStudio();
    const { devices, workspace } = studio;
    const { captures } = workspace.app;
    devices.microphones = [...devices.microphones, { ...HEADSET, sampleRate: RATE }];
    const one = await started(studio, PLAIN_CAPTURE, new Int16Array(RATE / 50).fill(11));
    const other = await started(
      studio,
      { ...PLAIN_CAPTURE, deviceId: 'b' },
      new Int16Array(RATE / 50).fill(22),
    );
    for (let piece = 0; piece < 100; piece += 1) {
      const deliver = (captureId: string, value: number, advance: boolean) =>
        devices.deliver('microphone', new Int16Array(RATE / 50).fill(value), { captureId, advance });
      deliver(one.id, 11, false);
      deliver(other.id, 22, true);
    }
    await captures.mark(one.id, 'only here');
    await captures.stop(one.id);
    expect(captures.isCapturing).toBe(true);
    expect(devices.openInputs).toMatchObject([{ captureId: other.id }]);
    await captures.stop(other.id);
    const soundOf = async ({ recordingId }: CaptureView) =>
      new Set((await recorded(workspace, recordingId)).filter((sample) => sample !== 0));
    expect([await soundOf(one), await soundOf(other)]).toEqual([new Set([11]), new Set([22])]);
    expect(await captures.markers(other.recordingId)).toEqual([]);
    nothingIsLeft(studio);
  });

  test('one after the other leave nothing behind', async () => {
    const studio = await openStudio();
    const { workspace } = studio;
    for (let value = 1; value <= 10; value += 1) {
      const { id, recordingId } = await started(studio, PLAIN_CAPTURE, new Int16Array(RATE).fill(value));
      const { metrics } = await workspace.app.captures.stop(id);
      expect(metrics).toMatchObject({ framesIn: 50, framesRecorded: 50 });
      expect(new Set(await recorded(workspace, recordingId))).toEqual(new Set([value]));
      nothingIsLeft(studio);
    }
  });
});

test('closing the vault ends every session and keeps what was said', async () => {
  const studio = await openStudio();
  const { workspace, devices } = studio;
  const { id } = await started(studio, PLAIN_CAPTURE, noise(1));
  devices.isAsking = true;
  const asked = expect(workspace.app.captures.start(PLAIN_CAPTURE)).rejects.toMatchObject({
    code: 'usage.interrupted',
  });
  await eventually(() => expect(devices.commands.filter(({ type }) => type === 'open').length).toBe(2));
  await workspace.app.captures.end();
  await asked;
  expect(viewOf(studio, id)).toMatchObject({ state: 'done', durationMs: 1000 });
  await expect(workspace.app.captures.start(PLAIN_CAPTURE)).rejects.toMatchObject({ code: 'vault.sealed' });
  await expect(workspace.app.captures.stop(id)).rejects.toMatchObject({ code: 'capture.notRunning' });
  nothingIsLeft(studio);
});

test('whatever happens to a session, it moves as the table says, and everything is released', async () => {
  const studio = await openStudio();
  const { workspace, devices } = studio;
  const { captures } = workspace.app;
  const event = fc.constantFrom(
    'pause',
    'resume',
    'mark',
    'sound',
    'crash',
    'unplug',
    'plugIn',
    'switch',
    'sleep',
    'mute',
    'stop',
  );
  const property = fc.asyncProperty(
    fc.array(event, { maxLength: 12 }),
    fc.boolean(),
    async (events, withSystem) => {
      devices.microphones = [{ deviceId: 'a', label: 'Desk microphone', sampleRate: RATE }, HEADSET];
      const { id, recordingId } = await started(studio, withSystem ? WITH_SYSTEM : PLAIN_CAPTURE);
      const stopped: Promise<unknown>[] = [];
      const acts: Record<(typeof events)[number], () => unknown> = {
        pause: () => captures.pause(id),
        resume: () => captures.resume(id),
        mark: () => captures.mark(id, ''),
        sound: () => devices.deliver('microphone', noise(0.2)),
        crash: () => devices.crash(),
        unplug: () => devices.unplug(devices.microphones[0]?.deviceId ?? ''),
        plugIn: () =>
          devices.plugIn({ deviceId: `n${devices.commands.length}`, label: 'New', sampleRate: 16_000 }, true),
        switch: () => captures.switchDevice(id, 'b'),
        sleep: () => captures.suspended(),
        mute: () => {
          for (const { captureId, input } of devices.openInputs)
            devices.tell({ type: 'lost', captureId, input, reason: 'muted' });
        },
        stop: () => stopped.push(captures.stop(id)),
      };
      for (const one of events) {
        // What is refused once it has stopped changes nothing.
        await Promise.resolve()
          .then(acts[one])
          .catch(() => undefined);
      }
      await captures.stop(id).catch(() => undefined);
      await Promise.allSettled(stopped);
      await eventually(() => expect(isCapturing(viewOf(studio, id).state)).toBe(false));
      const states = statesOf(studio, id);
      for (const [index, state] of states.entries()) {
        const next = states[index + 1];
        if (next !== undefined) expect(reachable(state)).toContain(next);
      }
      expect(viewOf(studio, id)).toMatchObject({ state: 'done', failure: null });
      nothingIsLeft(studio);
      expect(await workspace.database.captures.get(recordingId)).toMatchObject({ state: 'done' });
    },
  );
  await fc.assert(property, { numRuns: 25 });
});

/** The states that can follow, told or not. */
function reachable(state: CaptureState, seen = new Set<CaptureState>()): Set<CaptureState> {
  for (const next of Object.values(CAPTURE_TRANSITIONS[state])) {
    if (seen.has(next)) continue;
    seen.add(next);
    reachable(next, seen);
  }
  return seen;
}
