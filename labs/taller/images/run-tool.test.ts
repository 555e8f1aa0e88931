import { describe, expect, test } from 'vitest';
import { explainToolFailure, runTool } from './run-tool.ts';

describe('de lo que escribe un programa a su causa', () => {
  test.each([
    [
      'disco lleno',
      'Unpacking galera-4 …\ntar: usr/bin/mariadbd: Cannot write: No space left on device\ntar: Exiting with failure status',
      'No se pudo instalar galera-4: no queda disco.\ntar: usr/bin/mariadbd: Cannot write: No space left on device',
      'df -h ~/.cache /tmp',
    ],
    [
      'sin red',
      "Err:1 http://espejo.example forky InRelease\n  Temporary failure resolving 'espejo.example'\nE: Some index files failed to download.",
      "No se pudo instalar galera-4: no se llega al registro de paquetes.\n  Temporary failure resolving 'espejo.example'",
      'Comprueba la red y repite: lo que ya se hizo está guardado.',
    ],
    [
      'sin permiso para montar',
      'unshare: unshare failed: Operation not permitted',
      'No se pudo instalar galera-4: el sistema no deja crear montajes propios.\nunshare: unshare failed: Operation not permitted',
      'sudo -E npm run taller',
    ],
    ['algo que no conocemos', 'uno\n\ndos\n', 'No se pudo instalar galera-4:\nuno\ndos', undefined],
  ])('%s', (_, output, message, fix) => {
    const error = explainToolFailure('instalar galera-4', output);

    expect({ message: error.message, fix: error.fix, code: error.code }).toEqual({ message, fix, code: 'ENVIRONMENT' });
  });
});

describe('ejecutar un programa', () => {
  const signal = new AbortController().signal;

  test('devuelve lo que escribió', async () => {
    expect(await runTool({ command: 'sh', args: ['-c', 'echo hola'], task: 'saludar', signal })).toBe('hola');
  });

  test('si no existe, dice cuál', async () => {
    await expect(runTool({ command: 'no-existe-este-programa', args: [], task: 'saludar', signal })).rejects.toMatchObject({
      message: 'No se puede saludar: falta no-existe-este-programa.',
      code: 'ENVIRONMENT',
    });
  });

  test('si se corta con Ctrl-C, no es un fallo de la máquina', async () => {
    const stop = new AbortController();
    const running = runTool({ command: 'sleep', args: ['20'], task: 'saludar', signal: stop.signal });
    stop.abort();

    await expect(running).rejects.toMatchObject({ message: 'Cortado mientras se iba a saludar.', code: 'ABORTED' });
  });
});
