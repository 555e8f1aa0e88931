import { expect, test } from 'vitest';
import { execType } from './exec.ts';
import { createTestClient } from './test-client.ts';

const pods = '/api/v1/namespaces/default/pods';

async function withPod() {
  const client = createTestClient();
  await client.send('POST', pods, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'app', image: 'busybox:1.37', command: ['sleep', '10000'] }] },
  });
  client.maqueta.clock.advance(10_000);
  const exec = async (query: string, stdin = '') => {
    let isAnswered = false;
    const answer = client.send('POST', `${pods}/p/exec?${query}`, stdin, { accept: execType }).finally(() => {
      isAnswered = true;
    });
    // La orden tarda tiempo virtual, y el cuerpo se lee en el de verdad.
    while (!isAnswered) {
      client.maqueta.clock.advance(100);
      await new Response('').text();
    }
    return answer;
  };
  return { ...client, exec };
}

test('la orden corre en el contenedor y devuelve lo que escribió y con qué acabó', async () => {
  const { exec } = await withPod();
  const command = (words: string[]) => words.map((word) => `command=${encodeURIComponent(word)}`).join('&');
  expect((await exec(command(['sh', '-c', 'echo hola; echo mal >&2; exit 3']))).body).toEqual({ stdout: 'hola\n', stderr: 'mal\n', exitCode: 3 });
  expect((await exec(`${command(['cat'])}&stdin=true`, 'lo que entra')).body).toEqual({ stdout: 'lo que entra', stderr: '', exitCode: 0 });
});

test.each([
  ['sin orden', 'container=app', 'you must specify at least 1 command for the container'],
  ['con una consola', 'command=sh&tty=true', 'La maqueta no tiene consolas: pide la orden sin -t.'],
  ['en un contenedor que no está', 'command=sh&container=otro', 'container otro is not valid for pod p'],
])('%s, no', async (_, query, message) => {
  const { exec } = await withPod();
  expect(await exec(query)).toMatchObject({ status: 400, body: { message, reason: 'BadRequest' } });
});

test('sin quien lleve el canal, hace falta uno', async () => {
  const { send } = await withPod();
  expect(await send('GET', `${pods}/p/exec?command=ls`)).toMatchObject({ status: 400, body: { message: 'Upgrade request required' } });
});
