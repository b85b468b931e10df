import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { writeReport } from '../../app/diagnostics/diagnostics.ts';
import { places } from '../../app/places/places.ts';
import { privacyReport } from '../../app/privacy/privacy-report.ts';
import { reportEnding, reportPage, reportText } from '../../app/privacy/report-files.ts';
import { SelfTest } from '../../app/privacy/self-test.ts';
import { appFolders } from '../../app/settings/app-folders.ts';
import { appVaultFolder, appVaultPlace } from '../../app/vault/open-vault.ts';
import { withExamples } from '../arguments/options.ts';
import { UsageProblem } from '../arguments/usage-problem.ts';
import type { RunCommand } from '../explain.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Adds `doctor privacy`. */
export function addPrivacyCommand(doctor: Command, run: RunCommand): void {
  const privacy = doctor
    .command('privacy')
    .description('Try to open connections in every way, show each refused, and tell what lies where')
    .argument('[file]', 'write it there too, as text (.txt) or a page (.html); no file is replaced')
    .option('--json', 'one JSON object on stdout, for programs');
  withExamples(privacy, [
    ['doctor privacy', 'the report, on the screen'],
    ['doctor privacy privacy.html', 'and as a page, for an IT department'],
  ]).action((file: string | undefined, { json }: { json?: boolean }) =>
    run((terminal) => report(terminal, file ?? null, json === true)),
  );
}

/** Without a window there is no page and no Chromium to try. Fails if anything was reached. */
async function report(terminal: Terminal, named: string | null, json: boolean): Promise<ExitStatus> {
  const file = named === null ? null : resolve(named);
  if (file !== null && (existsSync(file) || reportEnding(file) === 'pdf')) {
    throw new UsageProblem(({ say }) =>
      reportEnding(file) === 'pdf'
        ? say('usage.noPdfReport')
        : say('usage.fileExists', { file: named ?? '' }),
    );
  }
  const { ffmpeg } = appFolders();
  const test = new SelfTest({ launchEngine: terminal.launchEngine, ffmpegFolder: ffmpeg, tryBrowser: null });
  await test.begin();
  const results = await test.finish();
  const { language } = terminal;
  const all = places({
    vaultFolder: await appVaultFolder(),
    formerVaults: appVaultPlace().formerVaults,
    watched: [],
  });
  const made = privacyReport({ language, made: new Date(), places: all, results, log: null });
  if (json) terminal.printJson({ ok: results.every(({ reached }) => !reached), results });
  else terminal.print(reportText(made).trimEnd());
  if (file !== null) {
    await writeReport(
      file,
      reportEnding(file) === 'txt' ? reportText(made) : reportPage(made, language),
      false,
    );
    if (!json) terminal.print(terminal.say('reportWritten', { file }));
  }
  return results.some(({ reached }) => reached) ? EXIT.someFailed : EXIT.done;
}
