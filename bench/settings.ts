/** What the person who runs a benchmark can choose. */
export interface BenchSettings {
  /** Threads of the engine, and of what it is compared with. */
  readonly threads: number;
  /** The model of what is measured on real speech: absolute, the bundled one unless told otherwise. */
  readonly model: string;
  /** Seed of everything random. */
  readonly seed: number;
  /** At most so many recordings of a folder; null for all. */
  readonly limit: number | null;
  /** How often sides that are timed take turns. */
  readonly rounds: number;
  /** Only VoiceSync, without what it is compared with: quicker while something is tried out. */
  readonly isAlone: boolean;
  /** Tells how far the benchmark is, in a few words. */
  readonly tell: (progress: string) => void;
}
