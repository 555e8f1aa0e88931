import { describe, expect, it } from 'vitest';
import { LabError } from '../engine/lab-error.ts';
import { parseTaller } from './parse.ts';

describe('npm run taller', () => {
  it.each([
    ['', { command: 'up' }],
    ['completo', { command: 'upComplete' }],
    ['estado', { command: 'status' }],
    ['PARAR', { command: 'down' }],
    ['imágenes', { command: 'images' }],
    ['nodos 4', { command: 'nodes', count: 4 }],
    ['apagar nodo3', { command: 'powerOff', node: 'nodo3' }],
    ['encender nodo3', { command: 'powerOn', node: 'nodo3' }],
    ['desconectar nodo2', { command: 'cut', node: 'nodo2' }],
    ['conectar nodo2', { command: 'mend', node: 'nodo2' }],
    ['conformidad', { command: 'conformance', target: 'taller' }],
    ['conformidad maqueta', { command: 'conformance', target: 'maqueta' }],
    ['ayuda', { command: 'help' }],
  ])('«%s»', (words, request) => expect(parseTaller(words.split(' ').filter(Boolean))).toEqual(request));

  it.each([
    ['pararr', 'No conozco «pararr». ¿Querías decir «parar»?', 'npm run taller parar'],
    ['xyzzy', 'No conozco «xyzzy».', 'npm run taller ayuda'],
    ['nodos', 'Después de «nodos» va cuántos.', 'npm run taller nodos 3'],
    ['nodos tres', 'Después de «nodos» va cuántos.', 'npm run taller nodos 3'],
    ['nodos 3 4', 'Sobra «4».', 'npm run taller ayuda'],
    ['apagar', 'Después de «apagar» va el nodo.', 'npm run taller apagar nodo3'],
    ['conformidad minikube', '«conformidad» se pasa al taller o a la maqueta, no a «minikube».', 'npm run taller conformidad maqueta'],
  ])('«%s» no se entiende, y se dice qué hacer', (words, message, fix) => {
    const parse = () => parseTaller(words.split(' '));
    expect(parse).toThrow(LabError);
    expect(parse).toThrow(expect.objectContaining({ message, fix, code: 'USAGE' }));
  });
});
