import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OfficeAudit } from './office-audit.db.ts';
import { type OfficeDatabase, openOfficeDatabase } from './office-database.db.ts';

const key = randomBytes(32);

let folder: string;
let database: OfficeDatabase;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'office-audit-'));
  database = openOfficeDatabase(join(folder, 'office.db'), key);
  for (const tenantId of ['court', 'clinic', 'court', 'court']) append(tenantId);
});

afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

function append(tenantId: string): void {
  const detail = { actor: 'operator' };
  database.audit.append({ tenantId, atMs: 1, action: 'tenant.changed', subjectId: null, detail });
}

/** Changes what the database itself keeps from being changed. */
function alter(sql: string): void {
  database.connection.run('DROP TRIGGER office_audit_is_unchanged');
  database.connection.run('DROP TRIGGER office_audit_is_kept');
  database.connection.run(sql);
}

test('each tenant has a log of its own, without gaps, that is sound', () => {
  expect(database.audit.page('court', 0, 10).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  expect(database.audit.page('clinic', 0, 10)).toHaveLength(1);
  const head = database.audit.end('court');
  append('court');
  expect(database.audit.verify('court', head)).toEqual([]);
  expect(database.audit.verify('clinic')).toEqual([]);
});

test.each(["UPDATE office_audit SET action = 'signIn'", 'DELETE FROM office_audit'])('refuses %s', (sql) => {
  expect(() => database.connection.run(sql)).toThrow('append only');
});

test('an entry that was changed, left out, or taken from another tenant’s log is found', () => {
  alter("UPDATE office_audit SET detail = '{}' WHERE tenant_id = 'court' AND sequence = 2");
  expect(database.audit.verify('court')).toEqual([{ kind: 'altered', sequence: 2, toSequence: 2 }]);
  database.connection.run("DELETE FROM office_audit WHERE tenant_id = 'court' AND sequence = 2");
  expect(database.audit.verify('court')).toEqual([{ kind: 'missing', sequence: 2, toSequence: 2 }]);
  database.connection.run("DELETE FROM office_audit WHERE tenant_id = 'clinic'");
  database.connection.run(
    "UPDATE office_audit SET tenant_id = 'clinic' WHERE tenant_id = 'court' AND sequence = 1",
  );
  expect(database.audit.verify('clinic')[0]?.kind).toBe('altered');
});

test('a log that was cut off is found by a head that somebody kept, and by nothing else', () => {
  const head = database.audit.end('court');
  alter("DELETE FROM office_audit WHERE tenant_id = 'court' AND sequence = 3");
  expect(database.audit.verify('court')).toEqual([]);
  expect(database.audit.verify('court', head)).toEqual([{ kind: 'rolledBack', sequence: 2, toSequence: 3 }]);
});

test('without the office’s key no entry passes', () => {
  const forged = new OfficeAudit(database.connection, randomBytes(32));
  expect(forged.verify('court').map(({ kind }) => kind)).toEqual(['altered', 'altered', 'altered']);
});
