import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { VaultApp } from '../../app/open-app.ts';
import { AppError } from '../../contract/errors.ts';
import { MOST_RETENTION_DAYS, RetentionDays, type RetentionView } from '../../contract/retention.ts';
import { matterNamed } from '../arguments/matter-named.ts';
import {
  type ListingFlags,
  type RequiredVaultFlags,
  withExamples,
  withJsonOption,
  withVaultOptions,
} from '../arguments/options.ts';
import { UsageProblem } from '../arguments/usage-problem.ts';
import type { RunCommand } from '../explain.ts';
import { certificateListing } from '../listings/law-listings.ts';
import { dueListing, retentionReport } from '../listings/matter-listings.ts';
import { dayOf } from '../printed/quantities.ts';
import { shortId } from '../printed/short-id.ts';
import { table } from '../printed/table.ts';
import { withVault } from '../session.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { headings } from '../texts.ts';

type ListFlags = RequiredVaultFlags & ListingFlags;
type CertificateFlags = RequiredVaultFlags & { readonly out?: string };
type RetentionFlags = ListFlags & {
  readonly days?: number;
  readonly off?: boolean;
  readonly automatic?: boolean;
  readonly ask?: boolean;
  readonly hold?: boolean;
  readonly release?: boolean;
};

/** `voicesync matters retention`, `due`, `certificates` and `certificate`. */
export function addMatterRetention(matters: Command, run: RunCommand): void {
  const retention = matters
    .command('retention <matter>')
    .description('Show or set for how many days a matter keeps its recordings')
    .addOption(
      new Option('--days <n>', 'so many days after their import the window erases them for good')
        .argParser(parseDays)
        .conflicts('off'),
    )
    .option('--off', 'keep them without an end')
    .addOption(
      new Option('--automatic', 'once confirmed in the window, erase without asking').conflicts('ask'),
    )
    .option('--ask', 'ask in the window each time')
    .addOption(new Option('--hold', 'stop all erasing in this matter').conflicts('release'))
    .option('--release', 'end that');
  withExamples(withJsonOption(withVaultOptions(retention, 'required')), [
    ['matters retention "Pérez v. Soto" --days 90 --vault ~/Vault'],
    ['matters retention "Pérez v. Soto" --hold --vault ~/Vault'],
  ]);
  retention.action((matter: string, flags: RetentionFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => retain(terminal, app, matter, flags))),
  );

  const due = matters
    .command('due')
    .description('List the recordings whose time is over, or will be within 14 days; nothing is erased');
  withExamples(withJsonOption(withVaultOptions(due, 'required')), [['matters due --vault ~/Vault']]);
  due.action((flags: ListFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => listDue(terminal, app, flags))),
  );
  addCertificates(matters, run);
}

function addCertificates(matters: Command, run: RunCommand): void {
  const list = matters.command('certificates').description('List the certificates of erasing, newest first');
  withExamples(withJsonOption(withVaultOptions(list, 'required')), [
    ['matters certificates --vault ~/Vault'],
  ]);
  list.action((flags: ListFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => listCertificates(terminal, app, flags))),
  );

  const one = matters
    .command('certificate <certificate>')
    .description('Print a certificate of erasing, or save it')
    .option('--out <file>', 'the text file to save it as');
  withExamples(withVaultOptions(one, 'required'), [
    ['matters certificate 77aa01b2 --out erased.txt --vault ~/Vault'],
  ]);
  one.action((id: string, flags: CertificateFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => saveCertificate(terminal, app, id, flags))),
  );
}

function parseDays(text: string): number {
  const days = RetentionDays.safeParse(/^\d+$/.test(text) ? Number(text) : null);
  if (!days.success) throw new UsageProblem(({ say }) => say('law.noDays', { most: MOST_RETENTION_DAYS }));
  return days.data;
}

async function retain(
  terminal: Terminal,
  { retention, matters }: VaultApp,
  name: string,
  flags: RetentionFlags,
): Promise<ExitStatus> {
  const matterId = await matterNamed({ matters }, name);
  let view = await retention.view(matterId);
  const isSet = [flags.days, flags.off, flags.automatic, flags.ask].some((flag) => flag !== undefined);
  if (isSet) {
    const days = flags.off ? null : (flags.days ?? view.days);
    const automatic = flags.ask ? false : (flags.automatic ?? view.automatic);
    view = await retention.set(matterId, { days, automatic });
  }
  if (flags.hold || flags.release) view = await retention.hold(matterId, flags.hold ?? false);
  if (flags.json) terminal.printJson(retentionReport(view));
  else terminal.print(toldRetention(view, terminal));
  return EXIT.done;
}

function toldRetention({ days, automatic, heldSinceMs, dueCount }: RetentionView, { say }: Terminal): string {
  return [
    days === null ? say('law.keptForever') : say('law.keptForDays', { count: days }),
    ...(days === null ? [] : [say(automatic ? 'law.erasedAutomatically' : 'law.erasedAfterAsking')]),
    ...(heldSinceMs === null ? [] : [say('law.heldSince', { date: dayOf(heldSinceMs) })]),
    ...(dueCount === 0 ? [] : [say('law.willGo', { count: dueCount })]),
  ].join('\n');
}

async function listDue(
  terminal: Terminal,
  { retention }: VaultApp,
  { json }: ListFlags,
): Promise<ExitStatus> {
  const { due } = await retention.due();
  if (json) terminal.printJson(dueListing(due));
  else if (due.length === 0) terminal.print(terminal.say('law.nothingDue'));
  else {
    terminal.print(
      table(
        headings(terminal.say, ['id', 'recording', 'matter', 'imported', 'due']),
        due.map(({ recordingId, name, matterName, importedAtMs, dueAtMs }) => [
          ...[shortId(recordingId), name, matterName, dayOf(importedAtMs), dayOf(dueAtMs)],
        ]),
      ),
    );
  }
  return EXIT.done;
}

async function listCertificates(
  terminal: Terminal,
  { retention }: VaultApp,
  { json }: ListFlags,
): Promise<ExitStatus> {
  const { say } = terminal;
  const certificates = await retention.certificates.list();
  if (json) terminal.printJson(certificateListing(certificates));
  else if (certificates.length === 0) terminal.print(say('law.noCertificates'));
  else {
    terminal.print(
      table(
        headings(say, ['id', 'erased', 'recordings', 'why']),
        certificates.map(({ id, writtenAtMs, recordings, byRetention }) => [
          ...[shortId(id), dayOf(writtenAtMs), String(recordings)],
          say(byRetention ? 'law.byRetention' : 'law.byHand'),
        ]),
      ),
    );
  }
  return EXIT.done;
}

async function saveCertificate(
  terminal: Terminal,
  { retention: { certificates } }: VaultApp,
  id: string,
  { out }: CertificateFlags,
): Promise<ExitStatus> {
  const wanted = id.toLowerCase();
  const [certificate, ...others] = (await certificates.list()).filter((one) => one.id.endsWith(wanted));
  if (wanted === '' || certificate === undefined || others.length > 0)
    throw new UsageProblem(({ say }) => say('law.noCertificate', { id }));
  if (out === undefined) terminal.print((await certificates.text(certificate.id)).trimEnd());
  else {
    const file = resolve(out);
    if (existsSync(file)) throw new UsageProblem(({ say }) => say('usage.fileExists', { file }));
    await certificates.save(certificate.id, file, () => {
      throw new AppError('export.needsWindow', {});
    });
    terminal.print(file);
  }
  return EXIT.done;
}
