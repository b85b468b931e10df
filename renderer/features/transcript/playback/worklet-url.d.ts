/** The address of a module that is built on its own, for an AudioWorklet. */
declare module '*.worklet.ts?worker&url' {
  const url: string;
  export default url;
}
