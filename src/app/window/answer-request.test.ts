import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Handlers, type RequestName, requests } from '../../contract/ipc.ts';
import { DiagnosticLog } from '../../core/diagnostics/diagnostic-log.ts';
import { ModelStore } from '../../core/models/model-store.ts';
import { automaticCorrectionsHandlers } from '../automatic-corrections/automatic-corrections-handlers.ts';
import { captureHandlers } from '../capture/capture-handlers.ts';
import { diagnosticsHandlers } from '../diagnostics/diagnostics-handlers.ts';
import { editorToolsHandlers } from '../editor-tools/editor-tools-handlers.ts';
import { citationHandlers } from '../export/citation-handlers.ts';
import { exportHandlers } from '../export/export-handlers.ts';
import { handOverHandlers } from '../hand-over/hand-over-handlers.ts';
import { ChosenHandOver } from '../hand-over/offered-hand-over.ts';
import { jobsHandlers } from '../jobs/jobs-handlers.ts';
import { languagesHandlers } from '../languages/usual-languages.ts';
import { mattersHandlers } from '../matters/matters-handlers.ts';
import { Models } from '../models/models.ts';
import { modelsHandlers } from '../models/models-handlers.ts';
import type { WindowApp } from '../open-app.ts';
import { placesHandlers } from '../places/places-handlers.ts';
import { privacyHandlers } from '../privacy/privacy-handlers.ts';
import { pseudonymHandlers } from '../pseudonyms/pseudonym-handlers.ts';
import { readAloudHandlers } from '../read-aloud/read-aloud-handlers.ts';
import { recordingsHandlers } from '../recordings/recordings-handlers.ts';
import { retentionHandlers } from '../retention/retention-handlers.ts';
import { settingsIn } from '../settings/interface-settings.ts';
import { appState, settingsHandlers } from '../settings/settings-handlers.ts';
import { signOffHandlers } from '../sign-off/sign-off-handlers.ts';
import { speakerHandlers } from '../speakers/speaker-handlers.ts';
import { templatesHandlers } from '../templates/templates-handlers.ts';
import { openTestVault, PASSPHRASE, type TestSession } from '../testing/open-test-vault.ts';
import { arbitraryOf } from '../testing/schema-arbitrary.ts';
import { existingTextHandlers } from '../transcripts/existing-text-handlers.ts';
import { transcriptHandlers } from '../transcripts/transcript-handlers.ts';
import { keepingHandlers } from '../vault/keeping-handlers.ts';
import { placeHandlers } from '../vault/place-handlers.ts';
import { vaultHandlers } from '../vault/vault-handlers.ts';
import { VaultMoves } from '../vault/vault-moves.ts';
import { voiceHandlers } from '../voices/voice-handlers.ts';
import { watchedFoldersHandlers } from '../watched-folders/watched-folders-handlers.ts';
import { answerRequest } from './answer-request.ts';

const NAMES = Object.keys(requests) as RequestName[];

/** Requests that last minutes and that other tests cover: real transcriptions, new vaults. */
const COSTLY: readonly RequestName[] = [
  'library.importSamples',
  'vault.begin',
  'vault.recover',
  'vault.lock',
];

/** Requests that hash a passphrase, which is slow on purpose. */
const HASHING: readonly RequestName[] = ['vault.setKeychain', 'vault.changePassphrase', 'vault.beginRenewal'];

const SETTINGS = settingsIn({ lockAfterMinutes: null });

let vault: TestSession;
let handlers: Handlers;
let matterId: string;
const unhandled: unknown[] = [];
const note = (error: unknown) => unhandled.push(error);

/** The handlers of everything in a vault, in a window whose dialogs are cancelled. */
function handlersOfVault(open: () => WindowApp) {
  return {
    ...languagesHandlers(() => open().services.database),
    ...captureHandlers(open),
    ...speakerHandlers(open),
    ...editorToolsHandlers(open, () => SETTINGS.english),
    ...voiceHandlers(open),
    ...watchedFoldersHandlers(open, async () => null),
    ...automaticCorrectionsHandlers(open, async () => null),
    ...signOffHandlers(open),
    ...retentionHandlers(open, { chooseFile: async () => null, print: async () => new Uint8Array() }),
    ...pseudonymHandlers(open, async () => null),
    ...recordingsHandlers(
      open,
      async () => [],
      (paths) => [...paths],
    ),
    ...mattersHandlers(open),
    ...handOverHandlers(open, {
      chooseFolder: async () => null,
      chooseFile: async () => null,
      tell: () => undefined,
      chosen: new ChosenHandOver(() => undefined),
    }),
    ...jobsHandlers(open),
    ...modelsHandlers(open, {
      chooseModel: async () => null,
      copy: () => undefined,
      language: () => 'en',
    }),
    ...readAloudHandlers(open, async () => null),
    ...existingTextHandlers(open, async () => null),
    ...transcriptHandlers(open),
    ...templatesHandlers(open, async () => null),
    ...exportHandlers(open, async () => null),
    ...citationHandlers(open, () => undefined),
  };
}

