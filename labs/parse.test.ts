import { describe, expect, it } from 'vitest';
import { parse } from './parse.ts';
import type { LabEntry } from './registry.ts';

const load = () => Promise.reject(new Error('parse no carga laboratorios'));
const lab04: LabEntry = { id: '04', slug: 'mundo-real', title: 'Mundo real', load };
const lab07: LabEntry = { id: '07', slug: 'statefulset', title: 'Identidad', load };
const read = (line: string) => parse(line === '' ? [] : line.split(' '), [lab04, lab07]);
const automatic = { format: 'auto', target: { kind: 'automatic' } };

describe('el mismo laboratorio, escrito de varias maneras', () => {
  it.each(['4', '04', '004', 'mundo-real', 'MUNDO-REAL', 'mundo-re\u0301al'])('%s', (word) => {
    expect(read(word)).toEqual({ command: 'lab', action: 'run', lab: lab04, mode: undefined, ...automatic });
  });
});

describe('acciones', () => {
  it.each([
    ['04 pista', 'hint'],
    ['04 órdenes', 'show'],
    ['04 o\u0301rdenes', 'show'],
    ['04 ESTADO', 'status'],
    ['04 espacio', 'space'],
    ['04 limpiar', 'clean'],
  ])('%s', (line, action) => expect(read(line)).toEqual({ command: 'lab', action, lab: lab04, mode: undefined, ...automatic }));

  it('reto y reto pista', () => {
    expect(read('04 reto')).toEqual({ command: 'lab', action: 'run', lab: lab04, mode: 'challenge', ...automatic });
    expect(read('04 reto pista')).toEqual({ command: 'lab', action: 'hint', lab: lab04, mode: 'challenge', ...automatic });
  });
});

describe('órdenes sin laboratorio', () => {
  it.each([
    ['', { command: 'list' }],
    ['lista', { command: 'list' }],
    ['plano', { command: 'list', format: 'reader' }],
    ['doctor plano', { command: 'doctor', format: 'reader' }],
    ['todos json', { command: 'all', format: 'json' }],
    ['informe', { command: 'report', report: 'json', name: undefined }],
    ['informe junit', { command: 'report', report: 'junit', name: undefined }],
    ['informe json nombre Íñigo', { command: 'report', report: 'json', name: 'Íñigo' }],
    ['ayuda', { command: 'help', topic: undefined }],
    ['04 ayuda', { command: 'help', topic: 'lab' }],
    ['doctor ayuda', { command: 'help', topic: 'doctor' }],
  ])('«%s»', (line, request) => expect(read(line)).toEqual({ ...automatic, ...request }));
});

describe('destinos', () => {
  it.each([
    ['04 minikube', { kind: 'minikube' }],
    ['04 Maqueta', { kind: 'maqueta' }],
    ['04 taller', { kind: 'taller' }],
    ['04 perfil Otro', { kind: 'minikube', profile: 'Otro' }],
    ['04 contexto Aula-1', { kind: 'context', name: 'Aula-1', isConfirmed: false }],
    ['04 confirmo contexto json', { kind: 'context', name: 'json', isConfirmed: true }],
  ])('%s', (line, target) => expect(read(line)).toMatchObject({ command: 'lab', target, format: 'auto' }));
});

describe('uso incorrecto', () => {
  it.each([
    ['99', 'No hay laboratorio 99. El más cercano es el 07.', 'npm run -s lab 07'],
    ['O4', 'No conozco «O4». ¿Querías decir 04?', 'npm run -s lab 04'],
    ['04 psita', 'No conozco «psita». ¿Querías decir «pista»?', 'npm run -s lab 04 pista'],
    ['psita', '«pista» va detrás de un laboratorio.', 'npm run -s lab 04 pista'],
    ['doctro', 'No conozco «doctro». ¿Querías decir «doctor»?', 'npm run -s lab doctor'],
    ['xilófono', 'No conozco «xilófono».', 'npm run -s lab ayuda'],
    ['04 xilófono', 'No conozco «xilófono».', 'npm run -s lab 04 ayuda'],
    ['04 07', 'No conozco «07».', 'npm run -s lab 04 ayuda'],
    ['04 pista limpiar', 'Una acción por orden: has escrito dos.', 'npm run -s lab 04 ayuda'],
    ['04 reto limpiar', '«reto» se junta con «pista» y con nada más.', 'npm run -s lab 04 reto'],
    ['04 maqueta minikube', 'Un destino por orden: has escrito dos.', 'npm run -s lab 04 ayuda'],
    ['04 contexto', 'Después de «contexto» va su nombre.', 'kubectl config get-contexts -o name'],
    ['04 perfil', 'Después de «perfil» va su nombre.', 'minikube profile list'],
    ['04 confirmo', '«confirmo» solo acompaña a «contexto NOMBRE».', 'npm run -s lab 04 ayuda'],
    ['04 --pista', 'Aquí las opciones son palabras, sin guiones: npm se queda con «--pista».', 'npm run -s lab 04 pista'],
    ['--help', 'Aquí las opciones son palabras, sin guiones: npm se queda con «--help».', 'npm run -s lab ayuda'],
    ['precarga', '«precarga» aún no está en esta versión.', 'npm run -s lab ayuda'],
    ['recoger informes/', '«recoger» aún no está en esta versión.', 'npm run -s lab ayuda'],
    ['informe moodle', '«moodle» aún no está en esta versión.', 'npm run -s lab informe'],
    ['informe juni', 'No conozco «juni». ¿Querías decir «junit»?', 'npm run -s lab informe junit'],
    ['informe nombre', 'Después de «nombre» va el tuyo, entre comillas si tiene espacios.', 'npm run -s lab informe nombre a01'],
    ['lista 04', 'No conozco «04».', 'npm run -s lab lista ayuda'],
  ])('«%s»', (line, message, fix) => expect(read(line)).toMatchObject({ command: 'usage', message, fix }));
});
