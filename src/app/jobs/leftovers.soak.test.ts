import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { sweepEphemeralVaults } from '../../core/vault/vault.ts';
import { EventLog } from '../testing/event-log.ts';
import { findPlanted, type Planted } from '../testing/find-planted.ts';
import { ChildRun, type RunOrder } from '../testing/killed-run.ts';
import { make, RECORDINGS } from '../testing/short-recordings.ts';
import {
  makeVault,
  openEphemeral,
  openWorkspace,
  PLAIN_IMPORT,
  SAMPLE_OPTIONS,
  textInto,
} from '../testing/test-workspace.ts';

const FILE_NAME = 'Okonkwo against Brandt';
const PROMPT = 'Witness Okonkwo, exhibit forty-one';

/** The folders of a run: the program's files, temporary files, and apart from them source and exports. */
let place: { data: string; temp: string; user: string; order: RunOrder };
let planted: Planted[];

beforeEach(async () => {
  const folder = temporaryFolder();
  const [data, temp, user] = [join(folder, 'data'), join(folder, 'temp'), join(folder, 'user')];
  for (const made of [data, temp, user]) await mkdir(made);
  const source = await make(
    join(user, `${FILE_NAME}.wav`),
    '-t',
    '9',
    '-i',
    RECORDINGS.interview,
    '-ar',
    '16000',
  );
  const order: RunOrder = {
    vault: null,
    ephemeralParent: data,
    source,
    out: user,
    options: { ...SAMPLE_OPTIONS, prompt: PROMPT },
    log: join(user, 'log'),
    killAt: null,
  };
  place = { data, temp, user, order };
  // A tenth of a second from the middle of a word.
  const pcm = (await readFile(source)).subarray(48_000, 51_200);
  planted = [
    { what: 'the transcript', text: 'Did Robert find the green recording' },
    { what: 'the file name', text: FILE_NAME },
    { what: 'the prompt', text: PROMPT },
    { what: 'the sound', bytes: pcm },
  ];
});

/** Runs in its own process, whose temporary files are in our folder too. */
async function run(changes: Partial<RunOrder>): Promise<boolean> {
  return await new ChildRun({ ...place.order, ...changes }, { TMPDIR: place.temp }).finished();
}

async function found(): Promise<string[]> {
  return [...(await findPlanted(place.data, planted)), ...(await findPlanted(place.temp, planted))];
}

describe.each(['a vault', 'an ephemeral vault'])('of what is said in %s', (kind) => {
  async function vault(): Promise<string | null> {
    if (kind === 'an ephemeral vault') return null;
    const folder = join(place.data, 'vault');
    await makeVault(folder);
    return folder;
  }

  test.each(['import.originalSealed', 'window.committed', 'export.rename'] as const)(
    'nothing can be read after a kill at %s',
    async (point) => {
      expect(await run({ vault: await vault(), killAt: { point, count: 1 } })).toBe(false);

      expect((await readdir(place.data, { recursive: true })).length).toBeGreaterThan(5);
      expect(await found()).toEqual([]);
    },
  );

  test('nothing can be read after a run, but in the exports', async () => {
    expect(await run({ vault: await vault() })).toBe(true);

    expect(await found()).toEqual([]);
    expect(await findPlanted(place.user, planted.slice(0, 1))).toHaveLength(1);
  });
});

describe('this search', () => {
  test('finds a plain export and a copied source', async () => {
    await run({});
    await cp(place.user, join(place.data, 'copied'), { recursive: true });

    expect(new Set((await found()).map((hit) => hit.split(' in ')[0]))).toEqual(
      new Set(['the transcript', 'the file name', 'the sound']),
    );
  });

  test.each(['utf8', 'utf16le', 'base64'] as const)('finds a sentence written in %s', async (encoding) => {
    const text = `before ${PROMPT} after`;
    const bytes = encoding === 'base64' ? Buffer.from(text).toString('base64') : Buffer.from(text, encoding);
    await writeFile(join(place.temp, 'cache'), bytes);

    expect(await found()).toEqual([expect.stringContaining('the prompt')]);
  });

  test('finds sound that was written into a database', async () => {
    const sound = planted.find((item) => 'bytes' in item) as { bytes: Buffer };
    await writeFile(join(place.data, 'database'), Buffer.concat([Buffer.alloc(4096), sound.bytes]));

    expect(await found()).toEqual([expect.stringContaining('the sound')]);
  });
});

describe('an ephemeral vault', () => {
  const ephemeralIn = async (folder: string) =>
    (await readdir(folder)).filter((name) => name.startsWith('ephemeral-'));

  test('that a kill left behind is swept at the next start; one in use is not', async () => {
    await run({ killAt: { point: 'window.committed', count: 1 } });
    const dead = await ephemeralIn(place.data);
    const workspace = await openEphemeral(place.data);

    expect(dead).toHaveLength(1);
    expect(await sweepEphemeralVaults(place.data)).toBe(1);
    expect(await ephemeralIn(place.data)).toHaveLength(1);
    await workspace.close();
    expect(await ephemeralIn(place.data)).toEqual([]);
  });

  test('writes the text of its finished windows, marked incomplete, when it is closed before the end', async () => {
    const log = new EventLog();
    const workspace = await openEphemeral(place.data, { emit: log.emit });
    await workspace.queue.start();
    const delivery = { ...textInto(place.user), formats: ['txt', 'json'] as ('txt' | 'json')[] };
    await rm(place.order.source);
    const call = await make(join(place.user, 'call.flac'), '-t', '12', '-i', RECORDINGS.call);
    await workspace.queue.addFile(call, PLAIN_IMPORT, SAMPLE_OPTIONS, delivery);
    const { segments } = await log.nth('segmentsCommitted');
    await workspace.close();

    const text = await readFile(join(place.user, 'call.txt'), 'utf8');
    expect(text).toContain(segments[0]?.text);
    expect(text.toLowerCase()).toContain('incomplete');
    expect((await log.nth('jobEnded')).state).toBe('queued');
  });
});

test('a job that a dead process left running is in the queue again as soon as the vault is opened', async () => {
  const vault = join(place.data, 'vault');
  await makeVault(vault);
  const dead = await openWorkspace(vault);
  const { source, options } = place.order;
  const { jobId, recordingId } = await dead.queue.addFile(source, PLAIN_IMPORT, options, null);
  await dead.database.jobs.begin({ jobId, attemptId: 'attempt', atMs: 1 });
  await dead.close();

  // The queue is not started: the test lists and erases recordings only.
  const opened = await openWorkspace(vault);
  expect(await opened.database.jobs.list()).toMatchObject([{ id: jobId, state: 'queued', attempts: 0 }]);
  await opened.app.recordings.erase(recordingId);
  await opened.close();
});
