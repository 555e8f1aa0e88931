import { createConnection } from 'node:net';
import { controlSocket, type Folders } from './folders.ts';
import type { NodeSpec } from './node-spec.ts';

/** Lo que se le puede pedir al pid 1 del clúster (labs/taller/go/taller/cluster.go). */
export type ControlRequest =
  | { op: 'list' }
  | { op: 'start'; node: NodeSpec }
  /** Un corte de luz: containerd, kubelet y contenedores mueren a la vez. */
  | { op: 'kill'; name: string }
  /** Un cable desenchufado, y vuelto a enchufar. */
  | { op: 'cut' | 'mend'; name: string };

/** Devuelve los nodos encendidos. Rechaza con lo que diga el pid 1, o si no contesta en `timeout` ms. */
export function control(folders: Folders, request: ControlRequest, timeout = 30_000): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(controlSocket(folders));
    let text = '';
    socket.setTimeout(timeout, () => socket.destroy(new Error(`El clúster no ha contestado a «${request.op}» en ${timeout / 1000} s.`)));
    socket.on('error', reject);
    socket.on('data', (piece) => {
      text += piece.toString();
    });
    socket.on('close', () => {
      try {
        const { error, nodes } = JSON.parse(text) as { error?: string; nodes: string[] };
        if (error) reject(new Error(error));
        else resolve(nodes.sort());
      } catch {
        reject(new Error(`El clúster ha cortado sin contestar a «${request.op}».`));
      }
    });
    socket.write(JSON.stringify(request));
  });
}
