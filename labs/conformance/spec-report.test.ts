import { describe, expect, it } from 'vitest';
import { plannedTests, resultOf } from './spec-report.ts';
import { ginkgoReport } from './testing/ginkgo-report.ts';

const name = '[sig-apps] Deployment should run the lifecycle of a Deployment [Conformance]';

describe('el informe de ginkgo', () => {
  it('un ensayo dice qué pruebas correrían, sin las que salta el filtro ni los preparativos', () => {
    const report = ginkgoReport([
      { name, state: 'passed' },
      { name: '[sig-apps] Job should run', state: 'skipped' },
      { name: '[sig-apps] Deployment deployment should support rollover [Conformance]', state: 'passed' },
    ]);
    expect(plannedTests(report)).toEqual([name, '[sig-apps] Deployment deployment should support rollover [Conformance]']);
    expect(plannedTests('[]')).toEqual([]);
  });

  it('la que pasa lleva sus segundos con un decimal', () => {
    expect(resultOf(name, ginkgoReport([{ name, state: 'passed', seconds: 11.94 }]), 240)).toEqual({ name, passes: true, seconds: 11.9 });
  });

  it('la que falla dice por qué', () => {
    const report = ginkgoReport([{ name, state: 'failed', seconds: 0.1, message: 'Pod "test-pod" is invalid: spec.containers[0].ports[0].hostPort' }]);
    expect(resultOf(name, report, 240)).toEqual({ name, passes: false, why: 'Pod "test-pod" is invalid: spec.containers[0].ports[0].hostPort', seconds: 0.1 });
  });

  it('a la que se le acaba el tiempo le vale lo último que dijo antes, no lo que vuelca después', () => {
    const before = 'I1121 08:35:46.442452    9144 deployment.go:223] el título: la revisión no está\nI1121 08:36:31.61';
    const report = ginkgoReport([
      {
        name,
        state: 'timedout',
        seconds: 305,
        message: 'A suite timeout occurred',
        output: `${before}5555   10393 dump.go:116] kubelet events\n`,
        written: Buffer.byteLength(before),
      },
    ]);
    expect(resultOf(name, report, 240)).toEqual({
      name,
      passes: false,
      why: 'No acaba en 240 s. Lo último que dijo: el título: la revisión no está',
      seconds: 305,
    });
    const silent = ginkgoReport([{ name, state: 'timedout', seconds: 240, message: 'A suite timeout occurred' }]);
    expect(resultOf(name, silent, 240)?.why).toBe('No acaba en 240 s.');
  });

  it('si fallan los preparativos, ninguna llega a empezar', () => {
    const report = ginkgoReport([
      { name: '', type: 'SynchronizedBeforeSuite', state: 'failed', seconds: 1.26, message: 'dial tcp 127.0.0.1:1: connect: connection refused' },
      { name, state: 'skipped' },
    ]);
    expect(resultOf(name, report, 240)).toEqual({
      name,
      passes: false,
      why: 'No llega a empezar: dial tcp 127.0.0.1:1: connect: connection refused',
      seconds: 1.3,
    });
  });

  it('si no dice nada de ella, nada se inventa', () => {
    expect(resultOf(name, '[]', 240)).toBeUndefined();
    expect(resultOf(name, ginkgoReport([{ name, state: 'skipped' }]), 240)).toBeUndefined();
  });
});
