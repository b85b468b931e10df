import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { makeOfficeKeys } from '../sealing/office-keys.ts';
import { makeBucket } from '../store/make-bucket.ts';
import { officeLog } from '../watch/office-log.ts';
import { addClientCommands } from './client-commands.ts';
import { runGateway } from './gateway-program.ts';
import { noticeSettings } from './notice-settings.ts';
import { gatewaySettings, storeSettings, workerSettings } from './office-settings.ts';
import { setUpOffice } from './office-setup.ts';
import { addTenantCommands } from './tenant-commands.ts';
import { runWorker } from './worker-program.ts';

const program = new Command('office').description(
  'The office edition: gateway, workers, and what they need. Settings are environment variables, see docs/office.md.',
);

program
  .command('gateway')
  .description('Answer requests until SIGTERM')
  .action(async () => {
    const log = officeLog('gateway', (line) => process.stdout.write(line));
    const settings = {
      ...(await gatewaySettings(process.env)),
      notices: await noticeSettings(process.env),
    };
    await runGateway(settings, log, stopSignal(), (address, metricsPort) =>
      log.info('listening', { address, metricsPort }),
    );
  });

program
  .command('worker')
  .description('Transcribe until SIGTERM, and finish the job that is being worked on')
  .action(async () => {
    const log = officeLog('worker', (line) => process.stdout.write(line));
    await runWorker(await workerSettings(process.env), log, stopSignal());
  });

addTenantCommands(program);

program
  .command('keys')
  .description('Make a key pair: the private key into a new file, the public one printed in base64')
  .argument('<file>')
  .action(async (file: string) => {
    const { publicKey, privateKeyPem } = makeOfficeKeys();
    await writeFile(file, privateKeyPem, { flag: 'wx', mode: 0o600 });
    process.stdout.write(`${publicKey.toString('base64')}\n`);
  });

program
  .command('database-key')
  .description('Make the key of the office’s database in a new file')
  .argument('<file>')
  .action(async (file: string) => {
    await writeFile(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
  });

program
  .command('setup')
  .description(
    'Make every secret of an office that is not there yet, in folders for gateway, worker, store and scaler',
  )
  .argument('<folder>')
  .action(async (folder: string) => {
    for (const name of await setUpOffice(folder)) process.stdout.write(`${name}\n`);
  });

program
  .command('bucket')
  .description('Make the store’s bucket, if there is none')
  .action(async () => makeBucket(await storeSettings(process.env)));
addClientCommands(program);

/** Aborted at the first SIGTERM or SIGINT. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => stop.abort());
  return stop.signal;
}

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
