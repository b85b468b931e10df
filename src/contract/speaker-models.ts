// Shapes of what the models that tell speakers apart give. Apart from the messages: the thread that compares voices loads these alone.

/** Longest sound of one `speakerActivity` request in samples: 10 s. */
export const SPEAKER_WINDOW_SAMPLES = 160_000;
/** Frames of its answer: the middle of frame i is at sample 270 i + 495. */
export const SPEAKER_FRAMES = 589;
/** Probabilities per frame, which add up to 1: nobody, 1, 2, 3, 1 and 2, 1 and 3, 2 and 3. */
export const SPEAKER_CLASSES = 7;
/** Numbers of a speaker embedding. */
export const EMBEDDING_SIZE = 192;
