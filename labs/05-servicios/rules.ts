import type { Check } from '../engine/check.ts';
import { satisfies } from '../engine/checks.ts';
import { sorted } from './client.ts';

/**
 * A dónde manda un nodo lo que llega a un Service, leído en `nft list table ip kube-proxy`.
 * Sigue a kubernetes: pkg/proxy/nftables/proxier.go: una cadena `service-HASH-ESPACIO/NOMBRE/PROTOCOLO/PUERTO`, y en ella el sorteo.
 */
export function targetsInRules(rules: string, service: string): string[] {
  const targets = [...chainOf(rules, service).matchAll(/(\d+\.\d+\.\d+\.\d+)(?: \. |:)(\d+)/g)].map(([, address, port]) => `${address}:${port}`);
  return [...new Set(targets)].sort();
}

/** El cuerpo de su cadena, en una línea. */
export function chainOf(rules: string, service: string): string {
  const start = rules.search(new RegExp(`^\\s*chain service-[A-Z0-9]+-${service.replaceAll('.', '\\.')} \\{$`, 'm'));
  if (start < 0) return '';
  const body = rules.slice(rules.indexOf('{', start) + 1);
  return body.slice(0, body.search(/^\t\}/m)).replace(/\s+/g, ' ').trim();
}

/** Los Services de un espacio que han dejado alguna cadena. */
export const servicesInRules = (rules: string, namespace: string): string[] =>
  [...new Set([...rules.matchAll(new RegExp(`chain service-[A-Z0-9]+-${namespace}/([^/]+)/`, 'g'))].map(([, name]) => name as string))].sort();

/** Las reglas de un nodo mandan a ese Service a esos Pods. */
export const reaches = (chain: string, expected: string): Check<string> =>
  satisfies<string>(`reglas de ${chain}`, expected, (rules) => sorted(targetsInRules(rules, chain)) === expected);
