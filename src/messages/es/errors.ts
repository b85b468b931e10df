import type { errors as english } from '../en/errors.ts';
import type { Translation } from '../translation.ts';

/** Mensajes de error, en la forma de cortesía. */
export const errors: Translation<typeof english> = {
  'file.notFound': {
    what: 'No se encuentra «{{file}}».',
    todo: 'Compruebe el nombre y la carpeta; si está en una memoria USB o una unidad de red, conéctela primero.',
  },
  'file.noPermission': {
    what: 'No tiene permiso para abrir «{{file}}».',
    todo: 'Pida permiso de lectura a su propietario o copie el archivo a una carpeta suya.',
  },
  'file.pipe': {
    what: '«{{file}}» es una tubería: lo que llega por ella solo se puede leer una vez, y una grabación se lee varias veces, para comprobarla y conservarla.',
    todo: 'Guárdela antes como archivo e indique ese archivo.',
  },
  'file.notRegular': {
    what: '«{{file}}» no es un archivo normal: es una carpeta, un enlace o un dispositivo.',
    todo: 'Elija la grabación misma.',
  },
  'file.brokenLink': {
    what: '«{{file}}» es un enlace a algo que no está ahí.',
    todo: 'Si la grabación está en una memoria USB o una unidad de red, conéctela primero; si no, añada la grabación misma.',
  },
  'file.pathTooLong': {
    what: 'No se puede abrir «{{file}}»: su nombre, con todas las carpetas que lo contienen, es demasiado largo para este equipo.',
    todo: 'Muévalo a una carpeta suya de nombre corto y añádalo desde allí. Su archivo no se ha modificado.',
  },
  'file.nameUnusable': {
    what: 'No se puede abrir «{{file}}»: su nombre lo escribió otro sistema, con caracteres que aquí no son válidos.',
    todo: 'Dele un nombre de letras y cifras sencillas y añádalo de nuevo. Su archivo no se ha modificado.',
  },
  'file.notOnDisk': {
    what: '«{{file}}» viene de otro programa y no está en ninguna carpeta de este equipo.',
    todo: 'Guárdelo primero en una carpeta y suéltelo desde allí.',
  },
  'file.changed': {
    what: '«{{file}}» cambió mientras se leía.',
    todo: 'Espere a que la grabadora o la copia termine y añádalo de nuevo. Lo que ya había llegado se conserva.',
  },
  'file.readFailed': {
    what: 'No se pudo leer «{{file}}» hasta el final.',
    todo: 'Revise la memoria, tarjeta o unidad donde está; suele ayudar copiarlo antes a este equipo. Su archivo no se ha modificado.',
  },
  'folder.empty': {
    what: 'No hay ninguna grabación en «{{folder}}».',
    todo: 'Elija la carpeta que contiene las grabaciones.',
  },
  'folder.noPermission': {
    what: 'No tiene permiso para ver el contenido de la carpeta «{{folder}}». Lo que hay en ella se ha dejado fuera.',
    todo: 'Pida permiso de lectura a su propietario y añádala de nuevo.',
  },
  'folder.gone': {
    what: 'La carpeta «{{folder}}» ya no estaba cuando se iba a leer. Lo que había en ella se ha dejado fuera.',
    todo: 'Si está en una memoria USB o una unidad de red, conéctela y añádala de nuevo.',
  },
  'folder.unreadable': {
    what: 'No se pudo leer la carpeta «{{folder}}» hasta el final. Puede faltar aquí algo de lo que contiene.',
    todo: 'Revise la memoria, tarjeta o unidad donde está y añádala de nuevo; suele ayudar copiarla antes a este equipo.',
  },
  'folder.notWritable': {
    what: 'No se puede guardar nada en «{{folder}}».',
    todo: 'Si está en una memoria USB o en una unidad de red, vuelva a conectarla; o elija una carpeta suya (en la línea de órdenes: --out CARPETA).',
  },
  'folder.dataNotWritable': {
    what: 'VoiceSync no puede guardar sus propios datos en «{{folder}}».',
    todo: 'Permita escribir en esa carpeta o indique otra en la variable de entorno VOICESYNC_HOME.',
  },

  'media.empty': {
    what: '«{{file}}» está vacío: tiene 0 bytes.',
    todo: 'Cópielo otra vez desde la grabadora; si allí también está vacío, no se grabó nada.',
  },
  'media.unreadable': {
    what: '«{{file}}» no es una grabación que VoiceSync pueda leer.',
    todo: 'Compruebe que se reproduce en este equipo. Si es así, guárdelo allí como WAV o MP3 y añada ese archivo. Su archivo no se ha modificado.',
  },
  'media.indexLost': {
    what: '«{{file}}» contiene una grabación, pero le falta su índice: la grabadora se detuvo antes de escribirlo.',
    todo: 'Conserve este archivo: lo grabado está en él. Ponga en la misma carpeta una grabación completa del mismo aparato, con los mismos ajustes, e inténtelo de nuevo. Si no basta, un servicio de recuperación de datos o un programa de reparación de archivos MP4 puede rehacer el índice con esa grabación. Su archivo no se ha modificado.',
  },
  'media.noDecoder': {
    what: '«{{file}}» se tomó por {{coding}}, que el ffmpeg de este equipo no sabe descodificar.',
    todo: 'Instale un ffmpeg completo, o pida el archivo en WAV donde se grabó y añada ese. Su archivo no se ha modificado.',
  },
  'media.damaged': {
    what: '«{{file}}» está dañado: solo se puede leer una parte, {{readableMs, duration}}.',
    todo: 'Cópielo otra vez desde la grabadora. Si no hay una copia mejor, se conserva la parte legible. Su archivo no se ha modificado.',
  },
  'media.noAudio': {
    what: '«{{file}}» no tiene sonido.',
    todo: 'Compruebe que es el archivo correcto: algunas cámaras guardan el sonido en un archivo aparte.',
  },
  'media.text': {
    what: '«{{file}}» contiene texto, no sonido.',
    todo: 'Elija la grabación misma.',
  },
  'media.playlist': {
    what: '«{{file}}» es una lista de reproducción: solo remite a otros archivos.',
    todo: 'Elija las grabaciones a las que remite. VoiceSync nunca sigue esas referencias.',
  },
  'media.ds2': {
    what: '«{{file}}» es un dictado DS2 (DSS Pro), un formato cerrado que VoiceSync no puede leer.',
    todo: 'Ábralo en el programa de la grabadora (Olympus DSS Player, OM System ODMS o Philips SpeechExec), elija Guardar como en el menú Archivo, escoja el tipo WAV y añada el archivo WAV. Su archivo no se ha modificado.',
  },
  'media.severalTracks': {
    what: '«{{file}}» tiene varias pistas de sonido: {{tracks, list}}.',
    todo: 'Indique cuál se debe transcribir, o tómelas todas mezcladas (línea de órdenes: --track NÚMERO o --track mix).',
  },
  'media.noSuchTrack': {
    what: '«{{file}}» no tiene la pista de sonido {{track}}.',
    todo: 'Elija una de estas: {{tracks, list}}.',
    todo_none: 'Elija otro archivo.',
  },
  'media.tooLong': {
    what: '«{{file}}» dura más de {{limitHours}} horas, lo máximo que VoiceSync admite de una vez.',
    todo: 'Divídalo en archivos más cortos y añada esos.',
  },
  'media.stalled': {
    what: 'La lectura de «{{file}}» se ha detenido.',
    todo: 'Cópielo al disco de este equipo y añada la copia; si también se detiene, el archivo está dañado. Su archivo no se ha modificado.',
  },

  'ffmpeg.missing': {
    what: 'El programa que lee las grabaciones, ffmpeg, no está en este equipo.',
    todo: 'Instálelo y vuelva a intentarlo. Debian o Ubuntu: sudo apt-get install ffmpeg. Mac: brew install ffmpeg. Windows: winget install Gyan.FFmpeg.',
  },
  'ffmpeg.crashed': {
    what: 'El programa que lee las grabaciones se cerró de forma inesperada.',
    todo: 'Inténtelo de nuevo. Si sigue ocurriendo con esta grabación, guárdela como WAV y añada ese archivo. No se ha perdido nada.',
  },

  'disk.full': {
    what: 'El disco está lleno.',
    what_needed: 'El disco está lleno (hacen falta {{neededBytes, bytes}}).',
    what_free: 'El disco está lleno (quedan {{freeBytes, bytes}}).',
    what_both: 'El disco está lleno (hacen falta {{neededBytes, bytes}}, quedan {{freeBytes, bytes}}).',
    todo: 'Borre o mueva archivos que ya no necesite: en la ventana el trabajo seguirá solo; en la línea de órdenes, repita la orden. Sus grabaciones no han cambiado.',
  },
  'disk.failed': {
    what: 'El disco no acepta datos: puede estar fallando, desconectado o protegido contra escritura.',
    todo: 'Revise la unidad y su cable, y haga ya una copia de seguridad. Lo guardado está a salvo mientras lo esté el disco.',
  },

  'engine.notBuilt': {
    what: 'El motor de voz aún no se ha compilado en este equipo.',
    todo: 'Instale un compilador de C++ y CMake y ejecute: npm run build:native. Debian o Ubuntu: sudo apt-get install build-essential cmake. Mac: xcode-select --install y brew install cmake. Windows: Visual Studio Build Tools con «Desarrollo para el escritorio con C++».',
  },
  'engine.crashed': {
    what: 'El motor de voz se cerró de forma inesperada.',
    todo: 'Inténtelo de nuevo. Si sigue ocurriendo, cierre otros programas o elija un modelo más pequeño. No se ha perdido nada de lo transcrito.',
  },
  'engine.stalled': {
    what: 'El motor de voz tardó demasiado con un fragmento y se ha detenido.',
    todo: 'Cierre otros programas pesados o elija un modelo más pequeño y vuelva a intentarlo. No se ha perdido nada de lo transcrito.',
  },
  'engine.outOfMemory': {
    what: 'No hay memoria suficiente para el modelo de voz «{{model}}».',
    todo: 'Cierre otros programas o elija un modelo más pequeño y reinténtelo. No se ha perdido nada de lo transcrito.',
  },
  'engine.failed': {
    what: 'El motor de voz no pudo transcribir un fragmento de la grabación.',
    todo: 'Inténtelo de nuevo. Si sigue ocurriendo, elija otro modelo. No se ha perdido nada de lo transcrito.',
  },
  'engine.detectorUnusable': {
    what: 'Falta o está dañado el archivo con el que VoiceSync encuentra el habla: «{{file}}».',
    todo: 'Vuelva a instalar VoiceSync: el archivo viene con el programa. No se ha perdido nada de lo transcrito.',
  },
  'engine.voicesUnusable': {
    what: 'Falta o no funciona en este equipo aquello con lo que VoiceSync distingue las voces: «{{file}}».',
    todo: 'Vuelva a instalar VoiceSync, o transcriba sin distinguir hablantes. No se ha perdido nada de lo transcrito.',
  },

  'model.notFound': {
    what: 'Aquí no hay ningún modelo de voz «{{model}}».',
    todo: 'Elija uno de estos: {{known, list}}. O importe el archivo de un modelo: voicesync models import ARCHIVO.',
    todo_none:
      'Traiga el archivo de un modelo en una memoria USB e impórtelo: voicesync models import ARCHIVO.',
  },
  'model.notAModel': {
    what: '«{{file}}» no es un modelo de voz Whisper en formato ggml.',
    todo: 'Elija un archivo como ggml-small.bin, de los que publica el proyecto whisper.cpp. No se ha importado nada.',
  },
  'model.otherFormat': {
    what: '«{{file}}» es un modelo en formato {{format}}, que VoiceSync no lee.',
    todo: 'Elija el mismo modelo en formato ggml: un archivo como ggml-small.bin, de los que publica el proyecto whisper.cpp. No se ha importado nada.',
  },
  'model.voiceActivity': {
    what: '«{{file}}» es otra clase de modelo: distingue dónde habla alguien (actividad de voz) y no conoce palabras.',
    todo: 'VoiceSync ya trae el suyo de esa clase. Elija un modelo de voz, un archivo como ggml-small.bin. No se ha importado nada.',
  },
  'model.vocabularyTooLarge': {
    what: '«{{file}}» tiene un vocabulario de {{tokens, number}} entradas; el motor de voz conoce el propio de Whisper, de 51.866 como máximo.',
    todo: 'Elija un modelo al que no se le haya ampliado el vocabulario. No se ha importado nada.',
  },
  'model.unsupported': {
    what: 'Los pesos del modelo de voz «{{model}}» están guardados de una forma que el motor de voz no puede leer.',
    todo: 'Elija el mismo modelo en F16, Q8_0, Q5_1 o Q5_0: un archivo como ggml-small.bin o ggml-small-q8_0.bin. No se ha importado nada.',
  },
  'model.cutShort': {
    what: '«{{file}}» es un modelo de voz incompleto: el archivo termina antes que sus pesos.',
    todo: 'Cópielo o descárguelo otra vez, hasta el final. No se usará.',
  },
  'model.trailingBytes': {
    what: '«{{file}}» es un modelo de voz con algo detrás de su final: {{extraBytes, bytes}} que no son suyos.',
    todo: 'Cópielo o descárguelo otra vez. No se usará.',
  },
  'model.damaged': {
    what: '«{{file}}» empieza como un modelo de voz, pero lo que sigue contradice su comienzo.',
    todo: 'Cópielo o descárguelo otra vez: seguramente está dañado. No se usará.',
  },
  'model.hashMismatch': {
    what: '«{{file}}» se llama como el modelo oficial «{{model}}», pero su contenido es distinto.',
    todo: 'Cópielo o descárguelo otra vez: puede que alguien lo haya modificado. No se usará.',
  },
  'model.inUse': {
    what: 'El modelo de voz «{{model}}» está en uso.',
    todo: 'Espere a que terminen las grabaciones que lo usan, o cancélelas, y vuelva a intentarlo.',
  },
  'model.bundled': {
    what: 'El modelo de voz «{{model}}» forma parte de VoiceSync y no se puede quitar.',
    todo: 'Déjelo donde está; en su lugar puede usarse otro modelo. No se ha modificado nada.',
  },
  'model.trialWhileRecording': {
    what: 'No se pueden probar modelos mientras se graba: las palabras de la grabación necesitan el modelo de voz.',
    todo: 'Detenga antes la grabación y vuelva a intentarlo. No se ha cambiado nada.',
  },
  'model.trialUnderWay': {
    what: 'Ya se están probando modelos.',
    todo: 'Espere a que termine o deténgalo, y vuelva a intentarlo.',
  },
  'model.trialSilent': {
    what: 'Nadie habla en el primer cuarto de hora de «{{name}}», así que no hay nada que probar.',
    todo: 'Transcríbala con el modelo que usa para otras grabaciones. No se ha cambiado nada.',
  },
  'model.cannotTranslate': {
    what: 'El modelo de voz «{{model}}» no sabe traducir.',
    todo: 'Elija uno que sí sepa, como small, medium o large-v3, o transcriba sin traducir.',
  },
  'model.englishOnly': {
    what: 'El modelo de voz «{{model}}» solo conoce el inglés, no «{{language}}».',
    todo: 'Elija el modelo del mismo nombre sin «.en», o ponga el inglés (en) como idioma.',
  },
  'language.unknown': {
    what: '«{{language}}» no es un idioma que el modelo de voz conozca.',
    todo: 'Use un código de dos letras como en o es, o auto para que se detecte, o mixed si se habla en varios idiomas.',
  },

  'vault.notFound': {
    what: 'No hay ninguna caja fuerte en «{{folder}}».',
    todo: 'Compruebe la carpeta o cree allí una caja fuerte: voicesync vault init CARPETA.',
  },
  'vault.notAVault': {
    what: '«{{folder}}» no es una caja fuerte.',
    todo: 'Elija la carpeta de la caja fuerte, no una superior ni una interior. No se ha modificado nada en ella.',
  },
  'handOver.exists': {
    what: 'Ya existe un archivo «{{file}}».',
    todo: 'Elija otro nombre para la entrega. El archivo existente no se ha tocado.',
  },
  'handOver.notOne': {
    what: '«{{file}}» no es un expediente entregado.',
    todo: 'Esos archivos terminan en .voicesync. Pídaselo de nuevo a quien lo envió. No se ha cambiado nada.',
  },
  'handOver.newer': {
    what: '«{{file}}» se hizo con una versión posterior de VoiceSync.',
    todo: 'Actualice VoiceSync y reciba el archivo de nuevo. No se ha cambiado nada.',
  },
  'handOver.notOpened': {
    what: 'Esta contraseña no abre «{{file}}», o el archivo está dañado en su comienzo.',
    todo: 'Pida a quien lo envió la contraseña de este mismo archivo y escríbala otra vez. No se ha cambiado nada.',
  },
  'handOver.damaged': {
    what: '«{{file}}» está cortado o se ha modificado.',
    todo: 'Cópielo otra vez desde su origen o pida uno nuevo. No se ha incorporado nada de él.',
  },
  'handOver.alreadyReceived': {
    what: 'Esta entrega ya se recibió: es el expediente «{{matter}}».',
    todo: 'Abra ese expediente. Para recibir el archivo otra vez, elimínelo antes. No se ha cambiado nada.',
  },
  'handOver.unfinished': {
    what: '«{{recording}}» aún se está importando o transcribiendo.',
    todo: 'Espere a que termine, o cancélelo, y entregue el expediente de nuevo.',
  },
  'vault.exists': {
    what: 'Ya hay una caja fuerte en «{{folder}}».',
    todo: 'Abra esa, o elija otra carpeta para la nueva. La existente no se ha tocado.',
  },
  'vault.notEmpty': {
    what: 'Ya hay archivos en «{{folder}}».',
    todo: 'Elija una carpeta vacía o nueva para la caja fuerte. No se ha modificado nada.',
  },
  'vault.inUse': {
    what: 'Esta caja fuerte ya está abierta: {{holder}}.',
    todo: 'Cierre antes el otro VoiceSync o espere a que termine. Solo uno puede usar una caja fuerte a la vez.',
  },
  'vault.wrongPassphrase': {
    what: 'Esta contraseña no abre la caja fuerte.',
    todo: 'Revise las mayúsculas y el idioma del teclado y escríbala de nuevo, o use su clave de recuperación. No se ha perdido nada.',
  },
  'vault.waitBeforeTrying': {
    what: 'La próxima contraseña se comprobará en {{waitMs, duration}}.',
    todo: 'Varias no eran correctas; por eso hay una breve espera. Sus grabaciones están a salvo.',
  },
  'vault.wrongRecoveryKey': {
    what: 'Esta clave de recuperación está bien escrita, pero es de otra caja fuerte o ha sido sustituida.',
    todo: 'Busque la clave más reciente de esta caja fuerte o use la contraseña. No se ha perdido nada.',
  },
  'vault.recoveryKeyMistyped': {
    what: 'Hay un error de escritura en el grupo {{group}} de la clave de recuperación.',
    todo: 'Compare el grupo {{group}} con su papel, carácter por carácter, y escríbalo de nuevo.',
  },
  'vault.recoveryKeyIncomplete': {
    what: 'La clave de recuperación tiene {{groups}} grupos, pero debe tener {{expected}}.',
    todo: 'Escriba todos los grupos, en orden, tal como están en su papel.',
  },
  'vault.passphraseTooShort': {
    what: 'La contraseña es demasiado corta: necesita al menos {{minimum}} caracteres.',
    todo: 'Use cuatro palabras o más que solo usted juntaría; se admiten espacios.',
  },
  'vault.passphrasesDiffer': {
    what: 'Las dos contraseñas no son iguales.',
    todo: 'Escriba otra vez la nueva contraseña, igual las dos veces. No se ha cambiado nada.',
  },
  'vault.credentialNeeded': {
    what: 'La caja fuerte está cerrada y no se ha dado nada para abrirla.',
    todo: 'Escriba la contraseña o, en la línea de órdenes, indique --passphrase-file ARCHIVO o --recovery-key-file ARCHIVO.',
  },
  'vault.backupInside': {
    what: '«{{folder}}» está dentro de la caja fuerte.',
    todo: 'Elija un lugar fuera de ella, mejor en otro disco o una memoria USB: lo que dañe a una no debe dañar a la otra. No se copió nada.',
  },
  'vault.keyBesideVault': {
    what: 'La clave de recuperación no debe guardarse en «{{folder}}»: está junto a la caja fuerte que abre.',
    todo: 'Guárdela en una memoria USB o imprímala, y consérvela en otro lugar. No se ha escrito nada.',
  },
  'vault.moveInside': {
    what: '«{{folder}}» está dentro de la caja fuerte, o la caja fuerte está dentro de ella.',
    todo: 'Elija una carpeta que no tenga nada que ver con la actual de la caja fuerte. No se ha movido nada.',
  },
  'vault.missing': {
    what: 'Su caja fuerte está en «{{folder}}», y esa carpeta no está ahora.',
    todo: 'Conecte el disco en el que está y mire de nuevo. No se ha cambiado nada.',
  },
  'vault.syncedFolder': {
    what: '«{{folder}}» se copia o se comparte con {{service}}: una caja fuerte saldría así de este equipo y podría dañarse.',
    todo: 'Elija una carpeta del disco de este equipo que no se sincronice. No se ha escrito nada en ella.',
  },
  'vault.damaged': {
    what: 'La caja fuerte está dañada: una parte se ha modificado o falta.',
    todo: 'No borre nada. Vea qué está afectado con: voicesync vault verify. Después restaure a su lado su última copia de seguridad.',
  },
  'vault.newer': {
    what: 'Un VoiceSync más reciente creó o modificó esta caja fuerte.',
    todo: 'Instale esa versión más reciente para abrirla. No se ha modificado nada.',
  },
  'vault.sealed': {
    what: 'La caja fuerte está cerrada.',
    todo: 'Ábrala con su contraseña; el trabajo pendiente seguirá después. No se ha perdido nada.',
  },

  'object.damaged': {
    what: 'Un archivo de la caja fuerte se modificó desde fuera y ya no es de fiar.',
    todo: 'Vea de qué grabación es con: voicesync vault verify. Después restáurela desde su última copia de seguridad o impórtela de nuevo.',
  },
  'object.missing': {
    what: 'Falta un archivo en la caja fuerte.',
    todo: 'Vea de qué grabación es con: voicesync vault verify. Después restáurela desde su última copia de seguridad o impórtela de nuevo.',
  },

  'recording.notFound': {
    what: 'En esta caja fuerte no hay ninguna grabación «{{id}}».',
    todo: 'Vea las grabaciones y sus identificadores con: voicesync recordings list.',
  },
  'recording.ambiguous': {
    what: '«{{id}}» corresponde a más de una grabación.',
    todo: 'Escriba más caracteres del identificador, tal como los muestra voicesync recordings list.',
  },
  'recording.notTranscribed': {
    what: '«{{name}}» aún no se ha transcrito.',
    todo: 'Transcríbala primero; si está en la cola, espere a que termine.',
  },
  'recording.noOriginal': {
    what: 'La caja fuerte no guarda el original de «{{name}}»: su archivo cambió o desapareció antes de que se leyera hasta el final.',
    todo: 'Impórtelo de nuevo desde donde se copió.',
  },
  'recording.busy': {
    what: 'Se está trabajando con «{{name}}».',
    todo: 'Espere a que termine, o cancele el trabajo, y vuelva a intentarlo.',
  },
  'recording.corrected': {
    what: '«{{name}}» tiene correcciones que faltarían en el texto unido: no todas estas grabaciones están transcritas hasta el final con el mismo modelo y las mismas opciones.',
    todo: 'No se ha cambiado nada. Haga que todas se transcriban de la misma manera y luego únalas.',
  },
  'spelling.failed': {
    what: 'No se pudo usar el diccionario, así que no se comprueba la ortografía.',
    todo: 'Cierre el texto y vuelva a abrirlo. Si no ayuda, instale VoiceSync otra vez: puede faltar un archivo.',
  },
  'spelling.fullOfWords': {
    what: 'La caja fuerte ya tiene {{limit}} palabras propias.',
    todo: 'Quite algunas en los ajustes, en Ortografía.',
  },
  'speakers.notHeard': {
    what: 'Los hablantes de esta grabación no se pueden distinguir por la voz: aquí no se puede volver a oír su sonido.',
    todo: 'Asígnelos a mano o transcriba otra vez la grabación.',
  },
  'voice.noVoice': {
    what: 'Aquí no hay ninguna voz que lea este idioma: {{language}}. La voz que viene con VoiceSync solo lee inglés, y solo ella se puede guardar como sonido.',
    todo: 'Instale una voz para ese idioma en los ajustes de su sistema: VoiceSync usa todas las voces que funcionan sin red.',
  },
  'voice.failed': {
    what: 'La voz no pudo leer esto.',
    todo: 'Inténtelo de nuevo desde otra frase. Si vuelve a ocurrir, inicie VoiceSync de nuevo.',
  },
  'voice.noMatter': {
    what: 'Las voces se recuerdan en un expediente, y esta grabación no está en ninguno.',
    todo: 'Pase la grabación a un expediente y recuerde allí la voz.',
  },
  'voice.tooShort': {
    what: 'Este hablante dice demasiado poco a solas para que se reconozca su voz.',
    todo: 'Elija una grabación en la que la persona hable al menos diez segundos.',
  },
  'capture.unavailable': {
    what: 'Aquí no se puede grabar nada: VoiceSync no tiene acceso al micrófono.',
    todo: 'Grabe en la ventana de VoiceSync, o dé el sonido a «voicesync record» por su entrada estándar.',
  },
  'capture.denied': {
    what: 'El sistema no deja que VoiceSync use el micrófono, así que no se está grabando nada.',
    todo: 'Permita que VoiceSync use el micrófono en los ajustes de privacidad del sistema y empiece de nuevo.',
  },
  'capture.noDevice': {
    what: 'No se ha encontrado ningún micrófono, así que no se está grabando nada.',
    todo: 'Conecte un micrófono o enciéndalo y empiece de nuevo.',
  },
  'capture.deviceFailed': {
    what: 'No se ha podido abrir el micrófono, así que no se está grabando nada.',
    todo: 'Cierre los programas que lo usan, o elija otro micrófono, y empiece de nuevo.',
  },
  'capture.notRunning': {
    what: 'Esta grabación ya ha terminado.',
    todo: 'Está en la biblioteca, con todo lo que se dijo.',
  },
  'capture.nothingArrived': {
    what: 'No ha llegado ningún sonido del micrófono, así que no se ha grabado nada.',
    todo: 'Compruebe que está encendido, o elija otro, y empiece de nuevo.',
  },
  'capture.noSound': {
    what: '«{{file}}» ha terminado antes de que llegara sonido.',
    todo: 'Compruebe el programa que debe entregar el sonido. No se ha grabado nada.',
  },
  'capture.notWave': {
    what: '«{{file}}» no es un WAV.',
    todo: 'Convierta antes el sonido, como en «ffmpeg -i ARCHIVO -f wav - | voicesync record», o describa sus muestras con --raw, --rate y --channels. No se ha grabado nada.',
  },
  'capture.soundUnsupported': {
    what: '«{{file}}» contiene sonido de un tipo que no se graba: {{format}}.',
    todo: 'Conviértalo antes en muestras simples de uno o dos canales, de 8 a 192 kHz, como en «ffmpeg -i ARCHIVO -f wav - | voicesync record». No se ha grabado nada.',
  },
  'capture.onlySilence': {
    what: 'Solo se ha grabado silencio: todas las muestras eran 0.',
    todo: 'Compruebe si la fuente está silenciada y si es la correcta, y grabe de nuevo.',
  },
  'watch.insideVault': {
    what: 'La caja fuerte está en la carpeta {{folder}}, o la carpeta está en la caja fuerte.',
    todo: 'Elija otra carpeta: lo que está en la caja fuerte nunca se toma como grabación.',
  },
  'watch.already': {
    what: 'La carpeta {{folder}} ya se vigila.',
    todo: 'Cambie sus ajustes en la lista o elija otra carpeta.',
  },
  'corrections.unreadable': {
    what: 'La línea {{line}} del archivo no es una corrección.',
    todo: 'Cada línea necesita las palabras que se buscan, un tabulador y las palabras que se escriben en su lugar. No se añadió nada. Arregle la línea e importe el archivo de nuevo.',
  },
  'corrections.tooMany': {
    what: 'Una lista admite {{limit}} correcciones, y así serían más.',
    todo: 'Quite correcciones que ya no hagan falta o ponga algunas en la lista de un expediente. No se añadió nada.',
  },
  'matter.notFound': {
    what: 'Este expediente ya no está en la caja fuerte.',
    todo: 'Elija otro o créelo de nuevo.',
  },
  'matter.held': {
    what: 'El expediente «{{matter}}» está retenido. No se puede borrar nada de él ni sacarlo de él.',
    todo: 'Si la retención terminó, quítela en el formulario del expediente e inténtelo de nuevo. No se borró nada.',
  },
  'retention.clockDoubted': {
    what: 'Según este ordenador hoy es {{today}}, pero esta caja fuerte se usó el {{latest}}. No concuerda, y por eso no es seguro qué ha vencido. No se borró nada.',
    todo: 'Ponga bien la fecha del ordenador; si ya está bien, bloquee la caja fuerte, desbloquéela y confirme la fecha. Después inténtelo de nuevo.',
  },
  'certificate.notFound': {
    what: 'Este certificado ya no está en la caja fuerte.',
    todo: 'Elija otro de la lista en los ajustes.',
  },
  'citation.noTemplate': {
    what: 'Esta transcripción aún no se ha exportado en páginas numeradas, así que no se puede citar por página y línea.',
    todo: 'Expórtela una vez con una plantilla judicial (Word, PDF o texto). Las citas seguirán esas páginas.',
  },
  'citation.nothing': {
    what: 'Ninguna de las palabras seleccionadas está en las páginas exportadas.',
    todo: 'Seleccione más texto, o exporte la versión literal en lugar de la limpia.',
  },
  'citation.noLine': {
    what: 'Las páginas numeradas no tienen palabras en {{place}}.',
    todo: 'Mire la página y la línea en el archivo exportado, y escríbalas como página:línea; por ejemplo, 45:12.',
  },
  'template.notFound': {
    what: 'Esta plantilla de Word ya no está en la caja fuerte.',
    todo: 'Elija otra plantilla o vuelva a añadir el archivo.',
  },
  'template.notWord': {
    what: '«{{file}}» no sirve de plantilla: no es un documento de Word (.dotx o .docx) o está dañado.',
    todo: 'Ábralo en Word y guárdelo de nuevo como plantilla de Word (.dotx).',
  },
  'template.macros': {
    what: '«{{file}}» contiene macros u otras cosas que se ejecutan solas. No se ha tomado nada de él.',
    todo: 'Guárdelo en Word como plantilla sin macros (.dotx) y añada esa.',
  },
  'template.loadsFromElsewhere': {
    what: '«{{file}}» carga algo de otro archivo o de internet cada vez que se abre, por ejemplo una imagen vinculada. No se ha tomado nada de él.',
    todo: 'Inserte la propia imagen en la plantilla en lugar de un vínculo, guárdela y añádala de nuevo.',
  },
  'template.tooLarge': {
    what: '«{{file}}» es demasiado grande para una plantilla: se admiten como máximo {{mostBytes, bytes}}.',
    todo: 'Reduzca sus imágenes y añádala de nuevo.',
  },
  'job.notFound': {
    what: 'En la cola no hay ningún trabajo «{{id}}».',
    todo: 'Vea los trabajos y sus identificadores con: voicesync queue list.',
  },
  'job.ambiguous': {
    what: '«{{id}}» corresponde a más de un trabajo.',
    todo: 'Escriba más caracteres del identificador, tal como los muestra voicesync queue list.',
  },
  'job.wrongState': {
    what: 'El trabajo está {{state}} y ahora no puede {{action}}.',
    todo: 'Vea su estado con: voicesync queue list. No se ha modificado nada.',
  },
  'job.interrupted': {
    what: 'El trabajo se interrumpió antes de terminar.',
    todo: 'Inícielo de nuevo. En una caja fuerte seguirá donde estaba; sin ella, la parte terminada se ha escrito y marcado como incompleta.',
  },

  'transcript.changed': {
    what: 'Esta parte del texto ha cambiado entretanto.',
    todo: 'Abra de nuevo la transcripción y repita el cambio; todo lo que estaba guardado sigue ahí.',
  },
  'transcript.unfinished': {
    what: 'El texto de «{{name}}» no está terminado, así que no se puede volver a transcribir un pasaje suelto.',
    todo: 'Espere a que termine, o vuelva a transcribir desde un lugar hasta el final.',
  },
  'version.notFound': {
    what: 'Esta versión de la transcripción ya no está.',
    todo: 'Vuelva al texto actual; allí está la lista de sus versiones.',
  },

  'text.unreadable': {
    what: '«{{name}}» no es un texto que se pueda leer aquí.',
    todo: 'Guárdelo como texto sin formato (.txt), Word (.docx) o subtítulos (.srt, .vtt), y añada ese archivo.',
  },
  'text.empty': {
    what: 'No hay palabras en «{{name}}».',
    todo: 'Elija otro archivo.',
  },
  'text.tooLarge': {
    what: '«{{name}}» es demasiado grande para el texto de una grabación.',
    todo: 'Elija un archivo de 32 MB como máximo. Las imágenes hacen grande un archivo de Word: guárdelo como texto sin formato.',
  },

  'export.failed': {
    what: 'No se pudo crear el documento.',
    todo: 'Vuelva a intentarlo, o elija otro formato u otra carpeta.',
  },
  'export.notReplaced': {
    what: 'No se pudo reemplazar «{{file}}»: lo tiene abierto otro programa, o está protegido contra escritura.',
    todo: 'Ciérrelo allí y exporte otra vez; o exporte sin reemplazar. El archivo que está ahí no ha cambiado.',
  },
  'export.unknownFormat': {
    what: '«{{format}}» no es un formato que VoiceSync pueda escribir.',
    todo: 'Elija entre estos: {{known, list}}.',
  },
  'export.needsWindow': {
    what: 'Los PDF los imprime la aplicación de escritorio; la línea de comandos no puede hacerlos.',
    todo: 'Elija aquí docx o html, o exporte el PDF desde la ventana de VoiceSync.',
  },

  'usage.notConfirmed': {
    what: 'No se confirmó, así que no se ha hecho nada.',
    todo: 'Repita la orden y escriba lo que pide; en un script use --yes.',
  },
  'usage.interrupted': {
    what: 'Interrumpido antes de hacer nada.',
    todo: 'Repita la orden cuando quiera.',
  },
  'usage.invalid': {
    what: 'No se ha entendido la orden: {{problem}}.',
    todo: 'Añada --help para ver lo que se puede hacer, con ejemplos. No se ha hecho nada.',
  },
  'internal.unexpected': {
    what: 'Algo inesperado ha fallado dentro de VoiceSync.',
    todo: 'Vuelva a intentarlo. Si se repite, reinicie VoiceSync, cuente a su soporte qué estaba haciendo y entréguele el informe: Ajustes, «Si algo va mal», o: voicesync doctor report ARCHIVO. Lo guardado está a salvo.',
  },

  states: {
    queued: 'en la cola',
    running: 'en marcha',
    paused: 'en pausa',
    waiting: 'a la espera de otro intento',
    done: 'terminado',
    failed: 'detenido por un error',
    cancelled: 'cancelado',
    unknown: '«{{word}}»',
  },
  actions: {
    pause: 'ponerse en pausa',
    resume: 'reanudarse',
    cancel: 'cancelarse',
    retry: 'reintentarse',
    first: 'ponerse en primer lugar',
    run: 'ejecutarse',
    unknown: 'admitir «{{word}}»',
  },
};
