import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { AppEvent, RequestName } from '../../contract/ipc.ts';
import { PLAIN_CAPTURE } from '../../core/capture/testing/capture-feed.ts';
import { addTranscript } from '../../core/database/testing/test-database.ts';
import { DiagnosticLog } from '../../core/diagnostics/diagnostic-log.ts';
import { ModelStore } from '../../core/models/model-store.ts';
import { chooseDictationModel } from '../../core/models/testing/dictation-model.ts';
import { HASHING_FLOOR } from '../../core/vault/passphrase.ts';
import { Models } from '../models/models.ts';
import { InterfaceStore } from '../settings/interface-store.ts';
import { eventually, noise, RATE } from '../testing/capture-studio.ts';
import { FedDevices } from '../testing/fed-devices.ts';
import { answerRequest } from './answer-request.ts';
import { RunningApp } from './running-app.ts';
import type { Shell, ShellDialogs } from './shell.ts';

vi.setConfig({ testTimeout: 120_000 });

const PASSPHRASE = 'correct horse battery';
const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'e2e', 'fixtures');

let folder: string;
let sent: AppEvent[];
let asked: string[];
let done: string[];
let hasTransportKeys = false;
/** States of the running recordings, as last told outside the window. */
let recording: string[];
let devices: FedDevices;
let dialogs: { -readonly [K in keyof ShellDialogs]: ShellDialogs[K] };
let app: RunningApp;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'voicesync-running-'));
  [sent, asked, done, recording] = [[], [], [], []];
  devices = new FedDevices();
  const nothing = async () => null;
  const ask =
    <T>(name: string, answer: T) =>
    async () => {
      asked.push(name);
      return answer;
    };
  dialogs = {
    recordings: async () => [],
    model: nothing,
    text: nothing,
    template: nothing,
    spokenFile: nothing,
    folder: nothing,
    keyFile: nothing,
    reportFile: nothing,
    privacyFile: nothing,
    certificateFile: nothing,
    ruleFile: nothing,
    unsavedFile: nothing,
    unsaved: ask('unsaved', 'stay' as const),
    quitsOver: ask('quitsOver', false),
    sealsOverRecording: ask('sealsOverRecording', false),
    failing: ask('failing', 'library' as const),
    failingProgram: ask('failingProgram', 'restart' as const),
  };
  const shell: Shell = {
    version: '0.0.0',
    locale: 'es-MX',
    window: {
      show: async () => void done.push('show'),
      renew: async () => void done.push('renew'),
      reload: () => void done.push('reload'),
      send: ({ event }) => void sent.push(event),
    },
    dialogs,
    attention: {
      keepAwake: (isNeeded) => void done.push(isNeeded ? 'awake' : 'rest'),
      showProgress: () => undefined,
      notify: () => undefined,
    },
    print: () => Promise.reject(new Error('nothing is printed here')),
    stopPrinting: () => void done.push('stopPrinting'),
    tryBrowser: async () => ({ how: 'untried', detail: '' }),
    copy: () => undefined,
    showInFolder: () => undefined,
    isRecordKeyTaken: () => false,
    wantTransportKeys: (isWanted) => {
      hasTransportKeys = isWanted;
    },
    refusedKeys: () => [],
    applySettings: () => void done.push('applySettings'),
    quit: () => void done.push('quit'),
    relaunch: () => void done.push('relaunch'),
  };
  const models = new ModelStore(join(folder, 'models'));
  await chooseDictationModel(models);
  const values = new Map<string, unknown>();
  app = new RunningApp({
    shell,
    store: new InterfaceStore({
      get: (name) => values.get(name),
      set: (name, value) => void values.set(name, value),
    }),
    vaultFolder: join(folder, 'vault'),
    keychain: null,
    hashingCost: HASHING_FLOOR,
    log: new DiagnosticLog(join(folder, 'logs')),
    models: new Models(models),
    launchEngine: () => {
      throw new Error('nothing is transcribed here');
    },
    numbersLocale: () => 'es-MX',
    documentsFolder: folder,
    captureDevices: devices,
    onCaptures: (running) => {
      recording = running.map(({ state }) => state);
    },
  });
  onTestFinished(async () => {
    await app.end();
    await rm(folder, { recursive: true });
  });
});

async function made(): Promise<void> {
  const groups = (await app.session.begin(PASSPHRASE)).split('-');
  await app.session.confirm([0, 1].map((index) => ({ index, text: groups[index] ?? '' })));
}

