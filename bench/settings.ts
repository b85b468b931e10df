/** What the person who runs a benchmark can choose. */
export interface BenchSettings {
  /** Threads of the engine, and of what it is compared with. */
  readonly threads: number;
  /** Seed of everything random. */
  readonly seed: number;
  /** Tells how far the benchmark is, in a few words. */
  readonly tell: (progress: string) => void;
}
