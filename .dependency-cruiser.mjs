import { Visitor } from '@swc/core/Visitor.js';

/**
 * Who may import whom. A file's place says where it runs and what it may know; these rules prove it.
 * checks/layers.test.ts breaks every one of them on purpose.
 *
 * The parser is swc because dependency-cruiser cannot use TypeScript 7: with its other parsers it sees no import at all.
 * swc also reports imports of types alone, which count: a type that crosses a border couples its two sides as well.
 */

/** Folders of this repository that hold code, the libraries left out. */
const OURS = '^(src|renderer|native|bench|e2e|checks|packaging|resources)/';
/** Shells that reach the domain through the application alone. */
const SHELLS = '^src/(main|cli)/';
const TESTS = '[.](test|spec|fixture)[.]tsx?$|/testing/';
const IN_DATABASE_THREAD = `[.]db[.]ts$|${TESTS}`;

// The visitor that swc brings along stops at `using`, which it does not know; it declares variables like `const`.
const { visitStatement } = Visitor.prototype;
Visitor.prototype.visitStatement = function (statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement);
  this.visitVariableDeclarators(statement.decls);
  return statement;
};

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'contract-stands-alone',
      comment: 'What crosses process boundaries imports nothing but itself and zod.',
      severity: 'error',
      from: { path: '^src/contract/', pathNot: TESTS },
      to: { pathNot: '^(src/contract|node_modules/zod)/' },
    },
    {
      name: 'messages-stand-on-contract-and-i18next',
      comment: 'Texts are made in every process, of what crosses between them and nothing else.',
      severity: 'error',
      from: { path: '^src/messages/', pathNot: TESTS },
      to: { pathNot: '^(src/(messages|contract)|node_modules/i18next)/' },
    },
    {
      name: 'offline-stands-on-the-contract',
      comment: 'What takes connections from a process is loaded before everything else, in each of them.',
      severity: 'error',
      from: { path: '^src/offline/', pathNot: TESTS },
      to: { path: OURS, pathNot: '^src/(offline|contract)/' },
    },
    {
      name: 'core-imports-contract-and-messages-only',
      comment: 'Of our own code, the domain knows the contract, the texts of what it writes, and itself.',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: OURS, pathNot: '^src/(core|contract|messages|offline)/' },
    },
    {
      name: 'app-stands-below-the-shells',
      comment:
        'The application runs under Electron, on the command line and in the tests; it knows none of them.',
      severity: 'error',
      from: { path: '^src/app/' },
      to: { path: OURS, pathNot: '^src/(app|core|contract|messages|offline)/' },
    },
    {
      name: 'shells-import-app-and-contract-only',
      comment:
        'A shell shows and asks; what it shows and does is the application. Tests may make their surroundings of the domain.',
      severity: 'error',
      from: { path: SHELLS, pathNot: TESTS },
      to: { path: OURS, pathNot: '^src/(main|cli|app|contract|messages|offline)/' },
    },
    {
      name: 'electron-in-main-and-preload-only',
      comment:
        'The domain runs the same under Electron, the command line and the tests; the window is a web page.',
      severity: 'error',
      from: { path: '^(src|renderer)/', pathNot: '^src/(main|preload)/' },
      to: { path: '^(node_modules/)?electron' },
    },
    {
      name: 'core-rooms-without-cycles',
      comment: 'Rooms of the domain use each other in one direction.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/core/[^/]+$' },
      to: { path: '^src/core/[^/]+$', circular: true },
    },
    {
      name: 'modules-without-cycles',
      comment: 'A module that needs itself to be loaded is two things in one, or one thing in two.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'database-thread-by-messages',
      comment:
        'What a `*.db.ts` holds runs in the database thread, beside the one connection; everyone else knows its types alone.',
      severity: 'error',
      // The office's gateway draws no window: its few statements run in its own process.
      from: { path: OURS, pathNot: `${IN_DATABASE_THREAD}|^(src|bench)/office/` },
      to: { path: '[.]db[.]ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sqlite-in-the-database-thread',
      comment: 'SQLite is opened in the database thread. The lock of a vault is a SQLite file without rows.',
      severity: 'error',
      from: { path: OURS, pathNot: `${IN_DATABASE_THREAD}|^src/core/vault/vault-lock[.]ts$|^packaging/` },
      to: { path: '^(node_modules/)?better-sqlite3', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-engine-imports-native',
      comment: 'The addon is loaded in the engine process, so that its crash costs one window and no key.',
      severity: 'error',
      from: { path: OURS, pathNot: '^(src/engine|native|bench|packaging)/' },
      to: { path: '^native/' },
    },
    {
      name: 'engine-imports-contract-and-native-only',
      comment: 'The engine process answers messages. It has no way to a key, the database or a source.',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: { path: OURS, pathNot: '^(src/(engine|contract|offline)|native)/' },
    },
    {
      name: 'shells-are-not-imported',
      comment:
        'main and cli compose the domain; nothing builds on them, but for main, which has a command-line mode.',
      severity: 'error',
      from: { path: OURS, pathNot: '^(src/main|src/cli|bench)/' },
      to: { path: '^src/(main|cli)/' },
    },
    {
      name: 'cli-free-of-main',
      comment: 'The command line runs without Electron.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/main/' },
    },
    {
      name: 'office-apart',
      comment:
        'The office edition is a program of its own for servers, and opens connections: nothing of the desktop app knows it.',
      severity: 'error',
      // Its benchmarks, specs and photographs start one on this machine.
      from: {
        path: OURS,
        pathNot: '^(src|bench)/office/|^bench/main[.]ts$|^e2e/(photographs/)?office-',
      },
      to: { path: '^src/office/' },
    },
    {
      name: 'office-builds-on-the-application',
      comment: 'The office edition is another shell around the application, beside those of the desktop.',
      severity: 'error',
      from: { path: '^src/office/', pathNot: `${TESTS}|^src/office/page/` },
      to: { path: OURS, pathNot: '^src/(office(?!/page)|app|core|contract|messages|offline)/' },
    },
    {
      name: 'office-page-in-the-browser',
      comment:
        'The page for browsers is drawn with the plain components of the window and its look; of the rest it knows what runs without Node.',
      severity: 'error',
      from: { path: '^src/office/page/', pathNot: TESTS },
      to: {
        path: OURS,
        pathNot:
          '^src/(office/(page|client|contract|sealing)|core/(export|vault)|contract|messages)/|^renderer/(components|lib|fonts)/|^renderer/app/theme[.]css$',
      },
    },
    {
      name: 'office-page-without-node',
      comment: 'It runs in browsers.',
      severity: 'error',
      from: { path: '^src/office/page/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'window-imports-contract-and-messages-only',
      comment: 'What runs beside or inside the window knows the rest by what crosses to it.',
      severity: 'error',
      from: { path: '^(src/preload|renderer)/' },
      to: { path: OURS, pathNot: '^($1|src/contract|src/messages)/' },
    },
    {
      name: 'window-without-program-texts',
      comment:
        'The window loads its own texts; those of dialogs, exports and the command line would only make it larger.',
      severity: 'error',
      from: { path: '^(src/preload|renderer)/' },
      to: { path: '^src/messages/program-texts[.]ts$' },
    },
    {
      name: 'renderer-without-node',
      comment: 'The sandboxed window has no Node.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'components-without-stores',
      comment: 'A component gets what it shows as properties, and what it needs of the app from contexts.',
      severity: 'error',
      from: { path: '^renderer/components/' },
      to: { path: '^renderer/', pathNot: '^renderer/(components|lib)/' },
    },
    {
      name: 'features-apart',
      comment: 'Features of the window share through components, stores and lib.',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'transcript-document-is-pure',
      comment: 'The model of a transcript is values and functions: no page, no bridge, no library.',
      severity: 'error',
      from: { path: '^renderer/features/transcript/document/', pathNot: TESTS },
      to: { pathNot: '^(renderer/features/transcript/document|src/contract)/' },
    },
    {
      name: 'transcript-machine-is-pure',
      comment:
        'What keeps a transcript in step is a function of states and events; `transcript-sync.ts` alone does what it says.',
      severity: 'error',
      from: {
        path: '^renderer/features/transcript/sync/',
        pathNot: `${TESTS}|/(transcript-sync|fetch-transcript|idle)[.]ts$`,
      },
      to: { pathNot: '^(renderer/features/transcript/(document|sync)|src/contract)/' },
    },
    {
      name: 'transcript-sync-knows-no-screen',
      comment: 'A transcript is kept in step with whatever shows it.',
      severity: 'error',
      from: { path: '^renderer/features/transcript/sync/' },
      to: { path: '^renderer/', pathNot: '^renderer/(features/transcript/(document|sync)|lib)/' },
    },
    {
      name: 'transcript-rooms-without-cycles',
      comment: 'Rooms of the transcript use each other in one direction.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^renderer/features/transcript/[^/]+$' },
      to: { path: '^renderer/features/transcript/[^/]+$', circular: true },
    },
    {
      name: 'transcript-rooms-below-the-screen',
      comment: 'The screen puts the rooms of the transcript together; none of them knows it.',
      severity: 'error',
      from: { path: '^renderer/features/transcript/[^/]+/' },
      to: { path: '^renderer/features/transcript/[^/]+[.](tsx?|css)$' },
    },
    {
      name: 'product-without-workshop',
      comment:
        'Benchmarks, end-to-end specs, checks, builds and the model downloader are not part of the product.',
      severity: 'error',
      from: { path: '^(src|renderer)/' },
      to: { path: '^(bench|e2e|checks|packaging|resources)/|^native/build[.]ts$' },
    },
    {
      name: 'whisper-packages-are-sources',
      comment:
        'smart-whisper and nodejs-whisper give the engine its sources; their JavaScript downloads models.',
      severity: 'error',
      from: { pathNot: '^(bench/|native/build)|^node_modules/' },
      to: { path: '^node_modules/(smart-whisper|nodejs-whisper)/' },
    },
    {
      name: 'product-without-development-packages',
      comment:
        'A packaged app holds no development dependency. Electron is what it runs on; the bundled ffmpeg is looked for, but not relied on. The office is not in it.',
      severity: 'error',
      from: { path: '^(src|renderer)/', pathNot: `${TESTS}|^src/office/` },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/(@ffmpeg-installer|electron)/',
      },
    },
    {
      name: 'imports-resolve',
      comment: 'An import that leads nowhere is one that no rule here can judge.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '^(native/build|out|out-e2e|dist)/|^out[.]' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'require', 'default'],
    },
  },
};
