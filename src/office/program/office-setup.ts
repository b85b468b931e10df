import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeGivenToken } from '../gateway/given-tokens.ts';
import { makeOfficeKeys, privateKeyFromPem, rawPublicKey } from '../sealing/office-keys.ts';

/** Secrets are for the program's own user. */
const SECRET_MODE = 0o600;

/** The store's program may run as another user; the folder is given to it alone. */
const STORE_MODE = 0o644;

/** Who the office is in the store. */
export const STORE_ACCESS_KEY = 'office';

/** What the office does there: SeaweedFS's names. */
const STORE_ACTIONS = ['Admin', 'Read', 'Write', 'List', 'Tagging'];

/**
 * Makes every secret of an office in a folder, one folder in it for each program that gets them: `gateway`, `worker`, `store` (the
 * accounts of SeaweedFS) and `scaler`. What is there already stays, so that it can run before every start; one secret that two
 * programs share is made once. Returns the names of the files that it made. Throws the errors of the disk.
 */
export async function setUpOffice(folder: string): Promise<string[]> {
  const made: string[] = [];
  /** The content of a file, which is made if it is not there. */
  const kept = async (name: string, content: () => string, mode = SECRET_MODE): Promise<string> => {
    const file = join(folder, name);
    await mkdir(join(file, '..'), { recursive: true });
    try {
      await writeFile(file, `${content()}\n`, { flag: 'wx', mode });
      made.push(name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    return (await readFile(file, 'utf8')).trim();
  };
  /** The same secret for two programs: a second one that was lost comes from the first. */
  const shared = async (first: string, second: string, content: () => string): Promise<string> => {
    const secret = await kept(first, content);
    return await kept(second, () => secret);
  };

  await kept('gateway/database-key', () => randomBytes(32).toString('hex'));
  await shared('gateway/worker-token', 'worker/token', makeGivenToken);
  await shared('gateway/scaler-token', 'scaler/token', makeGivenToken);
  const privateKey = privateKeyFromPem(
    await kept('worker/key.pem', () => makeOfficeKeys().privateKeyPem.trim()),
  );
  await kept('gateway/worker-public-keys', () => rawPublicKey(privateKey).toString('base64'));
  const secretKey = await shared('gateway/s3-secret', 'worker/s3-secret', () =>
    randomBytes(32).toString('hex'),
  );
  await kept('store/s3.json', () => accounts(secretKey), STORE_MODE);
  return made;
}

function accounts(secretKey: string): string {
  const credentials = [{ accessKey: STORE_ACCESS_KEY, secretKey }];
  return JSON.stringify(
    { identities: [{ name: STORE_ACCESS_KEY, credentials, actions: STORE_ACTIONS }] },
    null,
    2,
  );
}
