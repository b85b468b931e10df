import { speakerColour } from '../lib/speaker-colours.ts';

/** A speaker's colour, beside the name. `place` is the index among the text's speakers, negative for nobody known. */
export function SpeakerSwatch({ place }: { place: number }) {
  return (
    <span
      aria-hidden
      className="inline-block h-[0.9em] w-1.5 shrink-0 rounded-sm"
      style={{ background: speakerColour(place) }}
    />
  );
}
