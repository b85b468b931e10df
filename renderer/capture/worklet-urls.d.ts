/** A module that Vite bundles for a thread of its own; its default export is the URL. */
declare module '*.worklet.ts?worker&url' {
  const url: string;
  export default url;
}
