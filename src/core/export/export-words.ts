import type { SegmentFlag } from '../../contract/transcript.ts';

/** The languages in which exports can be labelled. The transcript itself stays in the language that was spoken. */
export type ExportLanguage = 'en' | 'es';

/** Every label and sentence that an export adds to a transcript. Times and counts arrive already written out. */
export interface ExportWords {
  /** The locale that dates and numbers are written in. */
  readonly locale: string;
  readonly transcript: string;
  readonly translation: string;
  readonly noSpeech: (from: string, to: string) => string;
  /** In the place of a stretch in which somebody speaks, with its brackets. */
  readonly notUnderstood: (from: string, to: string) => string;
  /** The same for a subtitle or a table, where the time stands beside it. */
  readonly notUnderstoodHere: string;
  readonly notUnderstoodCount: (count: number, length: string) => string;
  readonly fromOnProbably: (from: string, language: string, percent: string) => string;
  readonly betweenProbably: (from: string, to: string, language: string, percent: string) => string;
  readonly moreOtherLanguages: (count: number) => string;
  readonly interrupted: (transcribed: string, whole: string) => string;
  /** For a subtitle: at most 40 characters. */
  readonly interruptedCue: (transcribed: string) => string;
  readonly brokenSource: string;
  readonly machineDraft: string;
  readonly editedDraft: string;
  readonly doubtfulInText: string;
  readonly marks: string;
  readonly flags: Readonly<Record<SegmentFlag, string>>;
  readonly page: string;
  readonly of: string;
  readonly nothingSaid: string;
  readonly nothingUnderstood: string;
  readonly nothingLeft: string;
  readonly fileDated: (date: string) => string;
  readonly detected: (language: string, percent: string) => string;
  readonly mixed: (languages: string) => string;
  readonly mixedLanguages: string;
  readonly provenance: string;
  readonly provenanceIntroduction: string;
  readonly groups: {
    readonly source: string;
    readonly model: string;
    readonly transcript: string;
    readonly reruns: string;
  };
  readonly facts: {
    readonly name: string;
    readonly files: string;
    readonly begins: string;
    readonly times: string;
    readonly size: string;
    readonly length: string;
    readonly level: string;
    readonly dated: string;
    readonly sha256: string;
    readonly language: string;
    readonly task: string;
    readonly speakers: string;
    readonly vocabulary: string;
    readonly silence: string;
    readonly version: string;
    readonly made: string;
    readonly covers: string;
    readonly notUnderstood: string;
    readonly otherLanguages: string;
    readonly program: string;
    readonly review: string;
  };
  /** What was done to the level of the sound, in dB; least and most are the same where all was treated alike. */
  readonly level: {
    readonly kept: string;
    readonly raised: (least: number, most: number) => string;
    readonly lowered: (least: number, most: number) => string;
    readonly both: (lowered: number, raised: number) => string;
  };
  /** What a recording was joined of. */
  readonly joined: (count: number) => string;
  /** Heading of one of several source files, counted from 1. */
  readonly file: (number: number, count: number) => string;
  /** In place of the hash of a source that was not read to its end. */
  readonly noHash: string;
  readonly bytes: (count: string) => string;
  readonly transcribeTask: string;
  readonly translateTask: string;
  readonly speakerChoices: Readonly<Record<'auto' | 'channels' | 'none', string>>;
  readonly noVocabulary: string;
  readonly silenceSkipped: string;
  readonly silenceKept: string;
  readonly versionKinds: Readonly<Record<'machine' | 'edited', string>>;
  readonly wholeRecording: string;
  readonly timesMoved: (by: string) => string;
  readonly part: (transcribed: string, whole: string) => string;
  readonly passage: (from: string, to: string) => string;
  readonly passageText: (facts: string, date: string, version: number) => string;
}