async function ask(name: RequestName, input?: unknown): Promise<unknown> {
  const options = { sequence: () => 0, checkOutput: true };
  const answer = await answerRequest(app.handlers, name, input, options);
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`);
  return answer.value;
}

/** Typing that cannot be stored, since its segment is in no text, as reported by a page. */
async function unsavedTyping(): Promise<void> {
  const { recordingId } = await addTranscript(app.session.work.services.database, ['he was not there']);
  const run = { segments: ['not a segment'], texts: ['typed'], startMs: 0, letters: 5 };
  await ask('transcripts.keepUnsaved', { recordingId, text: { undoGroup: randomUUID(), runs: [run] } });
}

test('the language is the one that was chosen, else the system’s', async () => {
  expect(app.language).toBe('es');
  await ask('app.change', { language: 'en' });
  expect(app.language).toBe('en');
  expect(done).toContain('applySettings');
});

test('keys that work from any program are taken while a text is open, and given back before it is locked away', async () => {
  await made();
  const { recordingId } = await addTranscript(app.session.work.services.database, ['he was not there']);
  const pressed = () => sent.filter(({ type }) => type === 'transportKey');
  await ask('app.here', { screen: 'library', scope: { kind: 'all' } });
  app.transportKey('backAnywhere');
  expect([hasTransportKeys, pressed()]).toEqual([false, []]);
  await ask('app.here', { screen: 'transcript', recordingId });
  app.transportKey('backAnywhere');
  expect([hasTransportKeys, pressed()]).toEqual([true, [{ type: 'transportKey', action: 'backAnywhere' }]]);
  await ask('vault.lock', { how: 'seal' });
  app.transportKey('backAnywhere');
  expect([hasTransportKeys, pressed().length]).toEqual([false, 1]);
});

describe('a page that fails', () => {
  test('is loaded anew where the user was; after three times in a minute, in the library', async () => {
    await made();
    const here = { screen: 'models' };
    const state = async () => (await ask('app.state')) as { here: unknown };
    await ask('app.here', here);
    await app.pageFailed();
    await app.pageFailed();
    expect((await state()).here).toEqual(here);
    expect(asked).toEqual([]);
    await app.pageFailed();
    expect(asked).toEqual(['failing']);
    expect((await state()).here).toBeNull();
    expect(done.filter((one) => one === 'reload')).toHaveLength(3);
    expect(await ask('app.begun')).toEqual({ afterFailure: true });
    expect(await ask('app.begun')).toEqual({ afterFailure: false });
  });

  test('is not loaded again where the user would rather quit', async () => {
    dialogs.failing = async () => 'quit';
    for (let times = 0; times < 3; times += 1) await app.pageFailed();
    expect(done).toEqual(['reload', 'reload', 'quit']);
  });
});

test('a program that fails goes on and says so; again and again, it is started anew if the user says so', async () => {
  await app.programFailed();
  await app.programFailed();
  expect(sent.filter(({ type }) => type === 'programFailed')).toHaveLength(2);
  expect(asked).toEqual([]);
  await app.programFailed();
  expect(asked).toEqual(['failingProgram']);
  expect(done.slice(-2)).toEqual(['relaunch', 'quit']);
});

describe('files that are handed over', () => {
  test('wait for the vault to be opened, and are told with what came of them', async () => {
    const file = join(folder, 'memo.mp3');
    copyFileSync(join(FIXTURES, 'memo-en.mp3'), file);
    app.takeFiles([file, join(folder, 'gone.wav')]);
    expect(await ask('app.state')).toMatchObject({ waitingFiles: 2 });
    await made();
    await expect
      .poll(() => sent.find(({ type }) => type === 'filesHandedOver'), { timeout: 60_000 })
      .toBeDefined();
    const told = sent.find((event) => event.type === 'filesHandedOver');
    expect(told?.outcome.added).toHaveLength(1);
    expect(told?.outcome.rejected.map(({ name }) => name)).toEqual(['gone.wav']);
    expect(await ask('app.state')).toMatchObject({ waitingFiles: 0 });
  });
});

describe('quitting', () => {
  test('asks while a recovery key is shown that opens nothing yet', async () => {
    await app.session.begin(PASSPHRASE);
    expect(app.mustAsk).toBe(true);
    expect(await app.mayQuit()).toBe(false);
    expect(asked).toEqual(['quitsOver']);
    expect(done).toContain('show');
    dialogs.quitsOver = async () => true;
    expect(await app.mayQuit()).toBe(true);
    // A question answered once is not asked again.
    expect(app.mustAsk).toBe(false);
  });

  test('asks about what could not be stored, and the shutdown of the computer asks nothing', async () => {
    await made();
    await unsavedTyping();
    expect(app.mustAsk).toBe(true);
    expect(await app.mayQuit()).toBe(false);
    expect(asked).toEqual(['unsaved']);
    app.askNothing();
    expect(app.mustAsk).toBe(false);
    expect(await app.mayQuit()).toBe(true);
  });

  test('asks nothing where nothing is lost', async () => {
    await made();
    expect(app.mustAsk).toBe(false);
    expect(await app.mayQuit()).toBe(true);
    expect(asked).toEqual([]);
  });
});

test('locking renews the page, stops what is printed, and tells the page nothing more than its state', async () => {
  await made();
  const { recordingId } = await addTranscript(app.session.work.services.database, ['he was not there']);
  const work = app.session.work;
  app.lock();
  await expect.poll(() => app.session.phase, { timeout: 60_000 }).toBe('locked');
  await expect.poll(() => done, { timeout: 60_000 }).toContain('renew');
  expect(done).toContain('stopPrinting');
  sent.length = 0;
  work.library.touch([recordingId]);
  await app.tellState();
  expect(sent.map(({ type }) => type)).toEqual(['stateChanged']);
});

describe('while a recording is running', () => {
  /** Starts a recording of a second of noise; returns its id. */
  async function recorded(): Promise<{ id: string; recordingId: string }> {
    await made();
    const starting = ask('captures.start', PLAIN_CAPTURE);
    await eventually(() => expect(devices.openInputs).toHaveLength(1));
    devices.deliver('microphone', noise(1));
    return (await starting) as { id: string; recordingId: string };
  }

  /** Whether the vault is open behind the curtain. */
  const isBehindCurtain = () => app.session.isWorkingLocked;

  /** The stored capture, after opening the sealed vault again. */
  async function stored(recordingId: string) {
    await app.session.unlock(PASSPHRASE);
    const { database } = app.session.work.services;
    const { sampleFrames } = await database.captures.extent(recordingId);
    return { state: (await database.captures.get(recordingId))?.state, seconds: sampleFrames / RATE };
  }

  test.each([
    ['locking', false],
    ['locking, though it always seals,', true],
  ])(
    '%s draws the curtain: it goes on, tells the page nothing, and the vault is sealed at its end',
    async (_, alwaysSeal) => {
      const { id, recordingId } = await recorded();
      await ask('app.change', { alwaysSeal });
      expect(done).toContain('awake');
      app.lock();
      await eventually(() => expect(isBehindCurtain()).toBe(true));
      sent.length = 0;
      devices.deliver('microphone', noise(4));
      app.look();
      await eventually(() => expect(recording).toEqual(['listening']));
      await app.session.sealIfIdle();
      expect(isBehindCurtain()).toBe(true);
      expect(sent.filter(({ type }) => type !== 'stateChanged')).toEqual([]);
      await app.session.runningWork?.captures.stop(id);
      expect(recording).toEqual([]);
      await eventually(() => {
        app.look();
        expect(isBehindCurtain()).toBe(false);
      });
      expect(devices.openInputs).toEqual([]);
      expect(await stored(recordingId)).toEqual({ state: 'done', seconds: 5 });
    },
  );

  test('sealing asks first; the recording then stops, and is kept', async () => {
    const { recordingId } = await recorded();
    await ask('vault.lock', { how: 'seal' });
    expect(asked).toEqual(['sealsOverRecording']);
    expect(app.session.phase).toBe('open');
    await eventually(() => expect(recording).toEqual(['listening']));
    dialogs.sealsOverRecording = async () => true;
    await ask('vault.lock', { how: 'seal' });
    expect([app.session.phase, isBehindCurtain(), recording]).toEqual(['locked', false, []]);
    expect(await stored(recordingId)).toEqual({ state: 'done', seconds: 1 });
  });

  test('quitting asks first; the recording then stops, and is kept', async () => {
    const { recordingId } = await recorded();
    expect(app.mustAsk).toBe(true);
    expect(await app.mayQuit()).toBe(false);
    expect(asked).toEqual(['quitsOver']);
    dialogs.quitsOver = async () => true;
    expect(await app.mayQuit()).toBe(true);
    await app.end();
    expect(devices.openInputs).toEqual([]);
    expect(await stored(recordingId)).toEqual({ state: 'done', seconds: 1 });
  });
});
