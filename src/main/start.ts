/** Entry of the packaged program, before any window code: runs a command, or the window. */
import '../offline/offline.ts';
import { app } from 'electron';
import { refusedArgument } from '../app/window/refused-argument.ts';
import { typedCommand } from '../app/window/typed-command.ts';

const refused = refusedArgument(app.isPackaged, process.argv);
if (refused !== null) {
  process.stderr.write(`VoiceSync does not start with ${refused}: it would switch its own protection off.\n`);
  app.exit(2);
}
const command = typedCommand(process.argv, process.cwd(), app.isPackaged ? null : app.getAppPath());
// Awaited: Electron is ready only after this module has been loaded, and the window's has settings to make before that.
if (command === null) await import('./main.ts');
else await (await import('./command-mode.ts')).startCommand(command);
