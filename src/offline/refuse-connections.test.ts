import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EgressEnd, PROCESS_WAYS, type ProcessWay } from '../contract/egress.ts';
import { Listener } from './listener.ts';

let listener: Listener;
beforeAll(async () => {
  listener = await Listener.open();
});
afterAll(() => listener.close());

/** What a process of its own prints that runs this module. */
async function said(code: string): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const chunk of child.stdout) text += chunk;
  return text;
}

/** Tries every way in a process of its own, and tells how each ended and how much arrived in all. */
async function tryAll(isGuarded: boolean) {
  const before = listener.arrived;
  const code = `
    ${isGuarded ? `await import(${JSON.stringify(new URL('./offline.ts', import.meta.url).href)});` : ''}
    const { attemptAll } = await import(${JSON.stringify(new URL('./attempts.ts', import.meta.url).href)});
    console.log(JSON.stringify(await attemptAll(${JSON.stringify(listener.target)})));
    process.exit(0);`;
  return {
    ends: JSON.parse(await said(code)) as Record<ProcessWay, EgressEnd>,
    arrived: listener.arrived - before,
  };
}

describe('a process that opens no connections', () => {
  it('refuses each way, and nothing arrives', async () => {
    const { ends, arrived } = await tryAll(true);
    // The event of a failed WebSocket names no reason.
    const { nodeWebSocket, ...others } = ends;
    expect(nodeWebSocket.how).toBe('error');
    const blocked = { how: 'blocked', detail: 'ConnectionRefused' };
    for (const [way, end] of Object.entries(others)) expect([way, end]).toEqual([way, blocked]);
    expect(arrived).toBe(0);
  });

  it('would otherwise reach the listener by each of them', async () => {
    const { ends, arrived } = await tryAll(false);
    expect(PROCESS_WAYS.filter((way) => ends[way].how === 'blocked')).toEqual([]);
    // All but the name that this computer knows by itself, and the one that listens.
    expect(arrived).toBeGreaterThanOrEqual(PROCESS_WAYS.length - 2);
    for (const way of ['dnsLookup', 'listen'] as const) expect(ends[way].how).toBe('nothing');
  });

  it('can still open the listener of a self-test', async () => {
    const code = `
      await import(${JSON.stringify(new URL('./offline.ts', import.meta.url).href)});
      const { Listener } = await import(${JSON.stringify(new URL('./listener.ts', import.meta.url).href)});
      const { target } = await Listener.open();
      console.log(JSON.stringify(target)); process.exit(0);`;
    expect(JSON.parse(await said(code))).toEqual({
      tcpPort: expect.any(Number),
      udpPort: expect.any(Number),
    });
  });

  it('keeps local sockets', async () => {
    const code = `
      await import(${JSON.stringify(new URL('./offline.ts', import.meta.url).href)});
      const { createServer, connect } = await import('node:net');
      const path = process.platform === 'win32' ? '\\\\\\\\.\\\\pipe\\\\vs-' + process.pid : '/tmp/vs-' + process.pid + '.sock';
      const server = createServer((socket) => socket.end('heard')).listen(path, () => connect({ path }).on('data', (data) => {
        console.log(String(data)); process.exit(0); }));`;
    expect((await said(code)).trim()).toBe('heard');
  });
});
