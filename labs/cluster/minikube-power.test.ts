import { expect, test } from 'vitest';
import { minikubePower } from './minikube-power.ts';

const answering = (answer: { exitCode?: number; stderr?: string; timedOut?: boolean }) => {
  const asked: string[] = [];
  const power = minikubePower('aula', async (args) => {
    asked.push(args.join(' '));
    return { exitCode: 0, stderr: '', timedOut: false, ...answer };
  });
  return { asked, power };
};

test('apaga y enciende la máquina entera de ese perfil', async () => {
  const { asked, power } = answering({});
  await power.off('aula-m02');
  await power.on('aula-m02');
  expect(asked).toEqual(['node stop aula-m02 -p aula', 'node start aula-m02 -p aula']);
});

test.each([
  [{ exitCode: 85, stderr: 'X Exiting due to GUEST_NODE_RETRIEVE\nretrieving node: Could not find node m09' }, 'retrieving node: Could not find node m09'],
  [{ exitCode: 1, timedOut: true }, 'sin respuesta en 5 min'],
])('si minikube no puede, dice por qué y la orden que pegar (%j)', async (answer, why) => {
  await expect(answering(answer).power.off('m09')).rejects.toMatchObject({
    code: 'ENVIRONMENT',
    message: `minikube no ha podido apagar m09: ${why}.`,
    fix: 'minikube node stop m09 -p aula',
  });
});
