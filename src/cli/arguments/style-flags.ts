import { type Command, Option } from 'commander';
import {
  COURT_MEASURES,
  Conventions,
  CourtProfile,
  type ExportStyle,
  STYLE_LIMITS,
  USUAL_STYLE,
} from '../../contract/export-style.ts';
import { parseSeconds } from './format-flags.ts';

/** Flags of how files are written; times in milliseconds. */
export interface StyleFlags {
  readonly template?: CourtProfile;
  readonly clean?: boolean;
  readonly pauses?: number;
  readonly overlaps?: boolean;
  readonly speakerLabels?: Conventions['speakerLabels'];
  readonly editLog?: boolean;
}

/** Adds the options of how files are written. */
export function withStyleOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--template <name>', 'put TXT and DOCX on the numbered pages of a court').choices(
        CourtProfile.options,
      ),
    )
    .option('--clean', 'leave out filler words and immediate repetitions; the file says so')
    .addOption(
      new Option('--pauses <seconds>', 'write pauses of this length or longer, (1.5)').argParser((value) =>
        parseSeconds(value, '--pauses', STYLE_LIMITS.pausesFromMs),
      ),
    )
    .option('--overlaps', 'put words said while another speaker talks in [brackets]')
    .addOption(
      new Option('--speaker-labels <how>', 'what speakers are called by').choices(
        Conventions.shape.speakerLabels.options,
      ),
    )
    .option('--edit-log', 'list every correction in the provenance');
}

/** The style that flags ask for; undefined for the usual one. */
export function styleFrom(flags: StyleFlags): ExportStyle | undefined {
  const { template, clean = false, pauses, overlaps = false, speakerLabels, editLog = false } = flags;
  const isUsual = [template, pauses, speakerLabels].every((flag) => flag === undefined);
  if (isUsual && !clean && !overlaps && !editLog) return undefined;
  return {
    conventions: {
      ...USUAL_STYLE.conventions,
      wording: clean ? 'clean' : 'verbatim',
      speakerLabels: speakerLabels ?? 'names',
      pausesFromMs: pauses ?? null,
      overlaps,
    },
    template:
      template === undefined
        ? { kind: 'usual' }
        : { kind: 'court', profile: template, ...COURT_MEASURES[template] },
    editLog,
  };
}
