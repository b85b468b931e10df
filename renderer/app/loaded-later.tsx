import { type ComponentType, use } from 'react';

/** A component whose code is not in the window's initial bundle. */
export interface LaterComponent<Props> {
  /** Renders at once if its code is loaded, else suspends. */
  readonly Component: ComponentType<Props>;
  /** Loads the code, once; a failure is thrown on rendering. */
  readonly load: () => void;
}

/** Makes a component of code that `fetch` imports. If preloaded, it is drawn in the frame that requests it. */
export function loadedLater<Props extends object>(
  fetch: () => Promise<ComponentType<Props>>,
): LaterComponent<Props> {
  let Loaded: ComponentType<Props> | null = null;
  let loading: Promise<ComponentType<Props>> | null = null;
  const start = () => {
    loading ??= fetch().then((component) => {
      Loaded = component;
      return component;
    });
    return loading;
  };
  function Component(props: Props) {
    const Shown = Loaded ?? use(start());
    return <Shown {...props} />;
  }
  return { Component, load: () => void start().catch(() => undefined) };
}

/** Loads these one after the other when the window is idle. */
export function loadWhenIdle(components: readonly Pick<LaterComponent<never>, 'load'>[]): void {
  const [next, ...rest] = components;
  if (next === undefined) return;
  requestIdleCallback(() => {
    next.load();
    loadWhenIdle(rest);
  });
}
