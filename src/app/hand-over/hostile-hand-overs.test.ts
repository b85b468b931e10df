import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { createHandOver, openHandOver } from '../../core/hand-over/hand-over-file.ts';
import { frameOf, type HandOverItem, itemsOf } from '../../core/hand-over/hand-over-frames.ts';
import { HASHING_FLOOR } from '../../core/vault/passphrase.ts';
import { addMatter, disposable, leftIn, PASSPHRASE, shown } from '../testing/matter-to-hand-over.ts';
import { openEphemeral } from '../testing/test-workspace.ts';
import { HandOvers } from './hand-overs.ts';

/** A row as it stands in the file. */
type Row = Record<string, unknown>;

/** The items of a file with other rows: what somebody writes who knows the passphrase. */
async function forged(
  items: readonly HandOverItem[],
  file: string,
  change: (table: string, rows: Row[]) => void,
  table = (name: string) => name,
): Promise<void> {
  const writer = await createHandOver(file, PASSPHRASE, HASHING_FLOOR);
  for (const item of items) {
    if (item.type !== 'rows') {
      await writer.write(frameOf(item));
      continue;
    }
    const rows = JSON.parse(item.rows) as Row[];
    change(item.table, rows);
    await writer.write(frameOf({ ...item, table: table(item.table), rows: JSON.stringify(rows) }));
  }
  await writer.commit();
}

async function itemsIn(file: string): Promise<HandOverItem[]> {
  const reader = await openHandOver(file, PASSPHRASE);
  const items: HandOverItem[] = [];
  for await (const item of itemsOf(reader.stream())) items.push(item);
  await reader.close();
  return items;
}

/** The rows of a matter without its sound, which a vault can take without the file. */
function rowsWithoutSound(items: readonly HandOverItem[]): { table: string; rows: Row[] }[] {
  return items.flatMap((item) => {
    if (item.type !== 'rows' || item.table === 'parts') return [];
    const rows = JSON.parse(item.rows) as Row[];
    if (item.table === 'recordings') for (const row of rows) row.original_object_id = null;
    return [{ table: item.table, rows }];
  });
}

test('whoever knows the passphrase can write nothing but a matter of its own', async () => {
  const folder = temporaryFolder();
  await using sender = await disposable(openEphemeral(folder));
  await using receiver = await disposable(openEphemeral(folder));
  const { matterId } = await addMatter(sender);
  const rule = { find: 'Thorn', replacement: 'Thorne', matchCase: false };
  await sender.app.automaticCorrections.add(matterId, [rule]);
  // A matter that is there already, whose ids the sender knows.
  const victim = await addMatter(receiver);
  const before = await shown(receiver, victim.matterId);
  const version = await receiver.database.versions.latest(victim.recordingId);
  const [objectId = ''] = await receiver.database.objects.idsOfRecording(victim.recordingId);
  const left = await leftIn(receiver);
  const file = join(folder, 'case.voicesync');
  const order = { matterId, file, passphrase: PASSPHRASE, withVoices: true };
  await new HandOvers(sender, {}, HASHING_FLOOR).handOver(order);
  const items = await itemsIn(file);
  const { handOvers } = receiver.database;

  /** Makes the rows that a file with these would bring those of the vault. */
  const receive = async (change: (table: string, rows: Row[]) => void) => {
    await handOvers.forgetArrived();
    for (const { table, rows } of rowsWithoutSound(items)) {
      change(table, rows);
      await handOvers.arrive({ table, rows: JSON.stringify(rows) });
    }
    return await handOvers.receive({ file: 'case', handOverId: newId(), ids: [], isTaken: false, atMs: 1 });
  };
  const damaged = { code: 'handOver.damaged' };
  const hostile: [what: string, table: string, row: Row][] = [
    ['a path as an id', 'recordings', { id: '../../../../etc/passwd' }],
    ['an id that is taken', 'recordings', { id: victim.recordingId }],
    ['a recording of another matter', 'recordings', { matter_id: victim.matterId }],
    ['a recording of no matter', 'recordings', { matter_id: null }],
    ['the sound of another recording', 'recordings', { original_object_id: objectId }],
    ['an import that would read a file here', 'recordings', { state: 'importing' }],
    ['a job that would run', 'jobs', { state: 'queued' }],
    ['a job of another recording', 'jobs', { recording_id: victim.recordingId }],
    ['a correction for the whole vault', 'correction_rules', { matter_id: null }],
    ['a correction in another matter', 'correction_rules', { matter_id: victim.matterId }],
    ['an edit of another text', 'edits', { version_id: version?.id }],
    ['words in another text', 'segments', { version_id: version?.id }],
    ['a version of a text elsewhere', 'versions', { parent_id: version?.id }],
    ['a voice in another matter', 'known_voices', { matter_id: victim.matterId }],
    ['a voice that is too short', 'known_voices', { embedding: { base64: 'AAAA' } }],
    ['a number that is none', 'recordings', { duration_ms: 2 ** 60 }],
    ['a length of thousands of years', 'recordings', { duration_ms: 9e14 }],
    ['a negative time', 'markers', { at_ms: -1 }],
    ['a text as a number', 'segments', { start_ms: '1' }],
    ['a number as a text', 'matters', { name: 7 }],
    ['bytes as a text', 'speaker_parts', { voices: 'text' }],
    ['lists that are none', 'matters', { vocabulary: '{"length": 1}' }],
    ['JSON that is none', 'segments', { words: '[[' }],
    ['words that are none', 'segments', { words: '[{"text": "x"}]' }],
    ['changes that are none', 'edits', { changes: '[{"removed": 1, "inserted": []}]' }],
    ['an unknown column', 'matters', { 'id) VALUES (1); --': 1 }],
    ['a prototype', 'matters', JSON.parse('{"__proto__": {"id": 1}}') as Row],
  ];
  const tables = rowsWithoutSound(items).map(({ table }) => table);
  for (const [what, table, row] of hostile) {
    expect(tables).toContain(table);
    const receiving = receive((name, rows) => {
      if (name === table) Object.defineProperties(rows[0] ?? {}, Object.getOwnPropertyDescriptors(row));
    });
    await expect(receiving, what).rejects.toMatchObject(damaged);
  }
  const circle = receive((name, rows) => {
    if (name === 'versions') for (const row of rows) row.parent_id = row.id;
  });
  await expect(circle, 'a version that is made of itself').rejects.toMatchObject(damaged);
  await handOvers.forgetArrived();
  // The same by a file: it is noticed before anything is taken in.
  const file2 = join(folder, 'forged.voicesync');
  for (const [table, code] of [
    ['recordings', 'handOver.damaged'],
    ['settings', 'handOver.newer'],
  ] as const) {
    await rm(file2, { force: true });
    const instead = (name: string) => (name === 'markers' && table === 'settings' ? table : name);
    const change = (name: string, [row = {}]: Row[]) => {
      if (name === table) row.id = newId();
    };
    await forged(items, file2, change, instead);
    const receiving = receiver.app.handOvers.receive({ file: file2, passphrase: PASSPHRASE });
    await expect(receiving, table).rejects.toMatchObject({ code });
  }
  expect(await leftIn(receiver)).toEqual(left);
  expect(await shown(receiver, victim.matterId)).toEqual(before);
  // Nothing but the forgery was wrong.
  expect(await receive(() => undefined)).toMatchObject({ matterId });
});

