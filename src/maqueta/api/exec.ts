import type { ExecResult } from '../kubelet/runtime.ts';
import { ApiError } from '../registry/api-error.ts';
import type { Pod } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { json } from './respond.ts';

/**
 * `pods/NOMBRE/exec` abre un canal de ida y vuelta, que un `Response` no lleva. Quien sirve la maqueta habla WebSocket con el cliente y aquí
 * pide la orden entera, con este tipo y la entrada en el cuerpo: la respuesta es lo que escribió y con qué acabó.
 */
export const execType = 'application/vnd.bitacora.exec+json';

export async function handleExec({ runtime }: World, pod: Pod, query: URLSearchParams, request: Request): Promise<Response> {
  if (request.headers.get('accept') !== execType) throw bad('Upgrade request required');
  const command = query.getAll('command');
  if (command.length === 0) throw bad('you must specify at least 1 command for the container');
  if (query.get('tty') === 'true') throw bad('La maqueta no tiene consolas: pide la orden sin -t.');
  const stdin = await request.text();
  const result = await new Promise<ExecResult>((resolve) => runtime.exec(pod, query.get('container') ?? undefined, command, stdin, resolve));
  return json(result);
}

const bad = (message: string) => new ApiError(400, 'BadRequest', message);
