// cspell:ignore bcdfghjklmnpqrstvwxz bpvc
import type { KindName } from './kinds.ts';
import type { Seen } from './observe.ts';
import type { Raw } from './site.ts';

/** Lo que este clúster llama a su manera y la traza no debe contar. */
export interface Surroundings {
  namespace: string;
  nodes: readonly string[];
  /** Nodos que el escenario nombra: `a` → su nombre aquí. */
  roles: Readonly<Record<string, string>>;
  storageClass: string;
  provisioner: string;
}

export interface Names {
  /** El texto sin nada que cambie de una ejecución a otra. */
  text(text: string): string;
  /** Lleva un sufijo al azar: sus iguales no se distinguen. */
  isAnonymous(name: string): boolean;
}

/** Las letras de Kubernetes para sufijos y huellas, sin vocales. Sigue a kubernetes: apimachinery/pkg/util/rand/rand.go. */
const letters = '[bcdfghjklmnpqrstvwxz2456789]';
const suffix = '<sufijo>';

/**
 * Reglas de forma, en orden, después de los nombres conocidos. Solo se borra lo que tiene la forma debida: una huella con otro
 * aspecto se queda en la traza y se ve.
 */
export const shapeRules: readonly { name: string; pattern: RegExp; replacement: string }[] = [
  { name: 'volumen aprovisionado', pattern: /\bpvc-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, replacement: 'pvc-<uid>' },
  { name: 'UID', pattern: /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, replacement: '<uid>' },
  { name: 'instante', pattern: /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, replacement: '<instante>' },
  { name: 'IP', pattern: /\b(?:\d{1,3}\.){3}\d{1,3}\b/g, replacement: '<ip>' },
  { name: 'puerto de nodo', pattern: /(?<=:)3[0-2]\d{3}(?=\/TCP)/g, replacement: '<puerto>' },
  { name: 'volumen de la cuenta', pattern: new RegExp(`\\bkube-api-access-${letters}{5}\\b`, 'g'), replacement: `kube-api-access-${suffix}` },
  // Sin registro, lo que se lee es el fallo de la red de cada sitio.
  {
    name: 'respuesta del registro',
    pattern: /\bfailed to resolve (?:image|reference)\b.*?(?:connection refused|no such host|i\/o timeout|authorization failed)/g,
    replacement: '<lo que dice el registro>',
  },
  { name: 'aprovisionador', pattern: /<aprovisionador>_\S+/g, replacement: '<aprovisionador>' },
  { name: 'identificador de contenedor', pattern: /\b(containerd|maqueta):\/\/[0-9a-f]{64}\b/g, replacement: '<contenedor>' },
  { name: 'huella larga', pattern: /\b[0-9a-f]{64}\b/g, replacement: '<huella>' },
];

export function createNames(log: readonly Seen[], { namespace, nodes, roles, storageClass, provisioner }: Surroundings): Names {
  const known = new Map<string, string>([
    [namespace, '<espacio>'],
    ...nodes.map((node): [string, string] => [node, '<nodo>']),
    ...Object.entries(roles).map(([role, node]): [string, string] => [node, `<nodo ${role}>`]),
    [storageClass, '<clase>'],
    [provisioner, '<aprovisionador>'],
  ]);
  numberHashes(log, 'ReplicaSet', 'plantilla', known);
  numberHashes(log, 'ControllerRevision', 'revisión', known);
  for (const { type, object } of log) {
    const { name, generateName } = object.metadata;
    if (type !== 'ADDED' || known.has(name) || !generateName) continue;
    if (new RegExp(`^${literally(generateName)}${letters}{5}$`).test(name)) known.set(name, `${generateName}${suffix}`);
  }
  const literals = [...known.keys()].filter(Boolean).sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`(?<![a-zA-Z0-9])(?:${literals.map(literally).join('|')})(?![a-zA-Z0-9])`, 'g');
  // Un nombre puede llevar otro dentro: `web-<huella>-` es el principio de los de sus Pods.
  const replaceKnown = (text: string) => text.replace(pattern, (found) => known.get(found) ?? found);
  for (const [name, alias] of known) known.set(name, replaceKnown(alias));

  return {
    text: (text) => shapeRules.reduce((result, rule) => result.replace(rule.pattern, rule.replacement), replaceKnown(text)),
    isAnonymous: (name) => name.includes(suffix) || name.includes('<uid>'),
  };
}

/** Dónde va la huella suelta, sin el nombre delante. */
const hashLabels: Partial<Record<KindName, readonly string[]>> = {
  ReplicaSet: ['pod-template-hash'],
  ControllerRevision: ['controller-revision-hash', 'controller.kubernetes.io/hash'],
};

/** `web-6d5f7c9b8f` pasa a `web-<plantilla 1>`: numeradas por orden de aparición dentro de su dueño. */
function numberHashes(log: readonly Seen[], kind: KindName, word: string, known: Map<string, string>): void {
  const counts = new Map<string, number>();
  for (const seen of log) {
    if (seen.kind !== kind || seen.type !== 'ADDED' || known.has(seen.object.metadata.name)) continue;
    const owner = seen.object.metadata.ownerReferences?.find((one: Raw) => one.controller)?.name;
    const { name } = seen.object.metadata;
    const hash = name.slice(String(owner).length + 1);
    if (!owner || !name.startsWith(`${owner}-`) || !new RegExp(`^${letters}{1,10}$`).test(hash)) continue;
    const number = (counts.get(owner) ?? 0) + 1;
    counts.set(owner, number);
    known.set(name, `${owner}-<${word} ${number}>`);
    for (const label of hashLabels[kind] ?? []) for (const join of ['=', '":"']) known.set(`${label}${join}${hash}`, `${label}${join}<${word} ${number}>`);
  }
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
