import type { Words } from './words-en.ts';

/** Everything the command line says in Spanish while it works, besides errors and `--help`. */
export const SPANISH_WORDS: Words = {
  jobStates: {
    queued: 'en cola',
    running: 'en marcha',
    paused: 'en pausa',
    waiting: 'a la espera de otro intento',
    done: 'terminado',
    failed: 'fallido',
    cancelled: 'cancelado',
  },
  recordingStates: { importing: 'aún no leída hasta el final', ready: 'lista', incomplete: 'incompleta' },
  results: {
    done: 'hecha',
    partly: 'hecha en parte',
    failed: 'fallida',
    interrupted: 'interrumpida',
    same: 'mismo archivo',
    existing: 'ya estaba',
  },
  stages: {
    import: 'leyendo',
    load: 'cargando el modelo',
    transcribe: 'transcribiendo',
    assemble: 'terminando',
    export: 'escribiendo',
  },
  flags: { loop: 'se repite', improbable: 'dudoso', overlap: 'hablan a la vez' },
  layouts: { single: 'uno', mixed: 'mezclados en uno', speakers: 'uno por hablante' },

  resumed: (name) => `${name}: continúa donde se interrumpió.`,
  onlyReadable: (name, length) =>
    `${name}: solo se pudo leer una parte (${length}); eso es lo que se transcribe.`,
  language: (name, language, percent) => `${name}: el idioma es ${language} (certeza: ${percent} %).`,
  languageHint: 'Si no es así, indíquelo con --language.',
  notUnderstood: (name, count, length, places) =>
    count === 1
      ? `${name}: un tramo no se entiende: ${places}.`
      : `${name}: ${count} tramos, ${length} en total, no se entienden: ${places}.`,
  beforeZero: (name) =>
    `${name}: con este --time-offset su comienzo queda antes de 00:00; lo que se dice allí está en 00:00 en los archivos.`,
  otherLanguages: (name, places) => `${name}: ${places}.`,
  otherLanguagesHint: (command) => `Para oír cada idioma como lo que es: ${command}`,
  andMore: (count) => `y ${count} más`,
  sameFile: (name, other) => `${name} es el mismo archivo que ${other}, así que no se ha leído dos veces.`,
  sameFiles: (count, names) =>
    `${count} nombres son de archivos que aquí tienen también otro nombre, y no se han leído dos veces: ${names}.`,
  leftOut: {
    others: (count, names) =>
      count === 1
        ? `Hay otro archivo que no parece una grabación y no se ha leído: ${names}.`
        : `Otros ${count} archivos no parecen grabaciones y no se han leído: ${names}.`,
    hidden: (count, names) =>
      count === 1
        ? `Hay una grabación oculta que no se ha leído: ${names}.`
        : `Hay ${count} grabaciones ocultas que no se han leído: ${names}.`,
    special: (count, names) =>
      count === 1
        ? `Hay una entrada que no es un archivo, sino una tubería, un socket o un dispositivo, y no se ha leído: ${names}.`
        : `Hay ${count} entradas que no son archivos, sino tuberías, sockets o dispositivos, y no se han leído: ${names}.`,
    again: (count, names) =>
      count === 1
        ? `Una carpeta aparece aquí con un segundo nombre y no se ha leído dos veces: ${names}.`
        : `${count} carpetas aparecen aquí con un segundo nombre y no se han leído dos veces: ${names}.`,
    upward: (count, names) =>
      count === 1
        ? `Un enlace lleva de vuelta a una carpeta que lo contiene y no se ha seguido: ${names}.`
        : `${count} enlaces llevan de vuelta a carpetas que los contienen y no se han seguido: ${names}.`,
    hint: 'Un archivo que se indica por su nombre siempre se intenta leer.',
  },
  fromOn: (time) => `desde ${time}`,
  probably: (where, language, percent) => `${where} probablemente en ${language} (${percent} %)`,
  realTime: (speed) => `${speed} el tiempo real`,
  readyAt: (time) => `lista a las ${time}`,
  ended: (name, state) => `${name}: ${state}.`,
  hindered: (name: string, what: string) => `${name}: ${what} El trabajo sigue solo; no se pierde nada.`,
  written: (path) => `Escrito: ${path}`,
  rescued: (name, folder, paths) =>
    `${name}: la transcripción no se pudo escribir en ${folder} y está guardada, legible y sin cifrar, en ${paths}. Llévela a donde deba estar.`,
  onScreenOnly: (name, folder) =>
    `${name}: la transcripción no se pudo escribir en ${folder} ni en ningún otro lugar de este equipo. Está más arriba y en ninguna otra parte: cópiela antes de cerrar esta ventana.`,
  stillInVault: (name, command) =>
    `${name}: la transcripción está en la caja fuerte. Para escribirla en archivos: ${command}`,
  existing: (count) =>
    count === 1
      ? 'Una grabación no se ha vuelto a transcribir: su transcripción, hecha con este modelo y estas opciones, ya está ahí.'
      : `${count} grabaciones no se han vuelto a transcribir: sus transcripciones, hechas con este modelo y estas opciones, ya están ahí.`,
  safe: (name) => `${name}: a salvo en la caja fuerte.`,
  stopping: 'Deteniendo. Lo terminado se conserva; pulse Ctrl+C otra vez para detener al instante.',
  interruptedWritten: 'Interrumpido. Lo terminado está escrito y marcado como incompleto.',
  interruptedNothing: 'Interrumpido antes de terminar nada. Sus grabaciones no han cambiado.',
  interruptedInVault: (vault) =>
    `Interrumpido. Lo terminado está a salvo. Para continuar, repita la orden o use: voicesync queue run --vault ${vault}`,
  stillReadable: (paths) => `El original sigue siendo legible en ${paths}`,
  stillReadableMany: (paths) => `Los originales siguen siendo legibles en ${paths}`,
  aRecording: 'Una grabación de esta caja fuerte',

  headings: {
    recording: 'Grabación',
    result: 'Resultado',
    length: 'Duración',
    took: 'Tardó',
    speed: 'Velocidad',
    id: 'Id',
    state: 'Estado',
    transcript: 'Transcripción',
    imported: 'Importada',
    job: 'Trabajo',
    attempts: 'Intentos',
    retryAt: 'Reintento',
    reason: 'Motivo',
    waited: 'Espera',
    decoding: 'Lectura',
    inference: 'Inferencia',
    memory: 'Memoria',
    model: 'Modelo',
    size: 'Tamaño',
    languages: 'Idiomas',
    hash: 'Huella',
    source: 'Origen',
    channels: 'Canales',
  },

  passphrase: 'Contraseña de la caja fuerte: ',
  newPassphrase: 'Contraseña nueva (al menos 10 caracteres): ',
  passphraseStrength: {
    hours: 'Débil: quien se lleve este disco podría adivinarla en horas o días.',
    months: 'Aceptable: a un gran ordenador le llevaría meses adivinarla.',
    years: 'Buena: a un gran ordenador le llevaría años adivinarla.',
    centuries: 'Fuerte: a un gran ordenador le llevaría siglos adivinarla.',
  },
  passphraseAdvice: 'Cuatro o más palabras que no tengan nada que ver entre sí son una contraseña fuerte.',
  passphraseAgain: 'La misma otra vez: ',
  keyIntroduction:
    'La clave de recuperación abre la caja fuerte si se pierde la contraseña. Escríbala en papel:',
  typeGroupBack: (group) => `Escriba aquí el grupo ${group}: `,
  groupWrong: 'Eso no es lo que pone. Mírelo otra vez.',
  keyConfirmed: 'Correcto. Guarde el papel lejos de este equipo.',
  keySaved: (file) => `La clave de recuperación está en ${file}: guárdela lejos de este equipo.`,
  vaultReady: (folder) => `La caja fuerte está lista en ${folder}`,
  lostIsLost:
    'Sin contraseña ni clave de recuperación, sus datos se pierden: nadie puede abrirla y nadie puede ayudar.',
  passphraseChanged:
    'La contraseña ha cambiado. Las copias de seguridad anteriores se abren aún con la antigua.',
  keyNotTaken:
    'La clave de recuperación antigua ya está sustituida y nadie tiene la nueva. Haga otra: voicesync vault recovery-key',
  oldKeyDead: 'La clave de recuperación antigua ya no abre nada, salvo copias de seguridad anteriores.',
  verifying: 'Leyendo cada byte de la caja fuerte …',
  sound: (objects) =>
    `En orden: ${objects} objetos, la base de datos, el registro y cada transcripción están como se guardaron.`,
  unsound:
    'La caja fuerte no está como se guardó. Restaure una copia de seguridad o exporte lo que aún se pueda leer.',
  objectFault: (id, recording, missing) =>
    `Objeto ${id} de la grabación ${recording}: ${missing ? 'falta' : 'dañado'}`,
  databaseFault: (fault) => `Base de datos: ${fault}`,
  auditFault: (kind, from, to) => `Registro: ${kind}, entradas ${from} a ${to}`,
  versionFault: (id, kind) => `Versión de transcripción ${id}: ${kind}`,
  backedUp: (objects, folder) => `Copia hecha y comprobada: ${objects} objetos, en ${folder}`,
  restored: (objects, folder) =>
    `Restaurado: ${objects} objetos, en ${folder}\nCompruébelos con: voicesync vault verify --vault ${folder}`,

  reading: (file) => `${file}: leyendo …`,
  imported: (file, length) => `${file}: ${length}, a salvo en la caja fuerte.`,
  importedPartly: (file, length) =>
    `${file}: solo se pudo leer una parte (${length}); eso está a salvo en la caja fuerte.`,
  noRecordings: 'Aún no hay grabaciones en esta caja fuerte. Tráigalas con: voicesync recordings import',
  noVersion: 'ninguna',
  unfinishedVersion: 'sin terminar',
  version: (number) => `versión ${number}`,
  unknownYet: 'aún no se sabe',
  unknownHash: 'desconocida: no se leyó hasta el final',
  nothingFound: 'No se ha encontrado nada.',
  toBeErased: 'Estas grabaciones se borrarán para siempre, con sus transcripciones:',
  typeCount: (count) => `Escriba cuántas son (${count}) para continuar: `,
  erased: (name) => `${name}: borrada`,
  eraseTruth:
    'Sus claves y archivos están borrados. Un disco flash puede guardar copias antiguas de datos cifrados que ningún programa alcanza.',

  nothingQueued: 'No hay nada en cola.',
  nothingToDo: 'No queda nada por hacer.',
  queuedAs: (id, vault) => `En cola como ${id}. Transcríbala con: voicesync queue run --vault ${vault}`,
  notDelivered: 'No se escribirá ningún archivo: indique dónde con --out o expórtela más tarde.',
  isNext: (name) => `${name}: es la siguiente`,

  trust: { verified: 'comprobada', notInCatalogue: 'no está en el catálogo', altered: 'ALTERADA, no se usa' },
  manyLanguages: 'muchos',
  englishOnly: 'inglés',
  isDefault: 'predeterminado',
  notHere: (names) => `Modelos oficiales que no están en este equipo: ${names}`,
  removed: (name) => `${name}: eliminado`,
  bundledAgain: (name) => `${name}, el modelo que trae VoiceSync, vuelve a ser el predeterminado.`,
  recommended: (name, machine) => `El mejor para este equipo (${machine}): ${name}`,
  recommendedElsewhere: (name, size) =>
    `${name} (${size}): aún no está aquí; tráigalo con: voicesync models import ARCHIVO`,
  nowDefault: (name) => `Si no se indica otro modelo, se usa ${name}.`,

  checks: {
    program: 'VoiceSync',
    engine: 'Motor de voz',
    decoder: 'Decodificador',
    models: 'Modelos',
    recommended: 'El mejor modelo aquí',
    folder: 'Carpeta de datos',
    machine: 'Equipo',
    log: 'Registro',
  },
  missing: 'FALTA:',
  cpuVariant: (version, variant) => `whisper.cpp ${version}, variante de CPU ${variant}`,
  madeWhenNeeded: (folder) => `${folder} (se crea cuando hace falta)`,
  free: (folder, size) => `${folder}, ${size} libres`,
  logEntries: (folder, count) =>
    `${count} ${count === 1 ? 'entrada' : 'entradas'}, en ${folder} (códigos y números; ni nombres ni texto)`,
  logIsOff: 'No se lleva ningún registro. Para volver a llevarlo: voicesync doctor log --on',
  logIsOn: 'Desde ahora se lleva un registro: códigos y números, ni nombres ni texto.',
  logIsEmpty: 'El registro está vacío.',
  logDeleted: 'El registro está borrado.',
  reportWritten: (file) =>
    `El informe está en ${file}. Léalo antes de entregarlo a nadie; VoiceSync no lo envía a ninguna parte.`,
  cores: (cores, memory) => `${cores} núcleos, ${memory} de memoria`,

  usage: {
    threads: '--threads es un número entero de 1 a 256',
    beamSize: '--beam-size es un número entero de 1 a 8',
    wholeNumber: (option, least, most) => `${option} es un número entero de ${least} a ${most}`,
    seconds: (option, least, most) => `${option} es un número de segundos de ${least} a ${most}`,
    subtitleOrder: (shortest, longest) =>
      `un subtítulo no puede durar ${shortest} s como mínimo (--subtitle-shortest) y ${longest} s como máximo (--subtitle-longest)`,
    track: '--track es un número a partir de 1, o mix',
    limit: '--limit es un número entero a partir de 1',
    timeOffset:
      '--time-offset se escribe horas:minutos:segundos, minutos:segundos o segundos, 1000 horas como máximo, con un menos para adelantar los tiempos: 1:30:00, 90, -2.5',
    time: 'una hora es minutos:segundos u horas:minutos:segundos',
    skipExisting:
      'sin --vault, --skip-existing necesita docx o json en --format: solo esos archivos dicen de qué se hicieron',
    range: '--from y --to van juntos, primero la hora más temprana',
    unknownOption: (text) => `no existe la opción ${text}`,
    unknownCommand: (text) => `no existe la orden ${text}`,
    missingArgument: (text) => `falta ${text}`,
    missingOption: (text) => `hay que dar la opción ${text}`,
    missingValue: (text) => `la opción ${text} necesita un valor`,
    badValue: (text) => `este valor no sirve: ${text}`,
    conflict: (text) => `estas opciones no van juntas: ${text}`,
    fileExists: (file) => `${file} ya existe y no se sobrescribe`,
    tooMany: 'hay más argumentos de los que admite la orden',
  },
};
