import { defaultPath, type Recipe } from '../recipe.ts';
import { localhostPair } from './localhost-pair.ts';
import { accounts, busyboxLayers } from './small-base.ts';

const { certificate, key } = localhostPair();
const inImage = accounts({ name: 'user-defined-in-image', id: 1000, home: '/tmp' });

/**
 * El comodín de la batería de conformidad, con sus dos versiones sobre el mismo binario.
 * Imita: `/agnhost` y su copia `/agnhost-2`, /localhost.crt y /localhost.key, /uploads, el usuario que sus pruebas buscan.
 * Difiere: sin dig, iperf, socat ni el CoreDNS viejo que usan las pruebas de red, que no se pasan aquí.
 */
export const agnhost: Recipe = {
  names: ['registry.k8s.io/e2e-test-images/agnhost:2.66.1', 'registry.k8s.io/e2e-test-images/agnhost:2.55'],
  layers: [
    ...busyboxLayers,
    {
      kind: 'files',
      entries: {
        ...inImage,
        '/localhost.crt': { text: certificate },
        '/localhost.key': { text: key },
        '/uploads': { folder: true },
        '/agnhost-2': { link: 'agnhost' },
      },
    },
    { kind: 'binary', binary: 'agnhost', path: '/agnhost' },
  ],
  config: {
    Env: [defaultPath],
    Entrypoint: ['/agnhost'],
    Cmd: ['pause'],
    ExposedPorts: ['80/tcp', '5000/tcp', '8080/tcp', '8081/tcp', '9376/tcp'],
  },
  from: ({ agnhost: version, 'busybox-static': busybox }) => `agnhost ${version}, compilado de k8s.io/kubernetes, sobre busybox ${busybox} de Debian`,
};