test('what would act by itself or name a place on this computer is not taken over', async () => {
  const folder = temporaryFolder();
  await using sender = await disposable(openEphemeral(folder));
  await using receiver = await disposable(openEphemeral(folder));
  const { matterId, recordingId } = await addMatter(sender);
  await sender.app.retention.set(matterId, { days: 1, automatic: true });
  const file = join(folder, 'case.voicesync');
  const order = { matterId, file, passphrase: PASSPHRASE, withVoices: false };
  await new HandOvers(sender, {}, HASHING_FLOOR).handOver(order);
  const items = await itemsIn(file);
  const jobs = items.flatMap((item) => (item.type === 'rows' && item.table === 'jobs' ? [item.rows] : []));
  expect(jobs.join(), 'the place of the sender’s model').not.toContain('/models/');
  const bad = join(folder, 'bad.voicesync');
  const delivery = { folder: '/home/user/.config/autostart', formats: ['txt'] };
  await forged(items, bad, (table, [row = {}]) => {
    if (table === 'recordings') Object.assign(row, { source_path: '/etc/passwd', binned_at_ms: 1 });
    if (table === 'retentions') Object.assign(row, { automatic: 1, confirmed: 1 });
    if (table === 'matters') row.last_export = JSON.stringify(delivery);
    if (table === 'jobs') {
      const options = JSON.parse(String(row.options)) as { model: { path: string } };
      options.model.path = '/dev/zero';
      Object.assign(row, { delivery: JSON.stringify(delivery), options: JSON.stringify(options) });
    }
  });
  await receiver.app.handOvers.receive({ file: bad, passphrase: PASSPHRASE });
  const recording = await receiver.database.recordings.get(recordingId);
  expect(recording).toMatchObject({ sourcePath: '_etc_passwd', binnedAtMs: null, waitingChoice: null });
  const [job] = await receiver.database.jobs.list({ recordingId });
  expect(job).toMatchObject({ delivery: null, options: { model: { name: 'sample', path: 'sample' } } });
  expect((await receiver.database.matters.get(matterId))?.lastExport).toBeNull();
  expect(await receiver.database.retentions.get(matterId)).toMatchObject({
    ...{ days: 1, automatic: false, confirmed: false },
  });
});
