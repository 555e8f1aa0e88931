import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { execType } from '../../src/maqueta/api/exec.ts';
import { type ServedMaqueta, serveMaqueta } from './serve-maqueta.ts';

let served: ServedMaqueta;
let asked: { method: string; path: string; accept: string | null; body: string }[];
let result: () => Response;

beforeEach(async () => {
  asked = [];
  result = () => Response.json({ stdout: 'hola\n', stderr: 'mal\n', exitCode: 3 });
  served = await serveMaqueta({
    async fetch(request) {
      const { pathname, search } = new URL(request.url);
      asked.push({ method: request.method, path: pathname + search, accept: request.headers.get('accept'), body: await request.text() });
      if (pathname.endsWith('/exec')) return result();
      return pathname.endsWith('/p')
        ? Response.json({ kind: 'Pod' })
        : Response.json({ message: 'pods "nope" not found', reason: 'NotFound' }, { status: 404 });
    },
  });
});
afterEach(() => served.close());

/** El cliente de WebSocket de Node, que sí deja poner cabeceras: no lo hemos escrito nosotros. */
const Client = WebSocket as unknown as new (url: string, options: { protocols: string[]; headers: Record<string, string> }) => WebSocket;

interface Heard {
  protocol: string;
  /** `canal:texto`, en orden. */
  messages: string[];
  code: number;
}

function talk(path: string, { protocols = ['v5.channel.k8s.io'], headers = {}, say = [] as Uint8Array<ArrayBuffer>[] } = {}): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const client = new Client(`${served.url.replace('http', 'ws')}${path}`, { protocols, headers: { authorization: `Bearer ${served.token}`, ...headers } });
    client.binaryType = 'arraybuffer';
    const messages: string[] = [];
    client.onopen = () => {
      for (const message of say) client.send(message);
    };
    client.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      const [channel, ...text] = new Uint8Array(data);
      messages.push(`${channel}:${Buffer.from(text).toString()}`);
    };
    client.onerror = () => reject(new Error('no se abre'));
    client.onclose = ({ code }) => resolve({ protocol: client.protocol, messages, code });
  });
}

const exec = '/api/v1/namespaces/default/pods/p/exec?command=ls&stdout=true';

describe('exec por WebSocket', () => {
  it('la salida, los errores y con qué acabó van cada uno por su canal', async () => {
    const { protocol, messages, code } = await talk(exec);
    expect([protocol, code]).toEqual(['v5.channel.k8s.io', 1000]);
    expect(messages.slice(0, 2)).toEqual(['1:hola\n', '2:mal\n']);
    expect(JSON.parse(messages[2]?.slice(2) ?? '')).toEqual({
      metadata: {},
      status: 'Failure',
      message: 'command terminated with non-zero exit code: exit status 3',
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: '3' }] },
    });
    expect(asked.at(-1)).toEqual({ method: 'POST', path: exec, accept: execType, body: '' });
  });

  it('la que acaba bien lo dice, y una salida larga llega entera', async () => {
    const long = 'ñ'.repeat(70_000);
    result = () => Response.json({ stdout: long, stderr: '', exitCode: 0 });
    expect((await talk(exec)).messages).toEqual([`1:${long}`, '3:{"metadata":{},"status":"Success"}']);
  });

  it('con entrada, espera a que el cliente la cierre', async () => {
    const say = [Buffer.from('\0uno '), Buffer.from('\0dos'), Buffer.of(255, 0)];
    await talk(`${exec}&stdin=true`, { say });
    expect(asked.at(-1)?.body).toBe('uno dos');
  });

  it('lo que la maqueta rechaza llega por el canal de errores', async () => {
    result = () => Response.json({ status: 'Failure', message: 'container otro is not valid for pod p' }, { status: 400 });
    expect((await talk(exec)).messages).toEqual(['3:{"status":"Failure","message":"container otro is not valid for pod p"}']);
  });

  it.each([
    ['a un Pod que no está', '/api/v1/namespaces/default/pods/nope/exec?command=ls', {}],
    ['a otro subrecurso', '/api/v1/namespaces/default/pods/p/attach', {}],
    ['con otro protocolo', exec, { protocols: ['otro.k8s.io'] }],
    ['sin el token', exec, { headers: { authorization: 'Bearer x' } }],
    ['desde una página', exec, { headers: { origin: 'https://ejemplo.com' } }],
  ])('no se abre %s', async (_, path, options) => {
    await expect(talk(path, options)).rejects.toThrow('no se abre');
    expect(asked.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('al cerrar la maqueta no queda ningún canal abierto', async () => {
    const ended = talk(`${exec}&stdin=true`, { say: [Buffer.from('\0a')] }).catch(() => 'cortado');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await served.close();
    expect(await ended).not.toBeUndefined();
  });
});
