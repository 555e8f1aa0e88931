import { expect, test } from 'vitest';
import type { LabEntry } from '../../registry.ts';
import { parseWords } from './parse-words.ts';

const load = () => Promise.reject(new Error('no se carga'));
const lab04: LabEntry = { id: '04', slug: 'mundo-real', title: '', load };
const lab07: LabEntry = { id: '07', slug: 'statefulset', title: '', load };
const read = (line: string) => parseWords(line === '' ? [] : line.split(' '), [lab04, lab07]);

test.each([
  ['', { kind: 'record', labs: [lab04, lab07], where: undefined }],
  ['04', { kind: 'record', labs: [lab04], where: undefined }],
  ['taller 7', { kind: 'record', labs: [lab07], where: 'taller' }],
  ['04 Taller comparar', { kind: 'compare', labs: [lab04], where: 'taller' }],
  ['comparar', { kind: 'compare', labs: [lab04, lab07], where: undefined }],
  ['mundo-real statefulset maqueta', { kind: 'record', labs: [lab04, lab07], where: 'maqueta' }],
  ['04 comparar maqueta', { kind: 'compare', labs: [lab04], where: 'maqueta' }],
  ['04 ayuda', { kind: 'help' }],
  ['04 minikube', { kind: 'usage', message: 'No hay laboratorio «minikube». Los que hay: 04, 07.', fix: '04' }],
  ['99', { kind: 'usage', message: 'No hay laboratorio «99». Los que hay: 04, 07.', fix: '04' }],
  ['04 compara', { kind: 'usage', message: 'No conozco «compara». ¿Querías decir «comparar»?', fix: 'ayuda' }],
  ['04 taller maqueta', { kind: 'usage', message: 'Un destino por orden: has escrito dos. Sin decirlo, se graba en los dos.', fix: 'ayuda' }],
])('«%s»', (line, request) => expect(read(line)).toEqual(request));
