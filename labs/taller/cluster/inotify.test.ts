import { expect, it } from 'vitest';
import { readInotify, requireInotify } from './inotify.ts';

const problem = (used: number, nodes: number, isNew?: boolean) => {
  try {
    requireInotify({ limit: 128, used }, nodes, isNew);
    return undefined;
  } catch (error) {
    const { code, message, where, fix } = error as { code: string; message: string; where: string; fix: string };
    return { code, message, where, fix };
  }
};

it('con dos talleres más cabe el tercero', () => expect(problem(80, 3)).toBeUndefined());

it('el cuarto no, y se dice antes de levantar nada', () =>
  expect(problem(117, 3)).toEqual({
    code: 'ENVIRONMENT',
    message: 'Al usuario root le quedan 11 vigilantes de archivos (inotify) de 128, y aquí hacen falta unos 44.',
    where: 'los tienen otros talleres u otros programas de esta máquina',
    fix: 'sysctl -w fs.inotify.max_user_instances=512   (o para el otro taller)',
  }));

it('a un taller en marcha solo se le suman nodos', () => {
  expect(problem(117, 1, false)).toBeUndefined();
  expect(problem(117, 2, false)?.message).toBe('Al usuario root le quedan 11 vigilantes de archivos (inotify) de 128, y aquí hacen falta unos 20.');
});

// inotify es de Linux.
it.runIf(process.platform === 'linux')('se cuentan de verdad', async () => {
  const { limit, used } = await readInotify();
  expect(limit).toBeGreaterThan(0);
  expect(used).toBeLessThanOrEqual(limit * 2);
});
