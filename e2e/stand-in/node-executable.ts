/** The Node that the stand-in runs on. To be loaded before `process.execPath` is set to Electron, as it is there. */
export const NODE = process.execPath;
