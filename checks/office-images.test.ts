import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { importedPackages, type LockedPackages, neededFolders } from '../packaging/office-packages.ts';
import { REPOSITORY } from './dependency-graph.ts';

// Images cannot be built or run here. What can be known of their files without that is looked at.

const text = (file: string) => readFileSync(join(REPOSITORY, file), 'utf8');

const MANIFESTS = 'resources/office/kubernetes';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly securityContext?: unknown;
  readonly resources?: { readonly limits?: Readonly<Record<string, string>> };
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: each kind has another, which its schema checks.
  readonly spec?: any;
}

const files = globSync(`${MANIFESTS}/*.yaml`, { cwd: REPOSITORY }).filter(
  (file) => !file.includes('kustomization'),
);
const manifests = files.flatMap((file) =>
  parseAllDocuments(text(file)).map((document) => document.toJS({ merge: true }) as Manifest),
);
const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);

/** The schema of a manifest's kind, as Kubernetes and KEDA publish them. */
async function checked(manifest: Manifest): Promise<void> {
  const [group = '', version = ''] = manifest.apiVersion.includes('/')
    ? manifest.apiVersion.split('/')
    : ['', manifest.apiVersion];
  const models = await (group === 'keda.sh'
    ? import('@kubernetes-models/keda/keda.sh/v1alpha1')
    : import(['kubernetes-models', group, version].filter((part) => part !== '').join('/')));
  new models[manifest.kind](manifest).validate();
}

/** Settings that the office's programs know. */
const knownSettings = new Set(
  globSync('src/office/program/*.ts', { cwd: REPOSITORY }).flatMap((file) =>
    [...text(file).matchAll(/\b(OFFICE_[A-Z0-9_]+): /g)].map(([, name]) => name ?? ''),
  ),
);

describe('the manifests for Kubernetes', () => {
  it.each(manifests.map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest] as const))(
    'have the form of their kind: %s',
    async (_, manifest) => {
      await checked(manifest);
      if (manifest.spec !== undefined) await expect(checked({ ...manifest, spec: [] })).rejects.toThrow();
    },
  );

  it('are all applied', () => {
    const { resources } = parse(text(`${MANIFESTS}/kustomization.yaml`)) as { resources: string[] };
    expect(resources.map((name) => `${MANIFESTS}/${name}`).sort()).toEqual(files.toSorted());
  });

  const pods = ofKind('Deployment').map(({ spec }) => spec.template.spec);
  const containers: Container[] = pods.flatMap((pod) => [...(pod.initContainers ?? []), ...pod.containers]);

  it('give no container more rights than it needs', () => {
    expect(containers.map(({ name }) => name)).toEqual(['bucket', 'gateway', 'worker']);
    for (const pod of pods) {
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
    }
    for (const container of containers) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources?.limits).toHaveProperty('memory');
    }
  });

  it('let nothing out but to pods of the office and to the names of the cluster', () => {
    const policies = ofKind('NetworkPolicy').map(({ metadata, spec }) => ({ name: metadata.name, spec }));
    expect(policies.find(({ name }) => name === 'nothing')?.spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
    const ways = policies.flatMap(({ spec }) => (spec.egress ?? []) as { to: Record<string, never>[] }[]);
    const to = ways.flatMap((way) => way.to);
    expect(ways.every((way) => way.to.length > 0)).toBe(true);
    const apps = to.map((peer) => JSON.stringify(peer));
    expect([...new Set(apps)].sort()).toEqual(
      [
        ...['gateway', 'redis', 'store'].map((app) => ({ podSelector: { matchLabels: { app } } })),
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
          podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        },
      ]
        .map((peer) => JSON.stringify(peer))
        .sort(),
    );
  });

  it('scale workers by what the gateway tells, within the same limits', () => {
    const [scaled] = ofKind('ScaledObject');
    const gateway = containers.find(({ name }) => name === 'gateway');
    const setting = (name: string) => Number(gateway?.env?.find((entry) => entry.name === name)?.value);
    expect(scaled?.spec.minReplicaCount).toBe(setting('OFFICE_WORKERS_MIN'));
    expect(scaled?.spec.maxReplicaCount).toBe(setting('OFFICE_WORKERS_MAX'));
    const { url, valueLocation, targetValue } = scaled?.spec.triggers[0].metadata ?? {};
    expect(targetValue).toBe('1');
    expect(text('src/office/contract/scaling-api.ts')).toContain(` ${valueLocation}: z.number()`);
    expect(text('src/office/gateway/scaling-routes.ts')).toContain(`url: '${new URL(url).pathname}'`);
    // A number in the deployment would set the workers back whenever it is applied.
    expect(ofKind('Deployment').find(({ metadata }) => metadata.name === 'worker')?.spec).not.toHaveProperty(
      'replicas',
    );
  });

  it('set what the programs know', () => {
    const names = containers.flatMap(({ env }) => (env ?? []).map(({ name }) => name));
    const shared = Object.keys(ofKind('ConfigMap')[0]?.data ?? {});
    expect(names.length).toBeGreaterThan(10);
    expect([...names, ...shared].filter((name) => !knownSettings.has(name))).toEqual([]);
  });
});

