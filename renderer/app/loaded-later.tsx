import { type ComponentType, use } from 'react';

/** A component whose code is loaded apart from the window's first. */
export interface LaterComponent<Props> {
  /** Draws it at once where its code is there, else suspends until it is. */
  readonly Component: ComponentType<Props>;
  /** Loads the code, once; a failure is told where the component is drawn. */
  readonly load: () => void;
}

/** Makes a component of code that `fetch` imports. Loaded beforehand it is drawn in the very frame that asks for it. */
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

/** Loads these one after the other, whenever the window has nothing else to do. */
export function loadWhenIdle(components: readonly Pick<LaterComponent<never>, 'load'>[]): void {
  const [next, ...rest] = components;
  if (next === undefined) return;
  requestIdleCallback(() => {
    next.load();
    loadWhenIdle(rest);
  });
}
