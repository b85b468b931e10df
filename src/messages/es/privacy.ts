/** El informe de privacidad: qué bloquea VoiceSync, qué se ha probado, qué está dónde. */
export const privacy = {
  title: 'VoiceSync: informe de privacidad',
  made: 'Hecho el {{time}} (UTC) por VoiceSync {{version}} en {{system}}. VoiceSync no envía este informe a ninguna parte.',
  summary: 'En resumen',
  allRefused_one: 'Se probó {{count}} modo de abrir una conexión. Fue rechazado.',
  allRefused_many: 'Se probaron {{count}} modos de abrir una conexión. Todos fueron rechazados.',
  allRefused_other: 'Se probaron {{count}} modos de abrir una conexión. Todos fueron rechazados.',
  someReached_one:
    '{{count}} modo de abrir una conexión NO fue rechazado: véalo en la tabla y avise a su servicio técnico.',
  someReached_many:
    '{{count}} modos de abrir una conexión NO fueron rechazados: véalos en la tabla y avise a su servicio técnico.',
  someReached_other:
    '{{count}} modos de abrir una conexión NO fueron rechazados: véalos en la tabla y avise a su servicio técnico.',
  someUntried_one: '{{count}} modo no se pudo probar aquí.',
  someUntried_many: '{{count}} modos no se pudieron probar aquí.',
  someUntried_other: '{{count}} modos no se pudieron probar aquí.',
  notTested: 'La autocomprobación no se ha hecho para este informe.',
  logSound_one:
    'El registro de auditoría de la caja fuerte tiene {{count}} entrada, y nada en él se ha alterado, quitado ni devuelto a un estado anterior desde que se escribió su cabeza.',
  logSound_many:
    'El registro de auditoría de la caja fuerte tiene {{count}} entradas, y nada en él se ha alterado, quitado ni devuelto a un estado anterior desde que se escribió su cabeza.',
  logSound_other:
    'El registro de auditoría de la caja fuerte tiene {{count}} entradas, y nada en él se ha alterado, quitado ni devuelto a un estado anterior desde que se escribió su cabeza.',
  logFaulty_one: 'El registro de auditoría tiene {{count}} fallo: véalo al final de este informe.',
  logFaulty_many: 'El registro de auditoría tiene {{count}} fallos: véalos al final de este informe.',
  logFaulty_other: 'El registro de auditoría tiene {{count}} fallos: véalos al final de este informe.',
  noLog: 'La caja fuerte no estaba abierta: su registro de auditoría no está en este informe.',

  blocked: 'Qué se bloquea, y cómo',
  blockedIntro:
    'Una barrera la impone otro proceso o el sistema: lo que está detrás no puede quitarla. Una norma la cumple el propio código: vale contra errores y contra paquetes que empiecen a enviar datos, no contra código que quiera esquivarla.',
  columnWhere: 'Dónde',
  columnHow: 'Cómo',
  columnKind: 'Clase',
  barrier: 'Barrera',
  rule: 'Norma',
  blockedPage:
    'Una política de contenido que solo admite los archivos de la propia aplicación; toda otra petición se cancela; ninguna otra página, ventana, descarga, dispositivo ni permiso (micrófono y pedales solo mientras se usan).',
  blockedBrowser:
    'Chromium no resuelve ningún nombre, su proxy no lleva a ninguna parte, WebRTC no envía nada fuera del proxy y sus servicios en segundo plano están apagados.',
  blockedProgram:
    'Las funciones de Node que conectan, escuchan, envían datagramas o resuelven nombres se quitan en todos los procesos e hilos. El programa no tiene actualizador, telemetría ni envío de fallos.',
  blockedEngine:
    'Lo mismo en el proceso que ejecuta los modelos de voz. No recibe claves, ni base de datos, ni más ruta que la de un modelo. Esto no sujeta su código nativo; se ha revisado y no tiene medios para conectar.',
  blockedDecoder:
    'ffmpeg se inicia con listas de lo que puede abrir: archivos, y formatos que no leen nada más que su propio archivo.',

  test: 'Autocomprobación',
  testIntro:
    'Cada modo intenta llegar a un punto de escucha que VoiceSync abre para la prueba en la dirección interna (loopback) de este equipo. Así, un intento que no se rechaza se ve en el acto, también sin red, y nada sale del equipo.',
  columnWay: 'Qué se probó',
  columnResult: 'Resultado',
  refused: 'Rechazado',
  reached: 'LLEGÓ',
  untried: 'Sin probar',
  places: {
    page: 'La página de la ventana',
    program: 'El programa',
    engine: 'El motor de voz',
    browser: 'El programa, a través de Chromium',
    decoder: 'ffmpeg',
  },
  ways: {
    fetch: 'Petición (fetch)',
    xhr: 'Petición (XMLHttpRequest)',
    beacon: 'Baliza (beacon)',
    webSocket: 'WebSocket',
    eventSource: 'Flujo de eventos',
    webTransport: 'WebTransport',
    webRtc: 'WebRTC',
    image: 'Imagen',
    media: 'Audio o vídeo',
    script: 'Script',
    style: 'Hoja de estilo',
    font: 'Tipo de letra',
    prefetch: 'Carga anticipada',
    frame: 'Marco',
    object: 'Objeto incrustado',
    worker: 'Worker',
    form: 'Formulario',
    ping: 'Enlace con ping',
    popup: 'Ventana nueva',
    navigation: 'Otra página',
    tcp: 'TCP',
    tls: 'TLS',
    http: 'HTTP',
    https: 'HTTPS',
    http2: 'HTTP/2',
    nodeFetch: 'Petición (fetch)',
    nodeWebSocket: 'WebSocket',
    udp: 'UDP',
    dnsLookup: 'Nombre, por el sistema',
    dnsQuery: 'Nombre, por consulta DNS',
    listen: 'Espera de conexiones',
    netFetch: 'Petición (net.fetch)',
    netRequest: 'Petición (net.request)',
    resolveHost: 'Nombre',
    httpInput: 'Dirección HTTP',
    tcpInput: 'Dirección TCP',
    udpInput: 'Dirección UDP',
    rtpInput: 'Dirección RTP',
    playlist: 'Lista de reproducción que nombra una dirección',
    concatList: 'Lista de archivos que nombra una dirección',
  },
  ends: {
    policy: 'por una regla: {{detail}}',
    error: 'con un error: {{detail}}',
    blocked: 'por el bloqueo del propio programa',
    nothing: 'no se envió nada',
    absent: 'aquí no existe esa función',
    untried: 'no se puede probar en este sistema',
  },

  memory: 'Qué hay en memoria, y cuándo',
  memoryLocked:
    'Bloqueada o cerrada: ninguna clave de la caja fuerte, ningún texto y ningún sonido. Las claves derivadas se sobrescriben al sellarla.',
  memoryOpen:
    'Abierta: las claves derivadas de la caja fuerte; el texto en pantalla; del sonido, lo que en ese momento se reproduce, transcribe o graba. La contraseña no se guarda.',
  memoryCurtain:
    'Bloqueada mientras sigue el trabajo: la ventana se destruye con todo lo que tenía; las claves quedan en el programa hasta que el trabajo acaba.',
  memoryLimits:
    'No se pueden alcanzar todas las copias hechas por el entorno de ejecución, la base de datos o el sistema (intercambio, hibernación, un volcado tras un fallo). Esas las cubre el cifrado del disco completo.',

  whereTitle: 'Qué está dónde',
  columnWhat: 'Qué',
  columnProtected: 'Cifrado',
  yes: 'Sí',
  no: 'No',
  inExports: 'Lo que usted exporta',
  whereYouChoose: 'donde usted elija',
  inSource: 'El original de una grabación importada',
  whereItWas: 'donde estaba: VoiceSync nunca lo mueve ni lo borra',

  programs: 'Programas que VoiceSync inicia',
  programsText:
    'Él mismo (páginas, motor de voz), ffmpeg para decodificar grabaciones, en Linux prlimit de util-linux para limitarlo, y para leer en voz alta las voces del sistema. No inicia nada más. Iniciar un programa no está bloqueado en el proceso: esto es una norma.',

  limits: 'Qué no abarca',
  limitsText:
    'A quien controla este equipo mientras la caja fuerte está abierta; las carpetas que un servicio copia a otra parte, si usted exporta en ellas; el propio sistema operativo.',

  log: 'Registro de auditoría de la caja fuerte',
  logIntro:
    'Identificadores, acciones, resultados y huellas; sin nombres ni texto. Cada entrada está ligada a la anterior por su huella. Las horas son UTC.',
  logHead: 'Cabeza: entrada {{sequence}}, huella {{hash}}',
  logEarlier_one: '(Se omite {{count}} entrada anterior.)',
  logEarlier_many: '(Se omiten {{count}} entradas anteriores.)',
  logEarlier_other: '(Se omiten {{count}} entradas anteriores.)',
  faults: {
    altered: 'La entrada {{sequence}} fue alterada.',
    missing: 'Faltan las entradas {{sequence}} a {{toSequence}}.',
    reordered: 'La entrada {{sequence}} no sigue a la anterior.',
    rolledBack: 'El registro acaba en {{sequence}}, pero su cabeza dice {{toSequence}}.',
    headMissing: 'Falta el archivo con la cabeza del registro.',
    headAltered: 'El archivo con la cabeza del registro fue alterado.',
  },
  columnNumber: 'N.º',
  columnTime: 'Hora',
  columnAction: 'Acción',
  columnOutcome: 'Resultado',
  columnAbout: 'Sobre',
  columnHash: 'Huella, primeras cifras',
} as const;
