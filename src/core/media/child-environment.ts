/** The only environment a child gets; Windows programs do not start without SystemRoot. */
export function childEnvironment(): NodeJS.ProcessEnv {
  const root = process.env.SystemRoot;
  return process.platform === 'win32' && root !== undefined ? { SystemRoot: root } : {};
}
