import type { rerun as english } from '../../en/window/retranscribe.ts';
import type { Translation } from '../../translation.ts';

/** Retranscripción: intervalo, idioma, modelo, progreso y resultado. */
export const rerun: Translation<typeof english> = {
  title: 'Transcribir de nuevo',
  menu: 'Transcribir de nuevo…',
  about:
    'Las palabras nuevas ocupan allí el lugar de las anteriores; el resto se queda. El texto tal como está se conserva como versión.',
  what: 'Qué',
  passage: 'Este pasaje, {{from}}–{{to}}',
  stretch: 'El tramo sin voz, {{from}}–{{to}}',
  unclear: 'El tramo que no se entiende, {{from}}–{{to}}',
  fromHere: 'Desde {{from}} hasta el final',
  whole: 'La grabación entera',
  fromHereHint: 'Las correcciones posteriores a este lugar quedan solo en la versión anterior.',
  wholeHint: 'Las correcciones quedan solo en la versión anterior.',
  stretchHint:
    'Todo lo que allí suena se entrega al modelo de voz. En un silencio verdadero puede inventar palabras.',
  unclearHint: 'Se oye por separado. Otro idioma o un modelo mayor puede entenderlo.',
  language: 'Idioma hablado',
  model: 'Modelo de voz',
  begin: 'Transcribir de nuevo',
  cancel: 'Cancelar',
  unclearAgain: 'Transcribir de nuevo',
  thisStretch: 'Transcribir este tramo',
  working: 'Transcribiendo de nuevo {{from}}–{{to}}',
  workingToEnd: 'Transcribiendo de nuevo desde {{from}}',
  waitsInQueue: 'en la cola',
  isPaused: 'en pausa',
  stop: 'Detener',
  failed: '{{from}}–{{to}} no se pudo transcribir de nuevo; el texto queda como está.',
  failedToEnd: 'Lo que sigue a {{from}} no se pudo transcribir de nuevo; el texto queda como está.',
  retry: 'Volver a intentarlo',
  giveUp: 'Dejarlo',
  done: '«{{name}}», {{from}}–{{to}}: transcrito de nuevo. El texto anterior es la versión {{number}}.',
  doneToEnd: '«{{name}}», desde {{from}}: transcrito de nuevo. El texto anterior es la versión {{number}}.',
  keptBefore:
    'El pasaje en el que escribía se sustituyó en ese momento. Lo que escribió ahí está en la versión {{number}}.',
  nothingHeard: '«{{name}}»: no se oyó nada allí. El texto queda como está.',
};
