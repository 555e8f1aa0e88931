import { describe, expect, it } from 'vitest';
import type { DaemonSet, Node, Taint } from '../schema/types.generated.ts';
import { controllerBench, workload } from './test-controllers.ts';

function start() {
  const bench = controllerBench();
  bench.create(workload('DaemonSet', 'web'));
  bench.clock.advance(10_000);
  const taint = (...taints: Taint[]) => {
    bench.edit<Node>('nodes', 'maqueta-nodo1', (node) => ({ ...node, spec: { ...node.spec, taints } }));
    bench.clock.advance(10_000);
  };
  const told = () => {
    const { desiredNumberScheduled, numberMisscheduled } = bench.get<DaemonSet>('apps/daemonsets', 'web')?.status ?? {};
    return `${desiredNumberScheduled} deseados, ${numberMisscheduled} de más, ${bench.pods('web').length} Pods`;
  };
  return { bench, taint, told };
}

describe('un DaemonSet y los cambios de sus nodos', () => {
  it('de un taint que deja quedarse a su Pod no se entera hasta que otra cosa lo despierta', () => {
    const { bench, taint, told } = start();
    expect(told()).toBe('3 deseados, 0 de más, 3 Pods');
    taint({ key: 'obras', effect: 'NoSchedule' });
    expect(told()).toBe('3 deseados, 0 de más, 3 Pods');
    bench.edit<DaemonSet>('apps/daemonsets', 'web', (set) => ({ ...set, metadata: { ...set.metadata, annotations: { ...set.metadata.annotations, a: 'b' } } }));
    bench.clock.advance(10_000);
    expect(told()).toBe('2 deseados, 1 de más, 3 Pods');
    taint();
    expect(told()).toBe('3 deseados, 0 de más, 3 Pods');
  });

  it('de un taint que echa a su Pod se entera al momento, y al quitarlo lo repone', () => {
    const { taint, told } = start();
    taint({ key: 'obras', effect: 'NoExecute' });
    expect(told()).toBe('2 deseados, 0 de más, 2 Pods');
    taint();
    expect(told()).toBe('3 deseados, 0 de más, 3 Pods');
  });

  it('de que se borre un nodo se entera por el Pod que se lleva', () => {
    const { bench, told } = start();
    bench.machines.powerOff('maqueta-nodo1');
    bench.delete('nodes', 'maqueta-nodo1');
    bench.clock.advance(10_000);
    expect(told()).toBe('3 deseados, 0 de más, 3 Pods');
    bench.clock.advance(70_000);
    expect(told()).toBe('2 deseados, 0 de más, 2 Pods');
    bench.machines.powerOn('maqueta-nodo1');
    bench.clock.advance(10_000);
    expect(told()).toBe('3 deseados, 0 de más, 3 Pods');
  });
});
