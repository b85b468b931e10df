import type { Command } from 'commander';
import type { VaultApp } from '../../app/open-app.ts';
import { readTextFile } from '../../app/transcripts/existing-texts.ts';
import {
  type ListingFlags,
  type RequiredVaultFlags,
  withExamples,
  withJsonOption,
  withVaultOptions,
} from '../arguments/options.ts';
import type { RunCommand } from '../explain.ts';
import { shortId } from '../printed/short-id.ts';
import { textOutcomeLine } from '../printed/text-outcome.ts';
import { withVault } from '../session.ts';
import { EXIT, type ExitStatus } from '../terminal/exit-status.ts';
import type { Terminal } from '../terminal/terminal.ts';

type AlignFlags = RequiredVaultFlags & ListingFlags & { readonly anyway?: boolean };

/** `voicesync recordings align`. */
export function addAlign(recordings: Command, run: RunCommand): void {
  const align = recordings
    .command('align <recording> [file]')
    .description(
      'Find an existing text (txt, docx, srt, vtt or JSON) in the sound of its recording, as a version with times',
    )
    .option('--anyway', 'add it although few of its words were found; without a file, the one that waits');
  withExamples(withJsonOption(withVaultOptions(align, 'required')), [
    ['recordings align 4f2a1c00 minutes.docx --vault ~/Vault'],
    ['recordings align 4f2a1c00 --anyway --vault ~/Vault', 'adds the text that did not fit'],
  ]);
  align.action((id: string, file: string | undefined, flags: AlignFlags) =>
    run((terminal) => withVault(terminal, flags, (app) => alignTo(terminal, app, { id, file, flags }))),
  );
}

async function alignTo(
  terminal: Terminal,
  app: VaultApp,
  { id, file, flags }: { id: string; file: string | undefined; flags: AlignFlags },
): Promise<ExitStatus> {
  const { id: recordingId, name: recording } = await app.recordings.find(id);
  let outcome = null;
  if (file !== undefined) outcome = await app.texts.add(recordingId, await readTextFile(file));
  const waiting = await app.texts.waiting(recordingId);
  if (waiting !== null && flags.anyway === true)
    outcome = (await app.texts.answer(recordingId, true)) ?? outcome;
  if (outcome === null) {
    terminal.tell(terminal.say('noTextWaits'));
    return EXIT.someFailed;
  }
  const name = waiting?.name ?? file ?? '';
  if (flags.json) terminal.printJson({ recordingId, name, ...outcome });
  else terminal.print(textOutcomeLine(terminal, { recording, file: name, outcome }));
  if (outcome.state === 'unlike')
    terminal.tell(terminal.say('textAnyway', { id: shortId(recordingId), vault: flags.vault }));
  return outcome.state === 'unlike' ? EXIT.someFailed : EXIT.done;
}
