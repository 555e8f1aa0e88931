import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Api, Manifest } from './api.ts';

const folder = path.join(import.meta.dirname, '../addons');
const files = ['coredns', 'local-path', 'metrics-server', 'balanceador'];

/**
 * Los Deployments que hay que esperar para dar el clúster por bueno. metrics-server tarda 20 s y no bloquea a nadie; al
 * balanceador lo espera quien pida un LoadBalancer.
 */
export const awaitedDeployments = ['coredns', 'local-path-provisioner'] as const;

export async function readAddons(): Promise<Manifest[]> {
  const texts = await Promise.all(files.map((name) => readFile(path.join(folder, `${name}.yaml`), 'utf8')));
  return texts.flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as Manifest));
}

/** Pide que el espacio de nombres kube-system ya exista. */
export async function applyAddons(api: Api): Promise<void> {
  for (const manifest of await readAddons()) await api.apply(manifest);
}
