import packageFacts from '../../package.json' with { type: 'json' };

/** Name and version of this program, as exports name it. */
export const PRODUCER = `VoiceSync ${packageFacts.version}`;
