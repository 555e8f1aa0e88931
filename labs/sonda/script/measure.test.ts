import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProbeResult } from '../../engine/probe-result.ts';
import { startMeasure } from './measure.ts';

describe('una medida mientras alguien cambia la hora de la máquina', () => {
  let server: Server;
  beforeEach(async () => {
    server = createServer((_, response) => response.end('{"pod":"web"}'));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    server.close();
  });

  it.each([
    ['una hora adelante', 3_600_000],
    ['una hora atrás', -3_600_000],
  ])('%s: ni una petición de más, ni un hueco, ni una latencia que no fue', async (_, jump) => {
    const target = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const result = await new Promise<ProbeResult>((end) => {
      const measure = startMeasure({ target, rate: 100, deadline: 30_000, connection: 'new', duration: 300 }, end);
      const wall = Date.now();
      setTimeout(() => {
        vi.spyOn(Date, 'now').mockReturnValue(wall + jump);
        measure.mark('salta');
      }, 100);
    });
    expect(result).toMatchObject({ state: 'done', elapsed: 300, requests: 30, succeeded: 30, longestGap: null });
    expect(result.marks[0]?.at).toBeGreaterThan(50);
    expect(result.marks[0]?.at).toBeLessThan(30_000);
    expect(result.latency.all?.max).toBeLessThan(30_000);
    expect(result.perSecond.requests).toEqual([30]);
  });
});
