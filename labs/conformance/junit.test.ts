import { expect, test } from 'vitest';
import { toJUnit } from './junit.ts';
import { conformanceRun } from './testing/conformance-run.ts';

test('un caso por prueba, con su causa si no pasa', () => {
  expect(toJUnit(conformanceRun({ '[sig-apps] A': true, '[sig-apps] B <&>': 'dijo "no"' }))).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="bitacora · conformidad">
      <testsuite name="Kubernetes 1.37.1 contra la maqueta" tests="2" failures="1" time="90.0" timestamp="2026-11-21T08:00:00.000Z">
        <testcase classname="conformidad.maqueta" name="[sig-apps] A" time="1.5"/>
        <testcase classname="conformidad.maqueta" name="[sig-apps] B &lt;&amp;&gt;" time="1.5"><failure message="dijo &quot;no&quot;"/></testcase>
      </testsuite>
    </testsuites>
    "
  `);
});
