import { escapeXml } from '../progress/junit.ts';
import { type ConformanceRun, passing } from './result.ts';

/** El resultado en JUnit: un grupo, un caso por prueba. */
export function toJUnit(run: ConformanceRun): string {
  const { target, version, at, seconds, tests } = run;
  const counts = `tests="${tests.length}" failures="${tests.length - passing(run)}" time="${seconds.toFixed(1)}" timestamp="${escapeXml(at)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="bitacora · conformidad">',
    `  <testsuite name="${escapeXml(`Kubernetes ${version} contra ${place[target]}`)}" ${counts}>`,
    ...tests.map(({ name, passes, why = '', seconds: took }) => {
      const open = `    <testcase classname="conformidad.${target}" name="${escapeXml(name)}" time="${took.toFixed(1)}"`;
      return passes ? `${open}/>` : `${open}><failure message="${escapeXml(why)}"/></testcase>`;
    }),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

const place = { taller: 'el taller', maqueta: 'la maqueta' } as const;
