import { RECORDING_ENDINGS } from '../../core/media/sources/recording-endings.ts';

/** The extensions by which a dialog shows recordings, without a dot; any other file can be chosen too. */
export const RECORDING_EXTENSIONS: readonly string[] = [...RECORDING_ENDINGS].map((ending) =>
  ending.slice(1),
);
