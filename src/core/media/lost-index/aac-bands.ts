/**
 * The widths of AAC's scale factor bands (ISO/IEC 14496-3, tables 4.129 to 4.147), which differ by sample rate. Rates that
 * share them cannot be distinguished by a frame.
 */
export interface ScaleFactorBands {
  readonly sampleRates: readonly number[];
  /** Where the bands of a window of 1024 values begin, and 1024. */
  readonly long: readonly number[];
  /** Where the bands of a window of 128 values begin, and 128. */
  readonly short: readonly number[];
}

const SHORT_64 = [0, 4, 8, 12, 16, 20, 24, 32, 40, 48, 64, 92, 128];
const SHORT_32 = [0, 4, 8, 12, 16, 20, 28, 36, 44, 56, 68, 80, 96, 112, 128];
const SHORT_22 = [0, 4, 8, 12, 16, 20, 24, 28, 36, 44, 52, 64, 76, 92, 108, 128];
const SHORT_11 = [0, 4, 8, 12, 16, 20, 24, 28, 32, 40, 48, 60, 72, 88, 108, 128];
const SHORT_8 = [0, 4, 8, 12, 16, 20, 24, 28, 36, 44, 52, 60, 72, 88, 108, 128];

// biome-ignore format: a table
const LONG_48_TO_928 = [
  0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 48, 56, 64, 72, 80, 88, 96, 108, 120, 132, 144, 160, 176, 196, 216, 240,
  264, 292, 320, 352, 384, 416, 448, 480, 512, 544, 576, 608, 640, 672, 704, 736, 768, 800, 832, 864, 896, 928,
];

/** The most usual rates of recorders first. */
// biome-ignore format: a table
export const SCALE_FACTOR_BANDS: readonly ScaleFactorBands[] = [
  { sampleRates: [44_100, 48_000], long: [...LONG_48_TO_928, 1024], short: SHORT_32 },
  {
    sampleRates: [16_000, 12_000, 11_025],
    long: [
      0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 100, 112, 124, 136, 148, 160, 172, 184, 196, 212, 228, 244, 260,
      280, 300, 320, 344, 368, 396, 424, 456, 492, 532, 572, 616, 664, 716, 772, 832, 896, 960, 1024,
    ],
    short: SHORT_11,
  },
  {
    sampleRates: [22_050, 24_000],
    long: [
      0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 52, 60, 68, 76, 84, 92, 100, 108, 116, 124, 136, 148, 160, 172,
      188, 204, 220, 240, 260, 284, 308, 336, 364, 396, 432, 468, 508, 552, 600, 652, 704, 768, 832, 896, 960, 1024,
    ],
    short: SHORT_22,
  },
  { sampleRates: [32_000], long: [...LONG_48_TO_928, 960, 992, 1024], short: SHORT_32 },
  {
    sampleRates: [8_000],
    long: [
      0, 12, 24, 36, 48, 60, 72, 84, 96, 108, 120, 132, 144, 156, 172, 188, 204, 220, 236, 252, 268, 288, 308, 328,
      348, 372, 396, 420, 448, 476, 508, 544, 580, 620, 664, 712, 764, 820, 880, 944, 1024,
    ],
    short: SHORT_8,
  },
  {
    sampleRates: [96_000, 88_200],
    long: [
      0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 64, 72, 80, 88, 96, 108, 120, 132, 144, 156, 172, 188,
      212, 240, 276, 320, 384, 448, 512, 576, 640, 704, 768, 832, 896, 960, 1024,
    ],
    short: SHORT_64,
  },
  {
    sampleRates: [64_000],
    long: [
      0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 64, 72, 80, 88, 100, 112, 124, 140, 156, 172, 192, 216,
      240, 268, 304, 344, 384, 424, 464, 504, 544, 584, 624, 664, 704, 744, 784, 824, 864, 904, 944, 984, 1024,
    ],
    short: SHORT_64,
  },
];
