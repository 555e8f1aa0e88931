import { fastest } from './parse-words.ts';

export const helpLines: readonly string[] = [
  'npm run -s maqueta [puerto N] [rapido xN]',
  '',
  'Sirve la maqueta, un Kubernetes simulado, en esta máquina: kubectl, Helm, k9s y cualquier otro cliente pueden usarla.',
  '  puerto N      en ese puerto; sin decirlo, uno libre',
  `  rapido xN     el reloj va N veces más deprisa (hasta x${fastest}); sin decirlo, al ritmo real`,
  'Ctrl-C la para. Lo que hubiera en ella desaparece.',
];

export const servingLines = ({ url, nodes, speed, kubectl }: { url: string; nodes: number; speed: number; kubectl: string }): string[] => [
  `Maqueta (Kubernetes simulado) en ${url} · ${nodes} nodos · ${speed === 1 ? 'a ritmo real' : `el reloj va ×${String(speed).replace('.', ',')}`}`,
  '',
  `  ${kubectl} get nodes`,
  '',
  'Ctrl-C la para y borra ese kubeconfig.',
];

export const stopped = 'Maqueta parada: no queda nada.';

/** Lista para pegar: si la ruta lleva espacios o signos, va entre comillas. */
export const kubectlWith = (file: string): string => `kubectl --kubeconfig ${/^[\w./\\:-]+$/.test(file) ? file : `"${file}"`}`;
