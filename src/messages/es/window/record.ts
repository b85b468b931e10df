import type { record as english } from '../../en/window/record.ts';
import type { Translation } from '../../translation.ts';

/** Grabar: el inicio, la barra mientras se graba, avisos, texto en vivo, marcas y lo interrumpido. */
export const record: Translation<typeof english> = {
  record: 'Grabar',
  starting: 'Empezando…',
  options: 'Opciones de grabación…',
  showRunning: 'Mostrar la grabación',
  cancel: 'Cancelar',

  startTitle: 'Grabar',
  startAbout: 'El sonido va directamente a la caja fuerte, cifrado. Nunca sale de este equipo.',
  begin: 'Empezar a grabar',
  microphone: 'Micrófono',
  microphoneUsual: 'El habitual del sistema',
  microphoneNumber: 'Micrófono {{number}}',
  microphoneAway: '{{name}} (no conectado)',
  microphoneHint:
    'El sistema puede preguntar una vez si VoiceSync puede usarlo. Los nombres aparecen después.',
  microphoneReplaced: '«{{name}}» no está conectado. Se usa el micrófono habitual del sistema.',
  systemAudio: 'Grabar también el sonido del equipo',
  systemAudioHint: 'Para una llamada: usted es un hablante y los demás, otro.',
  language: 'Idioma hablado',
  languageUsual: 'Como siempre: {{language}}',
  matter: 'Expediente',
  name: 'Nombre',
  nameHint: 'Fecha y hora',
  liveText: 'Mostrar las palabras mientras hablo',
  liveTextHint: 'Una primera versión rápida, que puede corregir enseguida.',
  finalTranscript: 'Hacer la transcripción definitiva',
  finalTranscriptHint: 'De toda la grabación, al detenerla. Sus correcciones se conservan.',
  processing: 'Modificar el sonido',
  processingHint:
    'Para la transcripción es mejor no hacerlo: el sonido queda como es. Cancelar el eco ayuda si los altavoces llegan al micrófono.',
  echoCancellation: 'Cancelar el eco',
  noiseSuppression: 'Suprimir el ruido',
  autoGainControl: 'Ajustar el nivel automáticamente',

  bar: 'Grabación de «{{name}}»',
  state_new: 'Abriendo el micrófono…',
  state_ready: 'Abriendo el micrófono…',
  state_listening: 'Grabando',
  state_speaking: 'Grabando',
  state_paused: 'En pausa',
  state_finishing: 'Guardando el resto…',
  state_done: 'Guardada',
  state_broken: 'Detenida por un fallo',
  elapsed: 'Grabado hasta ahora',
  pause: 'Pausa',
  resume: 'Seguir',
  stop: 'Detener',
  setMarker: 'Poner una marca',
  open: 'Mostrar «{{name}}»',
  microphoneNow: 'Micrófono: {{name}}',
  microphoneNone: 'Sin micrófono',
  chooseMicrophone: 'Elegir un micrófono',
  level: 'Sonido del micrófono',
  levelSystem: 'Sonido del equipo',
  level_silent: 'no hay sonido',
  level_quiet: 'bajo',
  level_good: 'llega sonido',
  level_loud: 'demasiado alto',
  liveModel: 'Texto en vivo con {{model}}',
  liveModelNone: 'Sin texto en vivo',
  minutesLeft_one: 'Espacio para {{count}} minuto más',
  minutesLeft_many: 'Espacio para {{count}} minutos más',
  minutesLeft_other: 'Espacio para {{count}} minutos más',
  warnings: 'Sobre esta grabación',

  warning_silence: 'No llega ningún sonido. ¿Está silenciado el micrófono, o no es el correcto?',
  warning_noSpeech:
    'Hace un minuto que no se oye ninguna voz, solo otros sonidos. ¿Es el micrófono correcto?',
  warning_clipping:
    'Demasiado alto: el sonido se distorsiona. Hable desde más lejos o baje el nivel del micrófono.',
  warning_quiet:
    'Muy bajo: pueden faltar palabras. Hable más cerca del micrófono o suba su nivel. La grabación misma está completa.',
  warning_microphoneLost:
    'El micrófono ya no está. Conéctelo de nuevo o elija otro: sigue la misma grabación, y la interrupción se conserva como tiempo.',
  warning_deviceChanged:
    'La grabación sigue con otro micrófono: {{name}}. La interrupción se conserva como tiempo.',
  warning_systemAudioAbsent:
    'Aquí no se puede grabar el sonido del equipo. Solo se graba el micrófono: ponga a los demás por el altavoz.',
  warning_systemAudioSilent:
    'El equipo aún no reproduce ningún sonido. Si alguien habla en la llamada, compruebe dónde suena.',
  warning_diskLow_one:
    'El disco está casi lleno: queda espacio para {{count}} minuto. Libere espacio; si no, la grabación se detiene entonces y se conserva entera.',
  warning_diskLow_many:
    'El disco está casi lleno: queda espacio para {{count}} minutos. Libere espacio; si no, la grabación se detiene entonces y se conserva entera.',
  warning_diskLow_other:
    'El disco está casi lleno: queda espacio para {{count}} minutos. Libere espacio; si no, la grabación se detiene entonces y se conserva entera.',
  warning_diskSoonFull:
    'El disco está casi lleno. Libere espacio; si no, la grabación se detiene pronto y se conserva entera.',
  warning_liveTextLate:
    'Las palabras llegan tarde porque este equipo está ocupado. No se pierde ningún sonido.',
  warning_liveTextSkipped:
    'Faltan algunas palabras en el texto en vivo. La grabación las tiene, y una transcripción definitiva las tendrá.',
  warning_liveTextFailed:
    'El texto en vivo se ha detenido. La grabación sigue, y no se pierde ningún sonido.',
  warning_finalTranscriptFailed:
    'No se ha podido empezar la transcripción definitiva; se vuelve a intentar al detener. La grabación sigue, y no se pierde ningún sonido.',
  warning_shortcutUnavailable:
    'Las teclas para grabar desde otros programas las usa uno de ellos. En esta ventana funcionan; en Ajustes, Teclas y pedales, se pueden elegir otras.',

  stored: '«{{name}}» está guardada en la caja fuerte: {{length}}.',
  finalTranscriptFailed:
    'No se ha podido empezar la transcripción definitiva de «{{name}}». La grabación está completa: transcríbala de nuevo desde la biblioteca.',
  broken: 'Un fallo detuvo «{{name}}» a los {{length}}. Lo dicho hasta entonces está en la caja fuerte.',
  dismiss: 'Descartar',

  announceMarker: 'Marca puesta en {{time}}.',

  unfinished: 'Grabaciones interrumpidas',
  unfinishedWhat: '«{{name}}» se interrumpió. {{length}} están a salvo en la caja fuerte.',
  unfinishedKeep: 'Conservar y transcribir',
  unfinishedLater: 'Decidir más tarde',
  unfinishedRow: 'Interrumpida a los {{length}}',

  speakNow: 'Hable: sus palabras aparecen aquí.',
  pausedHere: 'En pausa. No se graba nada.',
  noLiveText: 'Se graba sin texto en vivo. Al detenerla se hace la transcripción.',
  follow: 'A las últimas palabras',
  finalComing: 'Se está haciendo la transcripción definitiva. Mientras tanto puede leer y corregir.',
  finalReplaced: 'La transcripción definitiva ha ocupado el lugar del texto en vivo.',
  finalKept_one:
    'La transcripción definitiva ha ocupado el lugar del texto en vivo, salvo donde usted lo había corregido: {{count}} pasaje queda como lo dejó.',
  finalKept_many:
    'La transcripción definitiva ha ocupado el lugar del texto en vivo, salvo donde usted lo había corregido: {{count}} pasajes quedan como los dejó.',
  finalKept_other:
    'La transcripción definitiva ha ocupado el lugar del texto en vivo, salvo donde usted lo había corregido: {{count}} pasajes quedan como los dejó.',
  finalFailed: 'No se pudo hacer la transcripción definitiva. Se conservan la grabación y el texto en vivo.',
  finalEmpty: 'La transcripción definitiva no encontró palabras. Se conserva el texto en vivo.',
  compare: 'Comparar',
  keptMenu: 'Sus correcciones y lo que se oyó…',
  keptTitle: 'Sus correcciones y lo que se oyó',
  keptAbout:
    'Donde usted había corregido el texto en vivo, quedaron sus palabras. Escuche, y tome las otras donde sean correctas.',
  keptNone: 'Ninguna corrección difiere de lo que se oyó.',
  keptYours: 'Su texto',
  keptHeard: 'Oído en la transcripción definitiva',
  keptRemoved: '(usted lo quitó)',
  keptNothing: '(ninguna palabra)',
  keptTake: 'Tomar lo que se oyó',
  keptTakeAt: 'Tomar lo que se oyó en {{time}}',

  markers: 'Marcas',
  markersCount_one: '{{count}} marca',
  markersCount_many: '{{count}} marcas',
  markersCount_other: '{{count}} marcas',
  markerAt: 'Marca en {{time}}',
  markerNamedAt: '{{label}}: marca en {{time}}',
  markerName: 'Nombre de la marca en {{time}}',
  markerPlay: 'Reproducir desde {{time}}',
  markerDelete: 'Eliminar la marca en {{time}}',
  markerDeleted: 'Se eliminó la marca en {{time}}.',
  markerUnnamed: 'Sin nombre',
};