const english: ExportWords = {
  locale: 'en-GB',
  transcript: 'Transcript',
  translation: 'Transcript, translated into English',
  noSpeech: (from, to) => `no speech found ${from}–${to}`,
  notUnderstood: (from, to) => `[${from}–${to} not understood]`,
  notUnderstoodHere: '[not understood]',
  notUnderstoodCount: (count, length) =>
    count === 1
      ? `One stretch, ${length} long, was not understood.`
      : `${count} stretches, ${length} in all, were not understood.`,
  fromOnProbably: (from, language, percent) => `From ${from} on probably ${language} (${percent}).`,
  betweenProbably: (from, to, language, percent) => `${from}–${to} probably ${language} (${percent}).`,
  moreOtherLanguages: (count) =>
    count === 1
      ? 'One more stretch is probably in another language.'
      : `${count} more stretches are probably in another language.`,
  interrupted: (transcribed, whole) =>
    `Incomplete: the transcription was interrupted. It covers the first ${transcribed} of ${whole}.`,
  interruptedCue: (transcribed) => `Incomplete: broke off at ${transcribed}`,
  brokenSource: 'Incomplete: the recording itself could not be read to its end.',
  machineDraft: 'Machine draft: not reviewed by a person',
  editedDraft: 'Machine draft, edited by a person',
  doubtfulInText: '[?] follows passages that the machine was unsure of.',
  marks: 'Marks in the text',
  flags: {
    improbable: 'the machine was unsure of these words',
    loop: 'the machine repeated itself; listen to this passage',
    overlap: 'both speakers talk at once',
  },
  page: 'Page',
  of: 'of',
  nothingSaid: 'No speech was found in this recording.',
  nothingUnderstood: 'Somebody speaks in this recording, but no words were understood.',
  nothingLeft: 'A person has removed the whole text of this transcript.',
  fileDated: (date) => `File dated ${date}`,
  detected: (language, percent) => `${language} (detected, ${percent} certain)`,
  mixed: (languages) => `${languages} (detected passage by passage)`,
  mixedLanguages: 'mixed languages',
  provenance: 'Provenance',
  provenanceIntroduction:
    'How this transcript was made. The SHA-256 values identify the source recording and the speech model exactly.',
  groups: {
    source: 'Source recording',
    model: 'Speech model',
    transcript: 'This transcript',
    reruns: 'Passages transcribed again',
  },
  facts: {
    name: 'Name',
    files: 'Files',
    begins: 'Begins at',
    times: 'Times',
    size: 'Size',
    length: 'Length',
    level: 'Level',
    dated: 'File dated',
    sha256: 'SHA-256',
    language: 'Language',
    task: 'Task',
    speakers: 'Speakers',
    vocabulary: 'Vocabulary',
    silence: 'Silence',
    version: 'Version',
    made: 'Made',
    covers: 'Covers',
    notUnderstood: 'Not understood',
    otherLanguages: 'Other languages',
    program: 'Program',
    review: 'Review',
  },
  level: {
    kept: 'As in the source',
    raised: (least, most) => `Raised by ${least === most ? most : `${least} to ${most}`} dB`,
    lowered: (least, most) => `Lowered by ${least === most ? most : `${least} to ${most}`} dB`,
    both: (lowered, raised) => `Lowered by up to ${lowered} dB, raised by up to ${raised} dB`,
  },
  joined: (count) => `${count} files, joined in this order`,
  file: (number, count) => `Source file ${number} of ${count}`,
  noHash: 'Not known: the source could not be read to its end',
  bytes: (count) => `${count} bytes`,
  transcribeTask: 'Transcribed as spoken',
  translateTask: 'Translated into English',
  speakerChoices: {
    auto: 'Told apart where each has a channel',
    channels: 'One per channel',
    none: 'Not told apart',
  },
  noVocabulary: 'None given',
  silenceSkipped: 'Long silences skipped',
  silenceKept: 'Silences kept',
  versionKinds: { machine: 'as the machine wrote it', edited: 'edited' },
  wholeRecording: 'The whole recording',
  timesMoved: (by) => `Moved by ${by}: the recording is part of something longer`,
  part: (transcribed, whole) => `The first ${transcribed} of ${whole}`,
  passage: (from, to) => `${from}–${to}`,
  passageText: (facts, date, version) => `${facts}; ${date}, version ${version}`,
};

