/** The options of a benchmark. */
export interface BenchSettings {
  /** Threads of the engine, and of its competitors. */
  readonly threads: number;
  /** The model for real speech: an absolute path; the bundled model by default. */
  readonly model: string;
  /** A smaller model that is installed too, for live text; an absolute path, null for none. */
  readonly smaller: string | null;
  /** The random seed. */
  readonly seed: number;
  /** At most so many recordings of a folder; null for all. */
  readonly limit: number | null;
  /** How often the timed programs alternate. */
  readonly rounds: number;
  /** Only VoiceSync, without its competitors: quicker for experiments. */
  readonly isAlone: boolean;
  /** Shows the benchmark's progress, in a few words. */
  readonly tell: (progress: string) => void;
}
