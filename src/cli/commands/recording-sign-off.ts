import type { Command } from 'commander';
import type { VaultApp } from '../../app/open-app.ts';
import { shortClockTime } from '../../contract/clock-times.ts';
import { AppError } from '../../contract/errors.ts';
import { listenedMs, listenedPercent } from '../../contract/listened.ts';
import { CheckerName } from '../../contract/sign-off.ts';
import { type RequiredVaultFlags, withExamples, withVaultOptions } from '../arguments/options.ts';
import type { RunCommand } from '../explain.ts';
import { dayOf } from '../printed/quantities.ts';
import { withVault } from '../session.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';

type SignOffFlags = RequiredVaultFlags & { readonly by?: string; readonly takeBack?: boolean };

/** `voicesync recordings sign-off`. */
export function addRecordingSignOff(recordings: Command, run: RunCommand): void {
  const signOff = recordings
    .command('sign-off <recording>')
    .description('Show who checked a transcript and what was changed since, or mark it as checked')
    .option('--by <name>', 'mark it as checked by this person')
    .option('--take-back', 'take that back');
  withExamples(withVaultOptions(signOff, 'required'), [
    ['recordings sign-off 4f2a1c00 --vault ~/Vault'],
    ['recordings sign-off 4f2a1c00 --by "Rosa Delgado" --vault ~/Vault'],
  ]);
  signOff.action((id: string, flags: SignOffFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => tellSignOff(terminal, app, id, flags))),
  );
}

async function tellSignOff(
  terminal: Terminal,
  app: VaultApp,
  id: string,
  { by, takeBack }: SignOffFlags,
): Promise<ExitStatus> {
  const { say } = terminal;
  const recording = await app.recordings.find(id);
  if (takeBack === true) await app.signOffs.takeBack(recording.id);
  else if (by !== undefined) {
    const name = CheckerName.safeParse(by);
    if (!name.success) throw new AppError('usage.invalid', { problem: '--by' });
    await app.signOffs.check(recording.id, name.data);
  }
  const { signOff, played } = await app.signOffs.view(recording.id);
  const durationMs = recording.durationMs ?? 0;
  const percent = listenedPercent(listenedMs(played, durationMs), durationMs);
  if (signOff === null) {
    terminal.print(say('law.notChecked', { percent }));
    return EXIT.done;
  }
  const date = dayOf(signOff.atMs);
  terminal.print(say('law.checkedBy', { name: signOff.by, date, percent: signOff.percent }));
  const { changeCount: count } = signOff;
  terminal.print(count === 0 ? say('law.unchangedSinceChecked') : say('law.changedSinceChecked', { count }));
  for (const { startMs, before, now } of signOff.changes) {
    terminal.print(`[${shortClockTime(startMs)}] ${before || '–'} → ${now || '–'}`);
  }
  return EXIT.done;
}
