import { mkdirSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { AppEvent } from '../../contract/ipc.ts';
import { DEFAULT_CHOICE } from '../../contract/starting-choice.ts';
import { HASHING_FLOOR } from '../../core/vault/passphrase.ts';
import { Vault } from '../../core/vault/vault.ts';
import { settingsIn } from '../settings/interface-settings.ts';
import { appState } from '../settings/settings-handlers.ts';
import { openTestVault, PASSPHRASE, type TestSession } from '../testing/open-test-vault.ts';
import { keepingHandlers } from './keeping-handlers.ts';
import { VaultSession } from './vault-session.ts';

vi.setConfig({ testTimeout: 120_000 });

const MEMO = join(import.meta.dirname, '../../..', 'e2e', 'fixtures', 'memo-en.mp3');
const code = (expected: string) => expect.objectContaining({ code: expected });
const noEngine = () => {
  throw new Error('nothing is transcribed here');
};

/** The user's next actions: the chosen folder, and whether to stop the work as soon as it begins. */
interface Choice {
  folder: string | null;
  stops?: boolean;
}

/** The handlers over a vault. */
function handlersOf({ session, vaultFolder }: TestSession, choose: Choice) {
  const told: AppEvent[] = [];
  const facts = {
    vaultFolder,
    locale: 'en',
    version: '0',
    pedals: [],
    moving: null,
    moved: null,
    here: null,
    unsaved: null,
    recording: false,
    waitingFiles: 0,
    refusedKeys: [],
  };
  const handlers = keepingHandlers({
    session,
    keeping: () => session.work.vault,
    state: () => appState(session, settingsIn({}), facts),
    chooseFolder: async () => choose.folder,
    backupName: () => 'backup',
    restoredName: (name) => `${name} restored`,
    maySeal: async () => true,
    tell: (event) => {
      told.push(event);
      if (choose.stops === true) void handlers['vault.stopKeeping'](undefined);
    },
  });
  return { handlers, told };
}

async function withRecording(vault: TestSession): Promise<void> {
  const { library, intake } = vault.session.work;
  await intake.bringIn([MEMO], { matterId: null, choice: DEFAULT_CHOICE });
  await expect.poll(async () => (await library.list())[0]?.isSafe, { timeout: 60_000 }).toBe(true);
}

/** A typed-back group at each of two indexes. */
const typed = (groups: readonly string[], change = (group: string) => group) =>
  [2, 7].map((index) => ({ index, text: change(groups[index] ?? '') }));

test('a backup goes into a new folder outside the vault, can be stopped, and is restored where no vault is', async () => {
  await using vault = await openTestVault(noEngine);
  await withRecording(vault);
  const stick = join(vault.folder, 'stick');
  mkdirSync(stick);
  const choose: Choice = { folder: null };
  const { handlers, told } = handlersOf(vault, choose);
  expect(await handlers['vault.backUp'](undefined)).toBe('cancelled');
  expect(await handlers['vault.lastBackup'](undefined)).toEqual({ atMs: null });
  choose.folder = join(vault.vaultFolder, 'objects');
  await expect(handlers['vault.backUp'](undefined)).rejects.toEqual(code('vault.backupInside'));

  choose.folder = stick;
  choose.stops = true;
  expect(await handlers['vault.backUp'](undefined)).toBe('stopped');
  choose.stops = false;
  expect(readdirSync(stick)).toEqual([]);
  expect(await handlers['vault.lastBackup'](undefined)).toEqual({ atMs: null });

  told.length = 0;
  const startedAtMs = Date.now();
  const made = await handlers['vault.backUp'](undefined);
  if (typeof made === 'string') throw new Error(made);
  expect(made).toEqual({ folder: join(stick, 'backup'), objects: expect.any(Number) });
  expect(made.objects).toBeGreaterThan(1);
  expect(told.at(-1)).toEqual({
    type: 'keepingProgress',
    progress: { done: made.objects, total: made.objects },
  });
  expect((await handlers['vault.lastBackup'](undefined)).atMs).toBeGreaterThanOrEqual(startedAtMs);
  expect(await handlers['vault.backUp'](undefined)).toMatchObject({ folder: join(stick, 'backup (2)') });

  await expect(handlers['vault.restore'](undefined)).rejects.toEqual(code('vault.exists'));
  await vault.session.lock('seal');
  rmSync(vault.vaultFolder, { recursive: true });
  const there = new VaultSession({
    folder: vault.vaultFolder,
    keychain: null,
    hashingCost: HASHING_FLOOR,
    onChange: () => undefined,
    begin: () => Promise.reject(new Error('it is opened by itself')),
  });
  const anew = handlersOf({ ...vault, session: there as never }, choose).handlers;
  choose.folder = null;
  expect(await anew['vault.restore'](undefined)).toMatchObject({ phase: 'firstRun' });
  choose.folder = stick;
  await expect(anew['vault.restore'](undefined)).rejects.toEqual(code('vault.notAVault'));
  choose.folder = made.folder;
  expect(await anew['vault.restore'](undefined)).toMatchObject({ phase: 'locked', vaultExists: true });
  await vault.session.unlock(PASSPHRASE);
  expect((await vault.session.work.library.list()).map(({ name }) => name)).toEqual(['memo-en.mp3']);
  expect(await handlers['vault.verify'](undefined)).toEqual({ objects: made.objects, faults: [] });
});

test('a check names the recordings whose sound is damaged or missing', async () => {
  await using vault = await openTestVault(noEngine);
  await withRecording(vault);
  const { handlers } = handlersOf(vault, { folder: null });
  const { database } = vault.session.work.services;
  const [first, second] = await database.objects.page({ afterId: '', limit: 2 });
  const files = readdirSync(join(vault.vaultFolder, 'objects'), { recursive: true, withFileTypes: true });
  const fileOf = (id: string | undefined) => {
    const entry = files.find(({ name }) => id !== undefined && name.startsWith(id));
    return join(entry?.parentPath ?? '', entry?.name ?? '');
  };
  truncateSync(fileOf(first?.id), 100);
  rmSync(fileOf(second?.id));
  const check = await handlers['vault.verify'](undefined);
  expect(check?.faults).toEqual([{ kind: 'sound', name: 'memo-en.mp3', damaged: 1, missing: 1 }]);
});

test('a new recovery key holds once two of its groups are typed back, and then the old one opens nothing', async () => {
  await using vault = await openTestVault(noEngine);
  const { handlers } = handlersOf(vault, { folder: null });
  const { session, vaultFolder } = vault;
  const opens = async (groups: readonly string[]) => {
    const credential = { kind: 'recoveryKey', recoveryKey: groups.join('-') } as const;
    return await session.work.vault.check(credential).then(
      () => true,
      () => false,
    );
  };
  await expect(handlers['vault.beginRenewal']({ passphrase: 'not the one' })).rejects.toEqual(
    code('vault.wrongPassphrase'),
  );
  await expect(async () => handlers['vault.confirmRenewal']({ groups: typed([]) })).rejects.toEqual(
    code('usage.invalid'),
  );
  const { groups: first } = await handlers['vault.beginRenewal']({ passphrase: PASSPHRASE });
  expect(await opens(first)).toBe(false);
  await handlers['vault.cancelRenewal'](undefined);
  await expect(async () => handlers['vault.confirmRenewal']({ groups: typed(first) })).rejects.toEqual(
    code('usage.invalid'),
  );

  const { groups } = await handlers['vault.beginRenewal']({ passphrase: PASSPHRASE });
  expect(session.work.vault.isRenewing).toBe(true);
  await expect(async () =>
    handlers['vault.confirmRenewal']({ groups: typed(groups, () => 'AAAAA') }),
  ).rejects.toEqual(code('vault.recoveryKeyMistyped'));
  expect(await opens(groups)).toBe(false);
  await handlers['vault.confirmRenewal']({ groups: typed(groups) });
  expect(session.work.vault.isRenewing).toBe(false);
  expect(await opens(groups)).toBe(true);
  const { groups: later } = await handlers['vault.beginRenewal']({ passphrase: PASSPHRASE });
  await handlers['vault.confirmRenewal']({ groups: typed(later) });
  expect([await opens(groups), await opens(later)]).toEqual([false, true]);
  // Behind the curtain the shown key is not visible.
  await handlers['vault.beginRenewal']({ passphrase: PASSPHRASE });
  await session.work.curtain('drawn');
  expect(session.work.vault.isRenewing).toBe(false);
  await session.lock('seal');
  const opened = await Vault.open(vaultFolder, { kind: 'recoveryKey', recoveryKey: later.join('-') });
  await opened.seal();
});
