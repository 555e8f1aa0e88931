import { agnhost } from './agnhost.ts';
import { nginx, welcomePage } from './nginx.ts';
import { node } from './node/node.ts';
import { pause } from './pause.ts';
import type { Binaries, Image } from './program.ts';
import { busybox } from './shell/utilities.ts';

type Recipe = Omit<Image, 'name'>;

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const base: Recipe = {
  bytes: 2_206_931,
  entrypoint: [],
  command: ['sh'],
  env: { PATH: path },
  workingDirectory: '/',
  stopSignal: 'SIGTERM',
  binaries: busybox,
  files: {},
};

/** Sin `wget` ni `nslookup`: lo que traen las imágenes basadas en Debian. */
const debian: Binaries = Object.fromEntries(
  Object.entries({ ...busybox, bash: busybox.sh as Binaries[string] }).filter(([name]) => name !== 'wget' && name !== 'nslookup'),
);

/** Versión que dice ser cada etiqueta de nginx. */
const nginxVersions: Readonly<Record<string, string>> = {
  latest: '1.31.0',
  mainline: '1.31.0',
  stable: '1.30.0',
  '1.31': '1.31.0',
  '1.31.0': '1.31.0',
  '1.30': '1.30.0',
  '1.30.0': '1.30.0',
  '1.29': '1.29.0',
  '1.29.0': '1.29.0',
  '1.28': '1.28.0',
  '1.28.0': '1.28.0',
  '1.27': '1.27.5',
  '1.27.0': '1.27.0',
  '1.27.5': '1.27.5',
  '1.16.1': '1.16.1',
  '1.14.2': '1.14.2',
};

/** Última menor publicada de cada Node que hay aquí. */
const nodeMinors: Readonly<Record<string, number>> = { '22': 23, '24': 21 };

const nginxImage = (version: string, isAlpine: boolean): Recipe => ({
  ...base,
  bytes: isAlpine ? 21_000_000 : 72_000_000,
  command: ['nginx', '-g', 'daemon off;'],
  env: { PATH: path, NGINX_VERSION: version },
  stopSignal: 'SIGQUIT',
  binaries: { ...(isAlpine ? busybox : debian), nginx: nginx(version) },
  files: { '/usr/share/nginx/html/index.html': welcomePage },
});

const recipes: Readonly<Record<string, (tag: string) => Recipe | undefined>> = {
  'docker.io/library/busybox': (tag) => (/^(latest|stable|1|1\.(28|3[5-7])(\.\d)?)(-(glibc|musl|uclibc))?$/.test(tag) ? base : undefined),
  'docker.io/library/alpine': (tag) => (/^(latest|3|3\.(19|2[0-3])(\.\d)?)$/.test(tag) ? { ...base, bytes: 3_802_452, command: ['/bin/sh'] } : undefined),
  'docker.io/library/nginx'(tag) {
    const [number = '', ...flavour] = tag.split('-');
    const version = nginxVersions[tag === 'alpine' ? 'latest' : number];
    const isAlpine = tag === 'alpine' || flavour.join('-') === 'alpine';
    if (!version || (flavour.length > 0 && !isAlpine)) return undefined;
    return nginxImage(version, isAlpine);
  },
  'docker.io/library/node'(tag) {
    const match = /^(22|24)(?:\.(\d+))?(?:\.(\d+))?(-alpine(?:3\.\d+)?|-slim|-bookworm(?:-slim)?|-trixie(?:-slim)?)?$/.exec(tag);
    const [, major = '', minor, patch, flavour = ''] = match ?? [];
    const last = nodeMinors[major];
    if (last === undefined || Number(minor ?? 0) > last || Number(patch ?? 0) > 9) return undefined;
    const version = `${major}.${minor ?? last}.${patch ?? 0}`;
    const isAlpine = flavour.startsWith('-alpine');
    return {
      ...base,
      bytes: isAlpine ? 57_000_000 : flavour.endsWith('-slim') ? 79_000_000 : 403_000_000,
      command: ['node'],
      env: { PATH: path, NODE_VERSION: version },
      binaries: { ...(isAlpine ? busybox : debian), node: node(version) },
    };
  },
  'registry.k8s.io/pause': (tag) =>
    /^3\.(9|10|10\.[12]|11)$/.test(tag) ? { ...base, bytes: 320_448, entrypoint: ['/pause'], command: [], binaries: { '/pause': pause } } : undefined,
  // Las de la batería de conformidad.
  'registry.k8s.io/e2e-test-images/busybox': (tag) => (tag === '1.37.0-2' ? base : undefined),
  'registry.k8s.io/e2e-test-images/nginx': (tag) => (/^1\.2[78]\.0-2$/.test(tag) ? nginxImage(tag.slice(0, -2), false) : undefined),
  'registry.k8s.io/e2e-test-images/agnhost': (tag) =>
    tag === '2.55' || tag === '2.66.1'
      ? {
          ...base,
          bytes: 53_000_000,
          entrypoint: ['/agnhost'],
          command: ['pause'],
          binaries: { ...busybox, bash: busybox.sh as Binaries[string], '/agnhost': agnhost },
          files: { '/localhost.crt': 'La maqueta no usa certificados.\n', '/localhost.key': 'La maqueta no usa certificados.\n' },
        }
      : undefined,
};

const known = new Map<string, Image | undefined>();

/** El programa de una imagen, o `undefined` si la maqueta no la tiene: para el kubelet, como si no existiera. */
export function findImage(reference: string): Image | undefined {
  const name = canonicalImage(reference);
  if (known.has(name)) return known.get(name);
  const colon = name.lastIndexOf(':');
  const recipe = recipes[name.slice(0, colon)]?.(name.slice(colon + 1));
  const image = recipe && { ...recipe, name };
  known.set(name, image);
  return image;
}

/** `nginx` → `docker.io/library/nginx:latest`. */
// Sigue a distribution/reference: normalize.go (ParseNormalizedNamed).
export function canonicalImage(reference: string): string {
  const [first = '', ...rest] = reference.split('/');
  const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const registry = isRegistry ? (first === 'index.docker.io' ? 'docker.io' : first) : 'docker.io';
  let path = isRegistry ? rest.join('/') : reference;
  if (registry === 'docker.io' && !path.includes('/')) path = `library/${path}`;
  return /[:@][^/]*$/.test(path) ? `${registry}/${path}` : `${registry}/${path}:latest`;
}
