import { EventEmitter } from 'node:events';
import type { NotificationConstructorOptions } from 'electron';
import { namingMissing } from './missing.ts';

/** A notification that is not shown; a spec can emit its events. */
export class Notification extends EventEmitter {
  title: string;
  subtitle: string;
  body: string;
  silent: boolean;

  constructor(options: NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.subtitle = options.subtitle ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    // biome-ignore lint/correctness/noConstructorReturn: what is missing must be named.
    return namingMissing('Notification', this);
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    this.emit('show', {});
  }

  close(): void {
    this.emit('close', {});
  }
}
