import { expect, test } from 'vitest';
import type { LabEntry } from '../../registry.ts';
import { parseWords } from './parse-words.ts';

const load = () => Promise.reject(new Error('no se carga'));
const lab04: LabEntry = { id: '04', slug: 'mundo-real', title: '', load };
const lab07: LabEntry = { id: '07', slug: 'statefulset', title: '', load };
const read = (line: string) => parseWords(line === '' ? [] : line.split(' '), [lab04, lab07]);

test.each([
  ['', { labs: [lab04, lab07], where: 'taller', isRecorded: false, isPatient: false }],
  ['taller 7 grabado paciente', { labs: [lab07], where: 'taller', isRecorded: true, isPatient: true }],
  ['maqueta grabado paciente', { labs: [lab04, lab07], where: 'maqueta', isRecorded: false, isPatient: false }],
  ['taller 99', { unknown: '99' }],
])('«%s»', (line, request) => expect(read(line)).toEqual(request));