const spanish: ExportWords = {
  locale: 'es-ES',
  transcript: 'Transcripción',
  translation: 'Transcripción, traducida al inglés',
  noSpeech: (from, to) => `sin voz ${from}–${to}`,
  notUnderstood: (from, to) => `[${from}–${to} no se entiende]`,
  notUnderstoodHere: '[no se entiende]',
  notUnderstoodCount: (count, length) =>
    count === 1
      ? `Un tramo de ${length} no se entiende.`
      : `${count} tramos, ${length} en total, no se entienden.`,
  fromOnProbably: (from, language, percent) => `Desde ${from} probablemente en ${language} (${percent}).`,
  betweenProbably: (from, to, language, percent) =>
    `${from}–${to} probablemente en ${language} (${percent}).`,
  moreOtherLanguages: (count) =>
    count === 1
      ? 'Otro tramo está probablemente en otro idioma.'
      : `Otros ${count} tramos están probablemente en otro idioma.`,
  interrupted: (transcribed, whole) =>
    `Incompleta: la transcripción se interrumpió. Abarca los primeros ${transcribed} de ${whole}.`,
  interruptedCue: (transcribed) => `Incompleta: se cortó en ${transcribed}`,
  brokenSource: 'Incompleta: la propia grabación no se pudo leer hasta el final.',
  machineDraft: 'Borrador automático: no revisado por una persona',
  editedDraft: 'Borrador automático, corregido por una persona',
  doubtfulInText: '[?] sigue a los pasajes de los que la máquina no estaba segura.',
  marks: 'Marcas en el texto',
  flags: {
    improbable: 'la máquina no estaba segura de estas palabras',
    loop: 'la máquina se repitió; escuche este pasaje',
    overlap: 'ambos hablantes hablan a la vez',
  },
  page: 'Página',
  of: 'de',
  nothingSaid: 'No se encontró voz en esta grabación.',
  nothingUnderstood: 'En esta grabación habla alguien, pero no se entendió ninguna palabra.',
  nothingLeft: 'Una persona ha eliminado todo el texto de esta transcripción.',
  fileDated: (date) => `Archivo del ${date}`,
  detected: (language, percent) => `${language} (detectado, certeza del ${percent})`,
  mixed: (languages) => `${languages} (detectados pasaje a pasaje)`,
  mixedLanguages: 'varios idiomas',
  provenance: 'Procedencia',
  provenanceIntroduction:
    'Cómo se hizo esta transcripción. Los valores SHA-256 identifican con exactitud la grabación de origen y el modelo de voz.',
  groups: {
    source: 'Grabación de origen',
    model: 'Modelo de voz',
    transcript: 'Esta transcripción',
    reruns: 'Pasajes transcritos de nuevo',
  },
  facts: {
    name: 'Nombre',
    files: 'Archivos',
    begins: 'Empieza en',
    times: 'Tiempos',
    size: 'Tamaño',
    length: 'Duración',
    level: 'Nivel',
    dated: 'Fecha del archivo',
    sha256: 'SHA-256',
    language: 'Idioma',
    task: 'Tarea',
    speakers: 'Hablantes',
    vocabulary: 'Vocabulario',
    silence: 'Silencios',
    version: 'Versión',
    made: 'Hecha',
    covers: 'Abarca',
    notUnderstood: 'No se entiende',
    otherLanguages: 'Otros idiomas',
    program: 'Programa',
    review: 'Revisión',
  },
  level: {
    kept: 'Como en el origen',
    raised: (least, most) => `Subido ${least === most ? most : `de ${least} a ${most}`} dB`,
    lowered: (least, most) => `Bajado ${least === most ? most : `de ${least} a ${most}`} dB`,
    both: (lowered, raised) => `Bajado hasta ${lowered} dB, subido hasta ${raised} dB`,
  },
  joined: (count) => `${count} archivos, unidos en este orden`,
  file: (number, count) => `Archivo de origen ${number} de ${count}`,
  noHash: 'Se desconoce: la grabación no se pudo leer hasta el final',
  bytes: (count) => `${count} bytes`,
  transcribeTask: 'Transcrita tal como se habló',
  translateTask: 'Traducida al inglés',
  speakerChoices: {
    auto: 'Distinguidos si cada uno tiene su canal',
    channels: 'Uno por canal',
    none: 'Sin distinguir',
  },
  noVocabulary: 'Ninguno',
  silenceSkipped: 'Silencios largos omitidos',
  silenceKept: 'Silencios conservados',
  versionKinds: { machine: 'tal como la escribió la máquina', edited: 'corregida' },
  wholeRecording: 'La grabación entera',
  timesMoved: (by) => `Desplazados ${by}: la grabación es parte de algo más largo`,
  part: (transcribed, whole) => `Los primeros ${transcribed} de ${whole}`,
  passage: (from, to) => `${from}–${to}`,
  passageText: (facts, date, version) => `${facts}; ${date}, versión ${version}`,
};

/** The labels of an export in the given language. */
export function exportWords(language: ExportLanguage): ExportWords {
  return language === 'es' ? spanish : english;
}