beforeAll(async () => {
  process.on('unhandledRejection', note);
  vault = await openTestVault(() => {
    throw new Error('nothing is transcribed here');
  });
  const { session, vaultFolder } = vault;
  const open = () => session.work;
  const state = () =>
    appState(session, SETTINGS, {
      vaultFolder,
      locale: 'en',
      version: '0.0.0',
      pedals: [],
      moving: null,
      moved: null,
      here: null,
      unsaved: null,
      recording: false,
      waitingFiles: 0,
      refusedKeys: [],
    });
  handlers = {
    ...settingsHandlers({
      state,
      forgetPedal: () => undefined,
      changeSettings: () => undefined,
      begun: () => false,
      setHere: () => undefined,
      setPlaying: () => undefined,
      reveal: async () => undefined,
    }),
    ...diagnosticsHandlers({
      log: new DiagnosticLog(join(vault.folder, 'logs')),
      models: new Models(new ModelStore(join(vault.folder, 'models'))),
      language: () => 'en',
      settings: () => SETTINGS,
      chooseReportFile: async () => null,
      copy: () => undefined,
    }),
    ...placesHandlers({
      places: async () => [],
      showInFolder: () => undefined,
    }),
    ...privacyHandlers({
      launchEngine: () => {
        throw new Error('no engine is started here');
      },
      ffmpegFolder: vault.folder,
      tryBrowser: null,
      language: () => 'en',
      places: async () => [],
      database: () => null,
      chooseFile: async () => null,
      print: async () => new Uint8Array(),
    }),
    ...vaultHandlers({
      session,
      state,
      renewedKey: () => null,
      alwaysSeal: () => false,
      maySeal: async () => true,
      ownNames: async () => [],
      chooseKeyFile: async () => null,
      keyFileText: () => '',
    }),
    ...keepingHandlers({
      session,
      keeping: () => open().vault,
      state,
      chooseFolder: async () => null,
      backupName: (time) => time,
      restoredName: (name) => name,
      maySeal: async () => true,
      tell: () => undefined,
    }),
    ...placeHandlers({
      ...{
        session,
        state,
        chooseFolder: async () => null,
        movedName: () => 'vault',
        maySeal: async () => true,
      },
      moves: new VaultMoves(session, { onProgress: () => undefined, onEnd: () => undefined }),
    }),
    ...handlersOfVault(open),
  };
  const saved = await ask('matters.save', {
    id: null,
    name: 'Smith',
    vocabulary: [],
    speakers: [],
    options: {},
  });
  matterId = saved.ok ? (saved.value as { id: string }).id : '';
});

afterAll(async () => {
  await vault[Symbol.asyncDispose]();
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

function ask(name: unknown, input: unknown) {
  return answerRequest(handlers, name, input, { sequence: () => 7, checkOutput: true });
}

describe('every request', () => {
  test('has a handler', () => {
    expect(Object.keys(handlers).sort()).toEqual([...NAMES].sort());
  });

  test.each(NAMES.filter((name) => !COSTLY.includes(name)))(
    '%s is answered whatever fits its schema',
    async (name) => {
      const input = arbitraryOf(requests[name].input, [matterId, 'Smith', PASSPHRASE]);
      await fc.assert(
        fc.asyncProperty(input, async (value) => {
          const answer = await ask(name, value);
          if (answer.ok) expect(answer.sequence).toBe(7);
          // An unexpected error would be a fault of the handlers, not of the page.
          else expect(answer.error.code).not.toBe('internal.unexpected');
        }),
        { numRuns: HASHING.includes(name) ? 8 : 25 },
      );
    },
  );

  test.each(NAMES)('%s is answered whatever does not, and no handler hears of it', async (name) => {
    const { input } = requests[name];
    await fc.assert(
      fc.asyncProperty(fc.anything({ withNullPrototype: true, withBigInt: true }), async (value) => {
        fc.pre(!input.safeParse(value).success);
        expect(await ask(name, value)).toMatchObject({ ok: false, error: { code: 'usage.invalid' } });
      }),
      { numRuns: 50 },
    );
  });
});

test.each(['nothing.such', '__proto__', 'constructor', 'toString', '', null, 3, {}])(
  'a request named %j is refused',
  async (name) => {
    expect(await ask(name, undefined)).toMatchObject({ ok: false, error: { code: 'usage.invalid' } });
  },
);

test('behind a locked door nothing that tells about people is answered', async () => {
  await using locked = await openTestVault();
  await locked.session.lock('seal');
  const open = () => locked.session.work;
  const closed = handlersOfVault(open) as Handlers;
  for (const name of Object.keys(closed) as RequestName[]) {
    const [input] = fc.sample(
      arbitraryOf(requests[name].input, ['a']).filter(
        (value) => requests[name].input.safeParse(value).success,
      ),
      1,
    );
    const answer = await answerRequest(closed, name, input, { sequence: () => 0, checkOutput: true });
    expect([name, answer]).toMatchObject([name, { ok: false, error: { code: 'vault.sealed' } }]);
  }
});
