import type { models as english } from '../../en/window/models.ts';
import type { Translation } from '../../translation.ts';

/** Los modelos de voz. */
export const models: Translation<typeof english> = {
  title: 'Modelos de voz',
  intro: 'Un modelo de voz convierte el sonido en texto. Los más grandes cometen menos errores y tardan más.',
  usual: 'En uso',
  makeUsual: 'Usar este',
  remove: 'Quitar',
  best: 'El mejor para este equipo',
  bestHere: '{{name}} es el que mejor va a este equipo: los más grandes serían lentos en él.',
  bestToUse: '{{name}} es el que mejor va a este equipo, y ya está aquí.',
  bestToBring:
    '{{name}} ({{size}}) es el que mejor va a este equipo: comete menos errores que el modelo incluido, y este equipo tiene potencia para él.',
  manyLanguages: 'unos 100 idiomas',
  englishOnly: 'solo inglés',
  verified: 'El archivo oficial, comprobado',
  bundled: 'Parte de VoiceSync, comprobado',
  notInCatalogue: 'No es un archivo oficial: úselo solo si confía en su procedencia',
  altered: 'Ha cambiado desde que se añadió: no se usa',
  copying: 'Comprobando y copiando {{name}}…',
  bringTitle: 'Traiga un modelo en una memoria USB',
  bringText:
    'VoiceSync nunca descarga nada. Consiga un modelo en un equipo conectado, del proyecto whisper.cpp o de su departamento de informática, traiga el archivo y suéltelo en esta ventana. Su suma de comprobación se compara con la oficial.',
  choose: 'Elegir un archivo de modelo…',
  known: 'Modelos oficiales',
  knownText:
    'Estos archivos se reconocen por su suma de comprobación. Los que llevan .en en el nombre solo conocen el inglés; los turbo no traducen.',
  removeTitle: '¿Quitar «{{name}}»?',
  removeText: 'El archivo se borra de este equipo. Las transcripciones hechas con él se quedan como están.',
};
