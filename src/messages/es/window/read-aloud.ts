import type { aloud as english } from '../../en/window/read-aloud.ts';
import type { Translation } from '../../translation.ts';

/** Leer un texto en voz alta. */
export const aloud: Translation<typeof english> = {
  title: 'Leer en voz alta',
  stop: 'Dejar de leer',
  here: 'Leer la selección o este párrafo',
  onwards: 'Leer desde aquí hasta el final',
  speed: 'Velocidad',
  times: '{{speed}}×',
  saveAs: 'Guardar como sonido ({{format}})…',
  saving: 'Se está haciendo el archivo de sonido…',
  saved: 'Guardado, sin cifrar: {{path}}',
};
