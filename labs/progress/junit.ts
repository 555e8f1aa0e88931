import type { LabReport, ModeReport, Report } from './report.ts';

/** El informe en JUnit, que entiende casi cualquier CI: un grupo por laboratorio y modo, un caso por comprobación. */
export function toJUnit({ labs, at, name }: Report): string {
  const suites = labs.flatMap((lab) => lab.modes.map((mode) => suite(lab, mode)));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeXml(name ? `bitacora · ${name}` : 'bitacora')}" timestamp="${escapeXml(at)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function suite({ id, title }: LabReport, { mode, steps, took, at, target, kubernetes }: ModeReport): string {
  const name = `${id} · ${title}${mode === 'challenge' ? ' · reto' : ''}`;
  const failed = steps.filter(({ result }) => result !== 'ok' && result !== 'skipped').length;
  const skipped = steps.filter(({ result }) => result === 'skipped').length;
  return [
    `  <testsuite name="${escapeXml(name)}" tests="${steps.length}" failures="${failed}" skipped="${skipped}" time="${seconds(took)}" timestamp="${escapeXml(at)}">`,
    `    <properties><property name="destino" value="${escapeXml(target)}"/><property name="kubernetes" value="${escapeXml(kubernetes)}"/></properties>`,
    ...steps.map((step) => {
      const open = `    <testcase classname="lab-${escapeXml(id)}.${mode === 'demo' ? 'demostracion' : 'reto'}" name="${escapeXml(`${step.id}: ${step.title}`)}" time="${seconds(step.took)}"`;
      if (step.result === 'ok') return `${open}/>`;
      return `${open}>${step.result === 'skipped' ? '<skipped/>' : `<failure message="${escapeXml(failures[step.result] ?? step.result)}"/>`}</testcase>`;
    }),
    '  </testsuite>',
  ].join('\n');
}

const failures: Readonly<Record<string, string>> = { notYet: 'todavía no', broken: 'se rompió', stopped: 'parado: no va a sanar' };

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(3);

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML 1.0 no admite caracteres de control ni escapados. */
export const escapeXml = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign).replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');
