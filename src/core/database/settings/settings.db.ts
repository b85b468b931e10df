import type { Connection, ReadableConnection } from '../connection.db.ts';

/** Reads settings that belong to the vault. */
export class SettingReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The value, unchecked, or null if it was never set. */
  get(key: string): unknown {
    const row = this.#connection.one<{ value: string }>('SELECT value FROM settings WHERE key = @key', {
      key,
    });
    return row === null ? null : (JSON.parse(row.value) as unknown);
  }
}

/** Reads and writes settings that belong to the vault. */
export class Settings extends SettingReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
  }

  /** Sets a value, which must be valid JSON. */
  set({ key, value }: { key: string; value: unknown }): void {
    writeSetting(this.#connection, key, value);
  }
}

/** Inserts or updates a setting; the only place that does. */
export function writeSetting(connection: Connection, key: string, value: unknown): void {
  connection.run(
    'INSERT INTO settings (key, value) VALUES (@key, @value) ON CONFLICT DO UPDATE SET value = excluded.value',
    { key, value: JSON.stringify(value) },
  );
}
