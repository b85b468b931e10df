import type { Page } from '@playwright/test';
import type { RunningApp } from '../running-app.ts';

/** What every page object knows: the app, and the page that its window shows at the moment. */
export abstract class AppPage {
  protected readonly app: RunningApp;

  constructor(app: RunningApp) {
    this.app = app;
  }

  /** Another window may have taken the first one's place. */
  protected get page(): Page {
    return this.app.page;
  }
}
