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
};
