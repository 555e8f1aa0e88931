import { expect, test } from 'vitest';
import { validateHostPorts, withHostNetworkPorts } from './host-ports.ts';

const container = (...ports: { containerPort: number; hostPort?: number; hostIP?: string; protocol?: 'TCP' | 'UDP' }[]) => ({
  name: 'app',
  image: 'nginx',
  ports,
});
const errorsOf = (spec: Parameters<typeof validateHostPorts>[0]) => validateHostPorts(spec, 'spec');

test('dos contenedores no pueden pedir el mismo puerto del nodo', () => {
  const twice = { containers: [container({ containerPort: 80, hostPort: 8080 }), container({ containerPort: 81, hostPort: 8080 })] };
  expect(errorsOf(twice)).toMatchObject([{ field: 'spec.containers[1].ports[0].hostPort', message: expect.stringContaining('TCP//8080') }]);
  const apart = { containers: [container({ containerPort: 80, hostPort: 8080 }, { containerPort: 80, hostPort: 8080, protocol: 'UDP' })] };
  expect(errorsOf(apart)).toEqual([]);
});

test('un puerto que no existe se rechaza', () => {
  expect(errorsOf({ containers: [container({ containerPort: 80, hostPort: 70000 })] })).toMatchObject([{ field: 'spec.containers[0].ports[0].hostPort' }]);
});

test('en la red del nodo, el puerto es el del contenedor, y no puede ser otro', () => {
  expect(withHostNetworkPorts(container({ containerPort: 80 })).ports).toEqual([{ containerPort: 80, hostPort: 80 }]);
  expect(errorsOf({ hostNetwork: true, containers: [container({ containerPort: 80, hostPort: 8080 })] })).toMatchObject([
    { field: 'spec.containers[0].ports[0].hostPort', message: 'Invalid value: 8080: must match `containerPort` when `hostNetwork` is true' },
  ]);
});
