/** The processor's name in the audio worklet. */
export const CUTTER_NAME = 'frame-cutter';

/** The page tells the worklet to cut the rest and end. */
export type WorkletCommand = 'end';

/** What the worklet tells the page. Its frames come in order; `end` is the last message. */
export type WorkletMessage =
  | {
      readonly type: 'frame';
      /** The number of its first sample in the audio context. */
      readonly contextFrame: number;
      /** `Date.now()` when its last sample had come. */
      readonly cutAtMs: number;
      /** CRC-32 of all frames so far. */
      readonly crc32: number;
      readonly samples: Int16Array<ArrayBuffer>;
    }
  | { readonly type: 'end' };
