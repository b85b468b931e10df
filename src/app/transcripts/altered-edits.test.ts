import { expect, test } from 'vitest';
import { openEncryptedFile } from '../../core/database/encrypted-file.db.ts';
import { addTranscript } from '../../core/database/testing/test-database.ts';
import { openTestVault, PASSPHRASE } from '../testing/open-test-vault.ts';
import { isSound, verifyVault } from '../vault/verify-vault.ts';

const noEngine = () => {
  throw new Error('nothing is transcribed here');
};

test('verifying a vault shows a correction that somebody has altered while it was sealed', async () => {
  await using vault = await openTestVault(noEngine);
  const { session } = vault;
  const { services: workspace, transcripts } = session.work;
  const { recordingId, versionId } = await addTranscript(workspace.database, ['he was not there']);
  await workspace.database.versions.finish({ versionId, completedAtMs: 3 });
  const [first] = await workspace.database.segments.all(versionId);
  await transcripts.editor.edit(recordingId, [first?.id ?? ''], ['he was not at home']);
  expect(isSound(await verifyVault(workspace))).toBe(true);

  const { databaseFile } = workspace.vault;
  const key = Buffer.from(workspace.vault.keys.database);
  const edited = await workspace.database.versions.latest(recordingId);
  await session.lock('seal');
  await session.unlock(PASSPHRASE);
  expect(isSound(await verifyVault(session.work.services))).toBe(true);

  await session.lock('seal');
  const handle = openEncryptedFile(databaseFile, key);
  handle.exec("UPDATE edits SET changes = replace(changes, 'not at home', 'at home')");
  handle.close();
  await session.unlock(PASSPHRASE);
  const findings = await verifyVault(session.work.services);
  expect(isSound(findings)).toBe(false);
  expect(findings).toMatchObject({
    objectFaults: [],
    databaseFaults: [],
    auditFaults: [],
    versionFaults: [{ kind: 'altered', versionId: edited?.id }],
  });
});
