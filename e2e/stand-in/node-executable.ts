/** The Node that the stand-in runs on. To be loaded before `process.execPath` names Electron, as it does there. */
export const NODE = process.execPath;
