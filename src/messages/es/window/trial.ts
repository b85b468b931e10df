import type { trial as english } from '../../en/window/trial.ts';
import type { Translation } from '../../translation.ts';

/** Cuándo estaría lista una grabación con cada modelo, y la prueba de modelos con dos minutos de ella. */
export const trial: Translation<typeof english> = {
  readyWith: 'Lista hacia las {{time}} con {{model}}',
  readyOther: '{{model}}: {{time}}',
  useModel: 'Usar {{model}} en su lugar: lista hacia las {{time}}',
  readyList: 'Cuándo estaría lista con cada modelo',
  open: 'Probar dos minutos…',
  title: 'Probar dos minutos de «{{name}}»',
  text: 'Los dos minutos con más voz se transcriben con cada modelo, uno tras otro. Lo que está en marcha sigue después. No se guarda nada, salvo que elija un modelo: entonces toda la grabación se transcribe con él.',
  onlyOne:
    'Solo hay un modelo en este equipo. En «Modelos de voz» verá cómo traer uno más grande para comparar.',
  models: 'Modelos que probar',
  mostModels: 'Hasta {{count}} a la vez.',
  about: 'unos {{time}} para dos minutos',
  begin: 'Probar',
  stop: 'Detener',
  again: 'Probar otros',
  searching: 'Buscando dos minutos con voz…',
  range: 'De {{from}} a {{to}}',
  marks: 'Las palabras marcadas no son iguales en los otros textos.',
  marksFirst:
    'En el primer texto se marcan las palabras que falten en algún otro; en los otros, lo que el primero no tiene.',
  waits: 'En espera',
  running: 'Transcribiendo…',
  took: 'tardó {{time}}',
  differences_one: '1 palabra distinta',
  differences_many: '{{count}} palabras distintas',
  differences_other: '{{count}} palabras distintas',
  same: 'sin diferencias',
  nothing: 'No se entendió nada.',
  useThis: 'Elegir este',
  use: 'Elegir {{model}}',
  stopped: 'Detenido.',
  chosen: '«{{name}}» se transcribe con {{model}}.',
};
