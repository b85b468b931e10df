import type { Locale } from '../../contract/locale.ts';

/** What the client's commands say to people, in every language; `{name}` and the like stand for values. */
const catalogue = {
  sent: { en: '{name}: sent', es: '{name}: enviada' },
  alreadySent: { en: '{name}: sent before', es: '{name}: enviada antes' },
  joined: {
    en: '{name}: joined from several files, so it was left out. Transcribe it on the computer with the app.',
    es: '{name}: unida de varios archivos, por eso se dejó fuera. Transcríbala en el equipo con la aplicación.',
  },
  nothingToTranscribe: {
    en: '{name}: every recording in it has a text already',
    es: '{name}: todas sus grabaciones tienen ya texto',
  },
  written: { en: '{name}: {file}', es: '{name}: {file}' },
  packed: {
    en: '{file}: {count} recordings with their texts',
    es: '{file}: {count} grabaciones con sus textos',
  },
  collected: { en: '{name}: in the vault', es: '{name}: en la bóveda' },
  leftOut: { en: 'Job {name} left out. {why}', es: 'Trabajo {name} dejado fuera. {why}' },
  failed: { en: '{name}: not transcribed. {why}', es: '{name}: no se transcribió. {why}' },
  cancelled: { en: 'It was cancelled in the office.', es: 'Se canceló en la oficina.' },
  problem: { en: '{name}: {why}', es: '{name}: {why}' },
  waiting: {
    en: 'Not finished yet: {count}. Run the same command again later, or with --wait.',
    es: 'Sin terminar todavía: {count}. Repita la orden más tarde o con --wait.',
  },
  nothing: { en: 'Nothing has been sent yet.', es: 'Todavía no se ha enviado nada.' },
  watching: {
    en: 'Watching {folder}; what comes back goes to {out}. Ctrl+C ends it.',
    es: 'Se vigila {folder}; lo que vuelve va a {out}. Ctrl+C lo termina.',
  },
  stateSending: { en: 'being sent', es: 'enviándose' },
  stateSent: { en: 'in the office', es: 'en la oficina' },
  stateFetched: { en: 'fetched', es: 'recogida' },
  stateFailed: { en: 'not transcribed', es: 'no se transcribió' },
  fingerprint: { en: 'The office’s fingerprint: {print}', es: 'La huella de la oficina: {print}' },
  known: { en: 'The one that is trusted here: {print}', es: 'La que se acepta aquí: {print}' },
  knownNone: { en: 'None is trusted here yet.', es: 'Aquí no se acepta ninguna todavía.' },
  trusted: {
    en: 'From now on these keys are the office’s.',
    es: 'Desde ahora, estas claves son las de la oficina.',
  },
  otherFingerprint: {
    en: 'This is not the office’s fingerprint. Nothing was changed.',
    es: 'Esta no es la huella de la oficina. No se cambió nada.',
  },
  noPassphrase: {
    en: '{name}: a matter that was handed over needs its passphrase: put it into a file and name that by --passphrase-file.',
    es: '{name}: un asunto entregado necesita su contraseña: póngala en un archivo e indíquelo con --passphrase-file.',
  },
  noPdf: {
    en: 'PDF is made by the app’s window alone. Choose other formats.',
    es: 'El PDF solo lo hace la ventana de la aplicación. Elija otros formatos.',
  },
  badFormat: {
    en: '“{name}” is no format. There are: {list}',
    es: '«{name}» no es un formato. Los hay: {list}',
  },
  unexpected: {
    en: 'Something went wrong in this program: {name}. Run the same command again.',
    es: 'Algo falló en este programa: {name}. Repita la orden.',
  },
} as const satisfies Record<string, Record<Locale, string>>;

/** A text of the client's commands. */
export type ClientText = keyof typeof catalogue;

/** Every text, for tests. */
export const CLIENT_TEXTS = catalogue;

/** A text with its values, in a language. */
export function clientText(
  key: ClientText,
  locale: Locale,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return catalogue[key][locale].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
