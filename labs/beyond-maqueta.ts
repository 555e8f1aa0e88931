import type { Step } from './lab.ts';

/** Solo un clúster de verdad tiene un núcleo donde leer lo que kube-proxy escribe: en la maqueta el paso se salta, y está bien. */
export const isBeyondMaqueta = ({ needs }: Pick<Step, 'needs'>): boolean => needs?.proxyRules === true;
