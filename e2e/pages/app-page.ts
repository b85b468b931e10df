import type { Page } from '@playwright/test';
import type { RunningApp } from '../running-app.ts';

/** The base of page objects: the app, and its window's current page. */
export abstract class AppPage {
  protected readonly app: RunningApp;

  constructor(app: RunningApp) {
    this.app = app;
  }

  /** Another window may have replaced the first one. */
  protected get page(): Page {
    return this.app.page;
  }
}
