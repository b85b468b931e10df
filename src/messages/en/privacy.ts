/** The privacy report: what VoiceSync blocks, what was tried, what lies where. */
export const privacy = {
  title: 'VoiceSync: privacy report',
  made: 'Made {{time}} (UTC) by VoiceSync {{version}} on {{system}}. VoiceSync sends this report nowhere.',
  summary: 'In short',
  allRefused_one: '{{count}} way of opening a connection was tried. It was refused.',
  allRefused_other: '{{count}} ways of opening a connection were tried. Every one was refused.',
  someReached_one:
    '{{count}} way of opening a connection was NOT refused: see the table below, and tell your support.',
  someReached_other:
    '{{count}} ways of opening a connection were NOT refused: see the table below, and tell your support.',
  someUntried_one: '{{count}} way could not be tried here.',
  someUntried_other: '{{count}} ways could not be tried here.',
  notTested: 'The self-test has not been run for this report.',
  logSound_one:
    'The audit log of the vault has {{count}} entry, and nothing in it was altered, dropped or rolled back since its head was written.',
  logSound_other:
    'The audit log of the vault has {{count}} entries, and nothing in it was altered, dropped or rolled back since its head was written.',
  logFaulty_one: 'The audit log of the vault has {{count}} fault: see the end of this report.',
  logFaulty_other: 'The audit log of the vault has {{count}} faults: see the end of this report.',
  noLog: 'The vault was not open: its audit log is not in this report.',

  blocked: 'What is blocked, and how',
  blockedIntro:
    'A barrier is enforced by another process or by the system: what is behind it cannot take it away. A policy is kept by the code itself: it holds against mistakes and against packages that begin to send, not against code that means to get around it.',
  columnWhere: 'Where',
  columnHow: 'How',
  columnKind: 'Kind',
  barrier: 'Barrier',
  rule: 'Policy',
  blockedPage:
    'A content security policy that allows the app’s own files alone; every other request is cancelled; no other page, window, download, device or permission (microphone and pedals only while they are used).',
  blockedBrowser:
    'Chromium resolves no name, its proxy leads nowhere, WebRTC sends nothing outside the proxy, and its background services are off.',
  blockedProgram:
    'Node’s functions that connect, listen, send datagrams or resolve names are taken away in every process and thread. There is no updater, no telemetry and no crash upload in the program.',
  blockedEngine:
    'The same in the process that runs the speech models. It gets no key, no database and no path but that of a model. Native code in it is not held by this; it was looked through, and has no means to connect.',
  blockedDecoder:
    'ffmpeg is started with lists of what it may open: files, and formats that read nothing but their own file.',

  test: 'Self-test',
  testIntro:
    'Each way tries to reach a listener that VoiceSync opens for the test on this computer’s own loopback address. So an attempt that is not refused is seen at once, also without a network, and nothing leaves the computer.',
  columnWay: 'What was tried',
  columnResult: 'Result',
  refused: 'Refused',
  reached: 'REACHED',
  untried: 'Not tried',
  places: {
    page: 'The window’s page',
    program: 'The program',
    engine: 'The speech engine',
    browser: 'The program, through Chromium',
    decoder: 'ffmpeg',
  },
  ways: {
    fetch: 'Request (fetch)',
    xhr: 'Request (XMLHttpRequest)',
    beacon: 'Beacon',
    webSocket: 'WebSocket',
    eventSource: 'Event stream',
    webTransport: 'WebTransport',
    webRtc: 'WebRTC',
    image: 'Image',
    media: 'Audio or video',
    script: 'Script',
    style: 'Style sheet',
    font: 'Font',
    prefetch: 'Prefetch',
    frame: 'Frame',
    object: 'Embedded object',
    worker: 'Worker',
    form: 'Form',
    ping: 'Link with a ping',
    popup: 'New window',
    navigation: 'Another page',
    tcp: 'TCP',
    tls: 'TLS',
    http: 'HTTP',
    https: 'HTTPS',
    http2: 'HTTP/2',
    nodeFetch: 'Request (fetch)',
    nodeWebSocket: 'WebSocket',
    udp: 'UDP',
    dnsLookup: 'Name, by the system',
    dnsQuery: 'Name, by a DNS query',
    listen: 'Waiting for connections',
    netFetch: 'Request (net.fetch)',
    netRequest: 'Request (net.request)',
    resolveHost: 'Name',
    httpInput: 'HTTP address',
    tcpInput: 'TCP address',
    udpInput: 'UDP address',
    rtpInput: 'RTP address',
    playlist: 'Playlist that names an address',
    concatList: 'List of files that names an address',
  },
  ends: {
    policy: 'by a rule: {{detail}}',
    error: 'with an error: {{detail}}',
    blocked: 'by the program’s own block',
    nothing: 'nothing was sent',
    absent: 'there is no such function here',
    untried: 'cannot be tried on this system',
  },

  memory: 'What is in memory, and when',
  memoryLocked:
    'Locked or closed: no key of the vault, no text and no sound. The derived keys are overwritten when the vault is sealed.',
  memoryOpen:
    'Open: the derived keys of the vault; the text on the screen; of the sound, what is just being played, transcribed or recorded. The passphrase is not kept.',
  memoryCurtain:
    'Locked while work goes on: the window is destroyed with all it held; the keys stay in the program until the work has ended.',
  memoryLimits:
    'Copies that the language runtime, the database or the system made (swap, hibernation, a dump after a crash) cannot all be reached. Full-disk encryption covers those.',

  whereTitle: 'What lies where',
  columnWhat: 'What',
  columnProtected: 'Encrypted',
  yes: 'Yes',
  no: 'No',
  inExports: 'What you export',
  whereYouChoose: 'where you choose',
  inSource: 'The original of an imported recording',
  whereItWas: 'where it was: VoiceSync never moves or deletes it',

  programs: 'Programs that VoiceSync starts',
  programsText:
    'Itself (pages, speech engine), ffmpeg to decode recordings, on Linux prlimit from util-linux to limit it, and for reading aloud the voices of the system. Nothing else is started. Starting a program is not blocked in the process: this is a policy.',

  limits: 'What this does not cover',
  limitsText:
    'Someone who controls this computer while the vault is open; folders that a service copies elsewhere, if you export into them; the operating system itself.',

  log: 'Audit log of the vault',
  logIntro:
    'Ids, actions, outcomes and hashes; no names and no text. Each entry is bound to the one before by its hash. Times are in UTC.',
  logHead: 'Head: entry {{sequence}}, hash {{hash}}',
  logEarlier_one: '({{count}} earlier entry is left out.)',
  logEarlier_other: '({{count}} earlier entries are left out.)',
  faults: {
    altered: 'Entry {{sequence}} was altered.',
    missing: 'Entries {{sequence}} to {{toSequence}} are missing.',
    reordered: 'Entry {{sequence}} does not follow the one before it.',
    rolledBack: 'The log ends at {{sequence}}, but its head says {{toSequence}}.',
    headMissing: 'The file with the log’s head is missing.',
    headAltered: 'The file with the log’s head was altered.',
  },
  columnNumber: 'No.',
  columnTime: 'Time',
  columnAction: 'Action',
  columnOutcome: 'Outcome',
  columnAbout: 'About',
  columnHash: 'Hash, first digits',
} as const;
