import type { Undone } from '../app/window/shell.ts';
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

/** What is said of typing that could not be stored. */
interface UnsavedWords {
  readonly what: (letters: number, passages: number) => string;
  readonly why: string;
  readonly elsewhereWhy: string;
  readonly again: string;
  readonly elsewhere: string;
  readonly lockAndLose: string;
  readonly quitAndLose: string;
  readonly stay: string;
  /** The name of the file, and what stands above the passages in it. */
  readonly file: string;
  readonly fileText: string;
}

/** What is said where quitting leaves something undone: what it is, and what comes of quitting now. */
interface UndoneWords {
  readonly what: string;
  readonly why: string;
}

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
  /** Which device the window may listen to; and where there is none. */
  readonly pedals: {
    readonly which: string;
    readonly why: string;
    readonly cancel: string;
    readonly none: string;
    readonly noneTodo: string;
  };
  /** The app itself fails again and again: what happened, what to do, and what starts it anew. */
  readonly failingProgram: string;
  readonly failingProgramTodo: string;
  readonly restart: string;
  /** The app could not be started at all; `log` is where it is written down why. */
  readonly notStarted: string;
  readonly notStartedTodo: (log: string) => string;
  readonly reportFile: string;
  readonly unsaved: UnsavedWords;
  /** A source is still being read; files are being exported; a new vault's recovery key, or one that replaces another, is not typed back yet. */
  readonly undone: Readonly<Record<Undone, UndoneWords>>;
  readonly stayOpen: string;
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
  pedals: {
    which: 'Which of these is your pedal?',
    why: 'VoiceSync then listens to its buttons, and to those of other devices of the same model, until you remove it in the settings.',
    cancel: 'Cancel',
    none: 'No pedal was found.',
    noneTodo:
      'Plug it in and try again. A pedal that types keys needs no connection: give its key to an action. On Linux a udev rule may be missing: docs/keys.md shows it.',
  },
  failingProgram: 'VoiceSync has failed several times in a row.',
  failingProgramTodo:
    'What was saved is in the vault. Start VoiceSync again; what you typed and could not be saved is asked about first. If it fails again, Settings → “If something goes wrong” has a report for your support.',
  restart: 'Start again',
  notStarted: 'VoiceSync could not start.',
  notStartedTodo: (log) =>
    `Your vault was not touched. Restart the computer and try again, or install VoiceSync again: the vault stays. For your support: the log in ${log} says in codes what happened; it holds no names and no text.`,
  reportFile: 'VoiceSync report.txt',
  unsaved: {
    what: (letters, passages) =>
      `${letters} ${letters === 1 ? 'letter' : 'letters'} in ${passages} ${passages === 1 ? 'passage' : 'passages'} could not be saved.`,
    why: 'The disk is full or cannot be written to. Make room on it, then try again. What you typed is still here, and VoiceSync tries again by itself as long as it is open.',
    elsewhereWhy: '“Save elsewhere” writes these passages into a readable file, without encryption.',
    again: 'Try again',
    elsewhere: 'Save elsewhere…',
    lockAndLose: 'Lock and lose them',
    quitAndLose: 'Quit and lose them',
    stay: 'Cancel',
    file: 'VoiceSync unsaved passages.txt',
    fileText:
      'Passages that VoiceSync could not save. This file is not encrypted: delete it when they are in the transcript.',
  },
  undone: {
    reading: {
      what: 'Not every recording is safe in the vault yet.',
      why: 'Some are still being read. If you quit now, leave their originals where they are: they are read from there when you next unlock VoiceSync.',
    },
    exporting: {
      what: 'An export is not finished.',
      why: 'If you quit now, the files that are not there yet are not written.',
    },
    making: {
      what: 'Your vault is not made yet.',
      why: 'The recovery key you were shown opens nothing before two of its groups are typed back. If you quit now, throw it away: next time you get a new one.',
    },
    recovering: {
      what: 'Your new passphrase and recovery key do not hold yet.',
      why: 'They open nothing before two groups of the key are typed back. If you quit now, throw the new key away: the old one still opens the vault.',
    },
  },
  stayOpen: 'Keep VoiceSync open',
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
  pedals: {
    which: '¿Cuál de estos es su pedal?',
    why: 'VoiceSync escuchará entonces sus botones, y los de otros aparatos del mismo modelo, hasta que usted lo quite en los ajustes.',
    cancel: 'Cancelar',
    none: 'No se encontró ningún pedal.',
    noneTodo:
      'Conéctelo y vuelva a intentarlo. Un pedal que pulsa teclas no necesita conexión: asigne su tecla a una acción. En Linux puede faltar una regla de udev: está en docs/keys.md.',
  },
  failingProgram: 'VoiceSync ha fallado varias veces seguidas.',
  failingProgramTodo:
    'Lo guardado está en la caja fuerte. Inicie VoiceSync de nuevo; antes se le preguntará por lo que escribió y no pudo guardarse. Si vuelve a fallar, en Ajustes → «Si algo va mal» hay un informe para su soporte.',
  restart: 'Iniciar de nuevo',
  notStarted: 'VoiceSync no pudo iniciarse.',
  notStartedTodo: (log) =>
    `Su caja fuerte no se ha tocado. Reinicie el ordenador e inténtelo de nuevo, o instale VoiceSync otra vez: la caja fuerte permanece. Para su soporte: el registro en ${log} dice en códigos qué pasó; no contiene nombres ni texto.`,
  reportFile: 'Informe de VoiceSync.txt',
  unsaved: {
    what: (letters, passages) =>
      `No se ${letters === 1 ? 'pudo guardar 1 letra' : `pudieron guardar ${letters} letras`} en ${passages} ${passages === 1 ? 'pasaje' : 'pasajes'}.`,
    why: 'El disco está lleno o no se puede escribir en él. Libere espacio e inténtelo de nuevo. Lo que escribió sigue aquí, y VoiceSync vuelve a intentarlo por sí mismo mientras esté abierto.',
    elsewhereWhy: '«Guardar en otro lugar» escribe estos pasajes en un archivo legible, sin cifrar.',
    again: 'Intentar de nuevo',
    elsewhere: 'Guardar en otro lugar…',
    lockAndLose: 'Bloquear y perderlas',
    quitAndLose: 'Salir y perderlas',
    stay: 'Cancelar',
    file: 'Pasajes sin guardar de VoiceSync.txt',
    fileText:
      'Pasajes que VoiceSync no pudo guardar. Este archivo no está cifrado: elimínelo cuando estén en la transcripción.',
  },
  undone: {
    reading: {
      what: 'Aún no están todas las grabaciones a salvo en la caja fuerte.',
      why: 'Algunas se están leyendo todavía. Si sale ahora, deje los originales donde están: se leerán desde allí la próxima vez que desbloquee VoiceSync.',
    },
    exporting: {
      what: 'Una exportación no ha terminado.',
      why: 'Si sale ahora, los archivos que aún no están no se escribirán.',
    },
    making: {
      what: 'Su caja fuerte aún no está creada.',
      why: 'La clave de recuperación que ha visto no abre nada hasta que escriba dos de sus grupos. Si sale ahora, deséchela: la próxima vez recibirá otra.',
    },
    recovering: {
      what: 'Su nueva contraseña y su nueva clave de recuperación aún no valen.',
      why: 'No abren nada hasta que escriba dos grupos de la clave. Si sale ahora, deseche la nueva: la anterior sigue abriendo la caja fuerte.',
    },
  },
  stayOpen: 'Dejar VoiceSync abierto',
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
