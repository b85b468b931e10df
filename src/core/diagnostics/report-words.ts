import type { UserLanguage } from '../../contract/user-language.ts';

/** What a report about a problem says besides its facts. */
interface ReportWords {
  readonly title: string;
  /** What is in it, and what is not: read before anything else. */
  readonly about: readonly string[];
  readonly program: string;
  readonly computer: string;
  readonly models: string;
  readonly settings: string;
  readonly log: (entries: number) => string;
  readonly logIsOff: string;
  readonly logIsEmpty: string;
  readonly earlierLeftOut: (entries: number) => string;
}

const ENGLISH: ReportWords = {
  title: 'VoiceSync: report about a problem',
  about: [
    'What is in it: technical facts about this program and this computer, the fingerprints of the speech models, and a log of what the program did and when, in codes and numbers. It does tell when VoiceSync was used, and how many recordings of what length it worked on.',
    'What is not in it: no names of people, matters, files or folders, nothing that was said or written, no passphrase and no key.',
    'VoiceSync sends it nowhere. Read it, and give it only to those you choose.',
  ],
  program: 'Program',
  computer: 'Computer',
  models: 'Speech models',
  settings: 'Settings',
  log: (entries) =>
    `Log: ${entries} ${entries === 1 ? 'entry' : 'entries'}. Times are in UTC; “job” and “recording” are numbers that only tell which entries belong together.`,
  logIsOff: 'The log is switched off.',
  logIsEmpty: 'The log is empty.',
  earlierLeftOut: (entries) => `(${entries} earlier entries are left out.)`,
};

const SPANISH: ReportWords = {
  title: 'VoiceSync: informe sobre un problema',
  about: [
    'Qué contiene: datos técnicos sobre este programa y este equipo, las huellas de los modelos de voz y un registro de lo que hizo el programa y cuándo, en códigos y números. Sí dice cuándo se usó VoiceSync, y con cuántas grabaciones de qué duración trabajó.',
    'Qué no contiene: ningún nombre de personas, asuntos, archivos o carpetas, nada de lo dicho o escrito, ninguna contraseña y ninguna clave.',
    'VoiceSync no lo envía a ninguna parte. Léalo, y entréguelo solo a quien usted elija.',
  ],
  program: 'Programa',
  computer: 'Equipo',
  models: 'Modelos de voz',
  settings: 'Ajustes',
  log: (entries) =>
    `Registro: ${entries} ${entries === 1 ? 'entrada' : 'entradas'}. Las horas están en UTC; «job» y «recording» son números que solo dicen qué entradas van juntas.`,
  logIsOff: 'El registro está desactivado.',
  logIsEmpty: 'El registro está vacío.',
  earlierLeftOut: (entries) => `(Se omiten ${entries} entradas anteriores.)`,
};

/** The words of a report in the user's language. */
export function reportWords(language: UserLanguage): ReportWords {
  return language === 'es' ? SPANISH : ENGLISH;
}
