/** One official Whisper model in ggml format, as its publishers name it. */
export interface OfficialModel {
  /** Name without folder, `ggml-` and `.bin`, e.g. `large-v3-turbo-q5_0`. */
  readonly name: string;
  readonly file: string;
  /** Null where the size has not been published in the sources used here; the hash decides then. */
  readonly sizeBytes: number | null;
  /** Lower-case hexadecimal SHA-256 of the file. */
  readonly sha256: string;
}

/** Where the official files are published. Only the build-time script resources/fetch-model.ts ever connects to it. */
export const OFFICIAL_MODELS_URL = 'https://huggingface.co/ggerganov/whisper.cpp/resolve/main';

/**
 * The official Whisper models, from https://huggingface.co/ggerganov/whisper.cpp (MIT licence): file names, sizes and
 * SHA-256 as published there, cross-checked in several public catalogues.
 */
export const OFFICIAL_MODELS: readonly OfficialModel[] = [
  {
    name: 'tiny',
    file: 'ggml-tiny.bin',
    sizeBytes: 77_691_713,
    sha256: 'be07e048e1e599ad46341c8d2a135645097a538221678b7acdd1b1919c6e1b21',
  },
  {
    name: 'tiny.en',
    file: 'ggml-tiny.en.bin',
    sizeBytes: 77_704_715,
    sha256: '921e4cf8686fdd993dcd081a5da5b6c365bfde1162e72b08d75ac75289920b1f',
  },
  {
    name: 'tiny-q8_0',
    file: 'ggml-tiny-q8_0.bin',
    sizeBytes: null,
    sha256: 'c2085835d3f50733e2ff6e4b41ae8a2b8d8110461e18821b09a15c40c42d1cca',
  },
  {
    name: 'base',
    file: 'ggml-base.bin',
    sizeBytes: 147_951_465,
    sha256: '60ed5bc3dd14eea856493d334349b405782ddcaf0028d4b5df4088345fba2efe',
  },
  {
    name: 'base.en',
    file: 'ggml-base.en.bin',
    sizeBytes: 147_964_211,
    sha256: 'a03779c86df3323075f5e796cb2ce5029f00ec8869eee3fdfb897afe36c6d002',
  },
  {
    name: 'base-q8_0',
    file: 'ggml-base-q8_0.bin',
    sizeBytes: null,
    sha256: 'c577b9a86e7e048a0b7eada054f4dd79a56bbfa911fbdacf900ac5b567cbb7d9',
  },
  {
    name: 'small',
    file: 'ggml-small.bin',
    sizeBytes: 487_601_967,
    sha256: '1be3a9b2063867b937e64e2ec7483364a79917e157fa98c5d94b5c1fffea987b',
  },
  {
    name: 'small.en',
    file: 'ggml-small.en.bin',
    sizeBytes: 487_614_201,
    sha256: 'c6138d6d58ecc8322097e0f987c32f1be8bb0a18532a3f88f734d1bbf9c41e5d',
  },
  {
    name: 'small-q8_0',
    file: 'ggml-small-q8_0.bin',
    sizeBytes: null,
    sha256: '49c8fb02b65e6049d5fa6c04f81f53b867b5ec9540406812c643f177317f779f',
  },
  {
    name: 'medium',
    file: 'ggml-medium.bin',
    sizeBytes: 1_533_763_059,
    sha256: '6c14d5adee5f86394037b4e4e8b59f1673b6cee10e3cf0b11bbdbee79c156208',
  },
  {
    name: 'medium-q5_0',
    file: 'ggml-medium-q5_0.bin',
    sizeBytes: null,
    sha256: '19fea4b380c3a618ec4723c3eef2eb785ffba0d0538cf43f8f235e7b3b34220f',
  },
  {
    name: 'large-v3',
    file: 'ggml-large-v3.bin',
    sizeBytes: 3_095_033_483,
    sha256: '64d182b440b98d5203c4f9bd541544d84c605196c4f7b845dfa11fb23594d1e2',
  },
  {
    name: 'large-v3-q5_0',
    file: 'ggml-large-v3-q5_0.bin',
    sizeBytes: 1_081_140_203,
    sha256: 'd75795ecff3f83b5faa89d1900604ad8c780abd5739fae406de19f23ecd98ad1',
  },
  {
    name: 'large-v3-turbo',
    file: 'ggml-large-v3-turbo.bin',
    sizeBytes: 1_624_555_275,
    sha256: '1fc70f774d38eb169993ac391eea357ef47c88757ef72ee5943879b7e8e2bc69',
  },
  {
    name: 'large-v3-turbo-q5_0',
    file: 'ggml-large-v3-turbo-q5_0.bin',
    sizeBytes: 574_041_195,
    sha256: '394221709cd5ad1f40c46e6031ca61bce88931e6e088c188294c6d5a55ffa7e2',
  },
  {
    name: 'large-v3-turbo-q8_0',
    file: 'ggml-large-v3-turbo-q8_0.bin',
    sizeBytes: null,
    sha256: '317eb69c11673c9de1e1f0d459b253999804ec71ac4c23c17ecf5fbe24e259a1',
  },
];

/**
 * The small model that comes with the app: English and Spanish dictation of a few hundred words, for trying the app
 * and for tests. Whatever is made with it must say so.
 */
export const SAMPLE_MODEL = {
  name: 'sample',
  file: 'ggml-sample-dictation.bin',
  sizeBytes: 16_813_075,
  sha256: 'b4fb5b62928542149740fa5717fb2394e79df3349173498d33fb16b56ee6e8aa',
} as const satisfies OfficialModel;

/** Every model that is known by its hash, the sample included. */
const KNOWN_MODELS: readonly OfficialModel[] = [SAMPLE_MODEL, ...OFFICIAL_MODELS];

/** The known model with this content, or null. */
export function modelOfHash(sha256: string): OfficialModel | null {
  return KNOWN_MODELS.find((model) => model.sha256 === sha256) ?? null;
}

/** The known model that a file claims to be by its name (`ggml-tiny.bin` or `tiny.bin`), or null. */
export function modelClaimedBy(fileName: string): OfficialModel | null {
  return KNOWN_MODELS.find((model) => fileName === model.file || fileName === `${model.name}.bin`) ?? null;
}
