/** A speaker's colour in both themes, as `#rrggbb`. */
interface SpeakerColour {
  readonly light: string;
  readonly dark: string;
}

/**
 * Colours of speakers, the most different first. Each has a contrast of at least 3 : 1 on every ground token of its theme, and any
 * two stay apart for people who see no red, no green or no blue (simulated after Machado, Oliveira and Fernandes, 2009).
 */
export const SPEAKER_COLOURS: readonly SpeakerColour[] = [
  { light: '#1a469d', dark: '#4282bb' },
  { light: '#b66c18', dark: '#e78537' },
  { light: '#06390a', dark: '#90f790' },
  { light: '#771257', dark: '#fec5f6' },
  { light: '#675305', dark: '#cdc304' },
  { light: '#7c62c6', dark: '#a49ef9' },
  { light: '#a93755', dark: '#be6879' },
  { light: '#228596', dark: '#5dbcbf' },
];

/**
 * A speaker's colour as a CSS value; further speakers begin again at the first colour, so that a name or number must stand beside it.
 * @param place the speaker's index among those of the text, in the order in which they first speak; negative for nobody known.
 */
export function speakerColour(place: number): string {
  const colour = SPEAKER_COLOURS[place % SPEAKER_COLOURS.length];
  return colour === undefined ? 'var(--line-strong)' : `light-dark(${colour.light}, ${colour.dark})`;
}
