import type { UserLanguage } from '../contract/user-language.ts';

/** The entries of the menu. */
export type MenuWord =
  | 'file'
  | 'quit'
  | 'edit'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'selectAll'
  | 'view'
  | 'actualSize'
  | 'zoomIn'
  | 'zoomOut'
  | 'fullScreen'
  | 'window'
  | 'minimize'
  | 'close';

/** What the main process itself says to the user: in notifications and in the system's dialogs. Never a name. */
export interface Words {
  readonly ready: string;
  readonly failed: string;
  readonly recordings: string;
  readonly models: string;
  readonly allFiles: string;
  readonly recoveryKeyFile: string;
  readonly recoveryKeyText: string;
  /** A page that fails again and again: what happened, what to do, and what takes one to the library. */
  readonly failing: string;
  readonly failingTodo: string;
  readonly toLibrary: string;
  readonly menu: Readonly<Record<MenuWord, string>>;
}

const ENGLISH: Words = {
  ready: 'A transcription is ready.',
  failed: 'A transcription could not be finished.',
  recordings: 'Recordings',
  models: 'Speech models',
  allFiles: 'All files',
  recoveryKeyFile: 'VoiceSync recovery key.txt',
  recoveryKeyText: 'VoiceSync recovery key. Keep it away from the computer that holds the vault.',
  failing: 'The window has failed several times in a row.',
  failingTodo:
    'What was saved is in the vault. Open the library. If the window fails there too, quit VoiceSync and start it again.',
  toLibrary: 'Open the library',
  menu: {
    file: 'File',
    quit: 'Quit',
    edit: 'Edit',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    view: 'View',
    actualSize: 'Actual size',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fullScreen: 'Full screen',
    window: 'Window',
    minimize: 'Minimize',
    close: 'Close',
  },
};

const SPANISH: Words = {
  ready: 'Una transcripción está lista.',
  failed: 'Una transcripción no pudo terminarse.',
  recordings: 'Grabaciones',
  models: 'Modelos de voz',
  allFiles: 'Todos los archivos',
  recoveryKeyFile: 'Clave de recuperación de VoiceSync.txt',
  recoveryKeyText:
    'Clave de recuperación de VoiceSync. Guárdela lejos del ordenador que tiene la caja fuerte.',
  failing: 'La ventana ha fallado varias veces seguidas.',
  failingTodo:
    'Lo guardado está en la caja fuerte. Abra la biblioteca. Si la ventana falla también allí, salga de VoiceSync e inícielo de nuevo.',
  toLibrary: 'Abrir la biblioteca',
  menu: {
    file: 'Archivo',
    quit: 'Salir',
    edit: 'Editar',
    cut: 'Cortar',
    copy: 'Copiar',
    paste: 'Pegar',
    selectAll: 'Seleccionar todo',
    view: 'Ver',
    actualSize: 'Tamaño real',
    zoomIn: 'Ampliar',
    zoomOut: 'Reducir',
    fullScreen: 'Pantalla completa',
    window: 'Ventana',
    minimize: 'Minimizar',
    close: 'Cerrar',
  },
};

/** The words of a language. */
export function wordsIn(language: UserLanguage): Words {
  return language === 'es' ? SPANISH : ENGLISH;
}
