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
};
