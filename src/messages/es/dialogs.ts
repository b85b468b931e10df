import type { dialogs as english } from '../en/dialogs.ts';
import type { Translation } from '../translation.ts';

/** Mensajes del proceso principal: notificaciones, menú y diálogos del sistema. Nunca un nombre. */
export const dialogs: Translation<typeof english> = {
  ready: 'Una transcripción está lista.',
  failed: 'Una transcripción no pudo terminarse.',
  recordings: 'Grabaciones',
  texts: 'Textos',
  spokenFile: 'En voz alta',
  models: 'Modelos de voz',
  wordTemplates: 'Plantillas de Word',
  allFiles: 'Todos los archivos',
  recoveryKeyFile: 'Clave de recuperación de VoiceSync.txt',
  recordingName: 'Grabación {{time}}',
  backupFolder: 'Copia de VoiceSync {{time}}',
  restoredFolder: '{{vault}} restaurada {{time}}',
  movedFolder: 'Caja fuerte de VoiceSync',
  recoveryKeyText: 'Clave de recuperación de VoiceSync. Guárdela lejos del equipo que tiene la caja fuerte.',
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
  notStartedTodo:
    'Su caja fuerte no se ha tocado. Reinicie el equipo e inténtelo de nuevo, o instale VoiceSync otra vez: la caja fuerte permanece. Para su soporte: el registro en {{log}} dice en códigos qué pasó; no contiene nombres ni texto.',
  ruleFile: 'Correcciones de VoiceSync.txt',
  ruleFiles: 'Listas de correcciones',
  reportFile: 'Informe de VoiceSync.txt',
  certificateFile: 'Certificado de borrado de VoiceSync.txt',
  privacyFile: 'Informe de privacidad de VoiceSync.html',
  unsaved: {
    what_one: 'No se pudo guardar 1 letra en {{passages}}.',
    what_many: 'No se pudieron guardar {{count}} letras en {{passages}}.',
    what_other: 'No se pudieron guardar {{count}} letras en {{passages}}.',
    passages_one: '{{count}} pasaje',
    passages_many: '{{count}} pasajes',
    passages_other: '{{count}} pasajes',
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
    recording: {
      what: 'Hay una grabación en marcha.',
      why: 'Si sale ahora, se detiene. Lo que se haya dicho hasta entonces queda en la caja fuerte.',
    },
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
    renewing: {
      what: 'Su nueva clave de recuperación aún no vale.',
      why: 'No abre nada hasta que se escriban dos de sus grupos. Si sale ahora, tire la clave nueva: la anterior sigue abriendo la caja fuerte.',
    },
    moving: {
      what: 'La caja fuerte se está moviendo.',
      why: 'Si sale ahora, se interrumpe: la caja fuerte se queda donde estaba y lo copiado hasta ahora se borra.',
    },
    keeping: {
      what: 'Una copia de seguridad o una comprobación de la caja fuerte no ha terminado.',
      why: 'Si sale ahora, se interrumpe. Lo copiado hasta ahora se borra; la caja fuerte queda como está.',
    },
    recovering: {
      what: 'Su nueva contraseña y su nueva clave de recuperación aún no valen.',
      why: 'No abren nada hasta que escriba dos grupos de la clave. Si sale ahora, deseche la nueva: la anterior sigue abriendo la caja fuerte.',
    },
  },
  recordingStops: {
    what: 'Hay una grabación en marcha.',
    why: 'La caja fuerte solo se puede sellar cuando se detenga. Lo que se haya dicho hasta entonces queda guardado. Si solo bloquea la ventana, la grabación sigue detrás.',
    stop: 'Detener y sellar',
    goOn: 'Seguir grabando',
  },
  stayOpen: 'Dejar VoiceSync abierto',
  capturing: {
    recording: 'VoiceSync está grabando',
    paused: 'La grabación está en pausa',
    show: 'Mostrar VoiceSync',
    stop: 'Detener la grabación',
  },
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
