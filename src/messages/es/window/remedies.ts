import type { remedies as english } from '../../en/window/remedies.ts';
import type { Translation } from '../../translation.ts';

/** Los botones junto a los errores. */
export const remedies: Translation<typeof english> = {
  retry: 'Reintentar',
  typeAgain: 'Escribirla de nuevo',
  addRecordings: 'Elegir otro archivo',
  addModel: 'Elegir un archivo de modelo',
  chooseModel: 'Elegir un modelo',
  showLibrary: 'Ver la biblioteca',
  showSettings: 'Ver la versión',
  showSource: 'Mostrar el archivo',
  showVault: 'Mostrar la carpeta de la caja fuerte',
  chooseFolder: 'Elegir otro lugar',
  chooseTrack: 'Elegir la pista de sonido',
  reopen: 'Abrirla de nuevo',
  detectLanguage: 'Detectar el idioma',
  transcribeOnly: 'Solo transcribir',
  unlock: 'Desbloquear',
  startAnew: 'Empezar de nuevo',
  close: 'Entendido',
};