describe('compose.yaml', () => {
  interface Service {
    readonly build?: string;
    readonly image: string;
    readonly read_only?: boolean;
    readonly cap_drop?: string[];
    readonly environment?: Record<string, string>;
    readonly ports?: string[];
    readonly depends_on?: Record<string, unknown> | string[];
    readonly networks?: string[];
    readonly command?: string[];
    readonly volumes?: string[];
  }
  const compose = parse(text('compose.yaml'), { merge: true }) as {
    services: Record<string, Service>;
    volumes: object;
    networks: object;
  };
  const services = Object.entries(compose.services);

  it('runs the office read-only and without rights, and is reached from this machine alone', () => {
    const own = services.filter(([, { build }]) => build !== undefined);
    expect(own.map(([name]) => name)).toEqual(['setup', 'bucket', 'gateway', 'worker']);
    for (const [, service] of own) expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    for (const [, { ports = [] }] of services) {
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
    expect(compose.services.worker?.networks).toEqual(['inside']);
    expect(compose.networks).toMatchObject({ inside: { internal: true } });
  });

  it('has Prometheus read the ports on which the programs tell their metrics', () => {
    const { scrape_configs } = parse(text('resources/office/compose/prometheus.yml')) as {
      scrape_configs: {
        static_configs?: { targets: string[] }[];
        dns_sd_configs?: { names: string[]; port: number }[];
      }[];
    };
    const targets = scrape_configs.flatMap(({ static_configs = [], dns_sd_configs = [] }) => [
      ...static_configs.flatMap(({ targets }) => targets),
      ...dns_sd_configs.flatMap(({ names, port }) => names.map((name) => `${name}:${port}`)),
    ]);
    const settings = text('src/office/program/office-settings.ts');
    const usual = (name: string) => new RegExp(`${name}: port.default\\((\\d+)\\)`).exec(settings)?.[1];
    expect(targets).toEqual([
      `gateway:${usual('OFFICE_METRICS_PORT')}`,
      `worker:${usual('OFFICE_HEALTH_PORT')}`,
    ]);
    for (const name of ['prometheus', 'grafana'])
      expect(compose.services[name]).toMatchObject({ profiles: ['watch'] });
  });

  it('names only what there is, and sets what the programs know', () => {
    for (const [
      name,
      { depends_on: before = {}, networks = [], volumes = [], environment = {} },
    ] of services) {
      for (const other of Array.isArray(before) ? before : Object.keys(before))
        expect(compose.services, name).toHaveProperty(other);
      for (const network of networks) expect(compose.networks, name).toHaveProperty(network);
      for (const volume of volumes.filter((volume) => !volume.startsWith('.'))) {
        expect(compose.volumes, name).toHaveProperty(volume.split(':')[0] ?? '');
      }
      for (const volume of volumes.filter((volume) => volume.startsWith('.'))) {
        const file = join(REPOSITORY, volume.split(':')[0] ?? '');
        expect(statSync(file, { throwIfNoEntry: false }), volume).toBeDefined();
      }
      const settings = Object.keys(environment).filter((variable) => variable.startsWith('OFFICE_'));
      expect(settings.filter((variable) => !knownSettings.has(variable))).toEqual([]);
    }
    expect(compose.services.redis?.command?.join(' ')).toContain(
      '--appendonly yes --maxmemory-policy noeviction',
    );
  });
});

describe('the image', () => {
  const dockerfile = text('Dockerfile');

  it('is described without faults, ends without root, and copies what there is', () => {
    expect(validate(dockerfile).map(({ message }) => message)).toEqual([]);
    expect(validate('FROM a\nRUNN b').map(({ message }) => message)).toHaveLength(1);
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    expect(last).toMatch(/\nUSER [1-9]\d*:[1-9]\d*\n/);
    const joined = dockerfile.replaceAll(/\\\n/g, ' ');
    const copied = [...joined.matchAll(/^COPY (?!--)(.+)$/gm)].flatMap(([, line = '']) =>
      line.split(/\s+/).slice(0, -1),
    );
    expect(copied.length).toBeGreaterThan(8);
    for (const source of copied)
      expect(statSync(join(REPOSITORY, source), { throwIfNoEntry: false }), source).toBeDefined();
  });

  it('holds the packages that the office imports with all that they need, and no other', () => {
    const { packages } = JSON.parse(text('package-lock.json')) as { packages: LockedPackages };
    const imported = importedPackages();
    const needed = neededFolders(packages, imported);
    for (const name of [
      'bullmq',
      'fastify',
      '@aws-sdk/client-s3',
      'better-sqlite3',
      'onnxruntime-node',
      'commander',
    ]) {
      expect(imported).toContain(name);
      expect(needed).toContain(`node_modules/${name}`);
    }
    // What those need, and the older version that one of them brings along.
    expect(needed).toContain('node_modules/onnxruntime-common');
    expect([...needed].some((folder) => folder.split('node_modules/').length > 2)).toBe(true);
    for (const name of [
      'electron',
      'vite',
      'react',
      'typescript',
      'vitest',
      '@20minutes/s3rver',
      'playwright-core',
    ]) {
      expect(needed).not.toContain(`node_modules/${name}`);
    }
    expect(() => neededFolders(packages, ['not-there'])).toThrow('not-there');
  });
});
