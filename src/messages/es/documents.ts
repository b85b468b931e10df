import type { documents as english } from '../en/documents.ts';
import type { Translation } from '../translation.ts';

/** Lo que las exportaciones con estilo añaden a una transcripción. */
export const documents: Translation<typeof english> = {
  questionLabel: 'P',
  answerLabel: 'R',
  cleanNotice_one:
    'Versión limpia: se ha omitido {{count}} muletilla o repetición. El texto literal se conserva.',
  cleanNotice_many:
    'Versión limpia: se han omitido {{count}} muletillas y repeticiones. El texto literal se conserva.',
  cleanNotice_other:
    'Versión limpia: se han omitido {{count}} muletillas y repeticiones. El texto literal se conserva.',
  nothingToClean:
    'Versión limpia: no se ha encontrado ninguna muletilla ni repetición que omitir, en los idiomas que tienen listas.',
  wording: 'Redacción',
  wordingClean_one: 'Limpia: {{count}} palabra omitida',
  wordingClean_many: 'Limpia: {{count}} palabras omitidas',
  wordingClean_other: 'Limpia: {{count}} palabras omitidas',
  wordingVerbatim: 'Literal, tal como está en la caja fuerte',
  notation: 'Notación',
  pausesFrom: 'pausas desde {{seconds}} s en segundos, (1.5)',
  overlapsMarked: 'las palabras dichas mientras habla otra persona, entre [corchetes]',
  initials: 'hablantes por sus iniciales',
  matter: 'Expediente',
  caseNumber: 'Número de caso',
  caseNumberIs: 'Caso n.º {{number}}',
  index: 'Índice',
  aboutIndex: 'Los lugares se citan como página:línea.',
  indexSpeakers: 'Hablantes, donde hablan por primera vez',
  indexMarkers: 'Marcadores',
  indexTimes: 'Tiempos de la grabación',
  unnamedMarker: 'Marcador',
  unknownSpeaker: 'Hablante desconocido',
  notUnderstoodTier: 'No entendido',
  wordsTier: 'palabras',
  timespan: 'Tiempo',
  speaker: 'Hablante',
  content: 'Contenido',
  edits: 'Correcciones',
  noEdits: 'Ninguna: el texto está como lo escribió la máquina',
  edit: '{{before}} → {{after}}',
  nothing: '(nada)',
  sameText: '{{text}} (han cambiado los tiempos o el hablante)',
};
