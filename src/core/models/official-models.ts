import published from './official-models.json' with { type: 'json' };

/** One official Whisper model in ggml format, as its publishers name it. */
export interface OfficialModel {
  /** Name without folder, `ggml-` and `.bin`, e.g. `large-v3-turbo-q5_0`. */
  readonly name: string;
  readonly file: string;
  readonly sizeBytes: number;
  /** Lower-case hexadecimal SHA-256 of the file. */
  readonly sha256: string;
  /** Address of the folder that it is published in, if that is not `OFFICIAL_MODELS_URL`. */
  readonly publishedAt?: string;
}

/** Where the official files are published. Only the build-time script resources/fetch-model.ts ever connects to it. */
export const OFFICIAL_MODELS_URL = 'https://huggingface.co/ggerganov/whisper.cpp/resolve/main';

/**
 * Every Whisper model that the whisper.cpp project lists (MIT licence), the smallest family first: file names, sizes and
 * SHA-256 as published at https://huggingface.co/ggerganov/whisper.cpp, cross-checked in several public catalogues.
 */
export const OFFICIAL_MODELS: readonly OfficialModel[] = published;

/**
 * The model bundled with the app, used until the user chooses another: Whisper base, for about 100 languages,
 * at Q8_0. Its name and size are those of the published file; the bytes differ, because it was quantised from another
 * publication of the same weights (resources/models/README.md).
 */
export const BUNDLED_MODEL = {
  name: 'base-q8_0',
  file: 'ggml-base-q8_0.bin',
  sizeBytes: 81_768_585,
  sha256: 'd92c60d7db601696b0737789f4926cf681925a3f1636c184a99fa260dfcd5fad',
} as const satisfies OfficialModel;

/** The weights beside it for voice activity detection: no speech model, and never listed as one. */
export const VOICE_ACTIVITY_FILE = 'ggml-silero-v6.2.0.bin';

/** Every model that is known by its hash. One name may have two: the bundled file's and the published one's. */
const KNOWN_MODELS: readonly OfficialModel[] = [BUNDLED_MODEL, ...OFFICIAL_MODELS];

/** The known model with this SHA-256, or null. */
export function modelOfHash(sha256: string): OfficialModel | null {
  return KNOWN_MODELS.find((model) => model.sha256 === sha256) ?? null;
}

/** The known model that a file claims to be by its name (`ggml-tiny.bin` or `tiny.bin`), or null. */
export function modelClaimedBy(fileName: string): OfficialModel | null {
  return KNOWN_MODELS.find((model) => fileName === model.file || fileName === `${model.name}.bin`) ?? null;
}
