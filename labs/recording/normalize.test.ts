// cspell:ignore lptm bcdfg hjklm
import { describe, expect, it } from 'vitest';
import { normalize, realRules, rules } from './normalize.ts';

const clean = (text: string) => normalize(text, [...rules, ...realRules]);

describe('lo que cambia sin cambiar la historia', () => {
  it.each([
    ['uid 7c1e0f2a-1b2c-4d3e-8f90-a1b2c3d4e5f6', 'uid <uid>'],
    ['suelto (uid 7c1e…) se fue', 'suelto (uid <uid>) se fue'],
    ['10.244.1.7 y 10.96.0.1', '<ip> y <ip>'],
    ['web-f97b95b9-6lptm → web-59b5d9574f-bzh4g', 'web-<plantilla>-<sufijo> → web-<plantilla>-<sufijo>'],
    ['los dos son de ReplicaSet web-f97b95b9;', 'los dos son de ReplicaSet web-<plantilla>;'],
    ['copias-x7k2p: listo', 'copias-<sufijo>: listo'],
    ['agente-bcdfg, agente-hjklm', 'agente-<sufijo>, agente-<sufijo>'],
    ['create --raw /api/v1/namespaces/taller/pods/agente-bcdfg/eviction', 'create --raw /api/v1/namespaces/taller/pods/agente-<sufijo>/eviction'],
    ['09:00:14 Warning', '<hora> Warning'],
    ['listo en 9,8 s', 'listo en <tiempo>'],
    ['en 2 min 1 s', 'en <tiempo>'],
    ['01:31 lab-04 imagen', '<reloj> lab-04 imagen'],
    ['espacio lab-04-7x2k', 'espacio lab-04-<espacio>'],
    ['3 de 3 nodos lo admiten: nodo1, nodo2, nodo3', '3 de 3 nodos lo admiten: <nodo>, <nodo>, <nodo>'],
    ['nodo1: 1; nodo2: 2; nodo3: 1', '<nodo>: 2; <nodo>: 1; <nodo>: 1'],
    ['nodo2: 1; nodo1: 10; nodo3: 2', '<nodo>: 10; <nodo>: 2; <nodo>: 1'],
    ['166 recargas, 0 errores', '<n> recargas, 0 errores'],
    ['contestaron 8 Pods distintos', 'contestaron <n> Pods distintos'],
    ['web-f97b95b9-6lptm: 489 de 1500, 32,6 % (entre 29,6 % y 35,8 %)', 'web-<plantilla>-<sufijo>: <n>, <p> %'],
    ['478 veces, 31,9 % (entre 28,9 % y 35,1 %); por turnos serían 0', '<n>, <p> %; por turnos serían 0'],
    ['51 errores en 500 peticiones; roto, 33 de 100: 33,0 % (entre 22,3 % y 45,8 %)', '<n> errores en <n> peticiones; roto, <n>: <p> %'],
    ['libre: 172 de 633 con error (150 conexión rechazada, 20 conexión cortada); MTTR, 6,9 s', 'libre: <n> con error (<clases>); MTTR, <tiempo>'],
    ['sondeada: 34 cortadas a medias y 3 que llegaron', 'sondeada: <n> cortadas a medias y <n> que llegaron'],
    ['el puerto 30616 contesta', 'el puerto <puerto> contesta'],
    ['url=http%3A%2F%2F192.168.77.11%3A30616%2F', 'url=http%3A%2F%2F<ip>%3A<puerto>%2F'],
    ['8080 10-244-1-4', '8080 <ip>'],
    ['los Pods de web están en nodo1, nodo3', 'los Pods de web están en <nodos>'],
    ['ready + serving → serving + terminating → terminating → fuera', 'ready + serving → serving + terminating → fuera'],
  ])('%s', (text, told) => expect(clean(text)).toBe(told));
});

describe('lo que cuenta la historia se queda', () => {
  it.each([
    'datos-1 → datos-1',
    'maqueta-nodo2: 2',
    'disco-datos-1',
    'pod-suelto.yaml',
    'lab-04-maqueta',
    'node:24.21-alpine',
    'servicio-datos',
    '4 de 4 Pods',
    'v1.37.1',
    ', 0 errores',
    'serving + terminating → fuera',
    'peticiones y ni un error',
  ])('%s', (text) => expect(clean(text)).toBe(text));
});

it('una regla de un paso no toca a los demás', () => {
  const told = (place: string) => normalize('libreta-0 se va', realRules, place);
  expect([told('07/nodo'), told('07/orden')]).toEqual(['libreta-<n> se va', 'libreta-0 se va']);
});
