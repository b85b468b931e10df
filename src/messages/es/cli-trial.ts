import type { trialCommand as english } from '../en/cli-trial.ts';
import type { Translation } from '../translation.ts';

/** Lo que dice la línea de órdenes mientras prueba modelos. */
export const trialCommand: Translation<typeof english> = {
  searching: 'Buscando los dos minutos en los que más se habla…',
  trying: 'Probando {{model}}…',
  range: '{{name}}, de {{from}} a {{to}}',
  took: 'ha tardado {{time}}',
  whole: 'unos {{time}} para toda la grabación',
  differences_one: '1 palabra distinta',
  differences_many: '{{count}} palabras distintas',
  differences_other: '{{count}} palabras distintas',
  same: 'sin diferencias',
  nothing: 'No se ha entendido nada.',
  comparedWith:
    'Las palabras se comparan con las de {{model}}; las de {{model}}, con las de todos los demás.',
  stopped: 'detenido',
};
