/**
 * A process for tests to kill. Modes: `passing FOLDER SENTENCE` makes an ephemeral vault
 * and seals the sentence in it; `commit FOLDER PASSPHRASE POINT` kills itself at a named point of sealing an object;
 * `move USUAL FOLDER TARGET POINT` does so while it moves a vault.
 * Answers with one message, then waits to be killed.
 */
import { isAppError } from '../../../contract/errors.ts';
import { installFault } from '../../fault-points.ts';
import { Vault } from '../vault.ts';
import { moveVault } from '../vault-move.ts';
import { VaultPlace } from '../vault-place.ts';

const [mode, folder = '', ...rest] = process.argv.slice(2);
const held: unknown[] = [];

function answer(message: object): void {
  process.send?.(message);
}

async function run(): Promise<void> {
  switch (mode) {
    case 'ephemeral': {
      const vault = await Vault.createEphemeral(folder);
      held.push(vault);
      const writer = await vault.objects.createWriter({ recordingId: 'r', kind: 'part', version: 1 });
      await writer.write(Buffer.from((rest[0] ?? '').repeat(5000)));
      await writer.commit();
      const unfinished = await vault.objects.createWriter({ recordingId: 'r', kind: 'part', version: 2 });
      await unfinished.write(Buffer.from((rest[0] ?? '').repeat(50_000)));
      answer({ state: 'held', folder: vault.folder });
      break;
    }
    case 'commit': {
      const [passphrase = '', point] = rest;
      const vault = await Vault.open(folder, { kind: 'passphrase', passphrase });
      installFault((here) => {
        if (here === point) process.kill(process.pid, 'SIGKILL');
      });
      const writer = await vault.objects.createWriter({ recordingId: 'r', kind: 'part', version: 1 });
      await writer.write(Buffer.alloc(200_000, 'word '));
      answer({ state: 'committed', object: await writer.commit() });
      break;
    }
    case 'move': {
      const [from = '', to = '', point] = rest;
      installFault((here) => {
        if (here === point) process.kill(process.pid, 'SIGKILL');
      });
      await moveVault(new VaultPlace(folder), from, to);
      answer({ state: 'committed' });
      break;
    }
    default:
      throw new Error('unknown mode');
  }
}

run().catch((error: unknown) => {
  if (!isAppError(error)) throw error;
  answer({ state: 'refused', code: error.code, details: error.details });
});
// Keeps the process alive until it is killed.
setInterval(() => held.length, 1 << 30);
