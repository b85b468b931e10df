import type { lawCommands as english } from '../en/cli-law.ts';
import type { Translation } from '../translation.ts';

/** Lo que la línea de órdenes dice de textos revisados, seudónimos y conservación. */
export const lawCommands: Translation<typeof english> = {
  notChecked:
    'Nadie ha marcado esta transcripción como revisada. Se escuchó el {{percent}} % de la grabación.',
  checkedBy: 'Revisado por {{name}} el {{date}}, {{percent}} % escuchado.',
  unchangedSinceChecked: 'Sin cambios desde entonces.',
  changedSinceChecked_one: 'Cambiado desde entonces: {{count}} pasaje',
  changedSinceChecked_many: 'Cambiado desde entonces: {{count}} pasajes',
  changedSinceChecked_other: 'Cambiado desde entonces: {{count}} pasajes',
  keptForever: 'Las grabaciones se conservan sin plazo.',
  keptForDays_one:
    'Las grabaciones se conservan {{count}} día desde su importación y luego se borran definitivamente.',
  keptForDays_many:
    'Las grabaciones se conservan {{count}} días desde su importación y luego se borran definitivamente.',
  keptForDays_other:
    'Las grabaciones se conservan {{count}} días desde su importación y luego se borran definitivamente.',
  erasedAutomatically: 'La ventana las borra sin preguntar, una vez que se confirmó allí.',
  erasedAfterAsking: 'La ventana pregunta antes de borrarlas.',
  heldSince: 'Retenido desde el {{date}}: nada de este expediente se borra.',
  willGo_one: 'Se borrará {{count}} grabación. «matters due» muestra lo que se borra en 14 días.',
  willGo_many: 'Se borrarán {{count}} grabaciones. «matters due» muestra lo que se borra en 14 días.',
  willGo_other: 'Se borrarán {{count}} grabaciones. «matters due» muestra lo que se borra en 14 días.',
  nothingDue: 'Nada se borra en los próximos 14 días.',
  noDays: 'los días son un número entero de 1 a {{most}}',
  kinds: { person: 'persona', place: 'lugar', date: 'fecha', number: 'número', other: 'otro' },
  noLabels: 'Aún no hay etiquetas. «pseudonyms find» muestra lo que quizá haya que sustituir.',
  nothingUndecided:
    'No se encontró nada sin decidir. Las reglas no encuentran todos los nombres: lea la copia antes de entregarla.',
  rulesMiss:
    'Encontrado con reglas sencillas, que no encuentran todos los nombres: lea la copia antes de entregarla.',
  undecided_one:
    '{{count}} palabra de este texto está sin decidir: «pseudonyms find» la muestra. En una copia se lee tal cual.',
  undecided_many:
    '{{count}} palabras de este texto están sin decidir: «pseudonyms find» las muestra. En una copia se leen tal cual.',
  undecided_other:
    '{{count}} palabras de este texto están sin decidir: «pseudonyms find» las muestra. En una copia se leen tal cual.',
  labelledAlready: '«{{text}}» ya tiene la etiqueta {{label}}',
  noLabel: 'no hay ninguna etiqueta «{{label}}»; «pseudonyms list» las muestra',
  labelSet_one: '{{label}}  {{words}}: {{count}} vez en este texto',
  labelSet_many: '{{label}}  {{words}}: {{count}} veces en este texto',
  labelSet_other: '{{label}}  {{words}}: {{count}} veces en este texto',
  labelRemoved: '{{label}}: quitada de la clave',
  keyTruth: 'Quien tenga este archivo puede deshacer los seudónimos. Guárdelo aparte de las copias.',
  soundCovered_one:
    '{{count}} pasaje tapado. La voz misma identifica a una persona: escuche el archivo antes de entregarlo.',
  soundCovered_many:
    '{{count}} pasajes tapados. La voz misma identifica a una persona: escuche el archivo antes de entregarlo.',
  soundCovered_other:
    '{{count}} pasajes tapados. La voz misma identifica a una persona: escuche el archivo antes de entregarlo.',
  noCertificates: 'Aún no hay certificados de borrado.',
  noCertificate: 'no hay ningún certificado {{id}}, o hay varios; «matters certificates» los muestra',
  byRetention: 'fin del plazo',
  byHand: 'a mano',
};
