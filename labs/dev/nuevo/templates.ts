import type { NewFile } from './plan-lab.ts';

interface Name {
  id: string;
  slug: string;
}

/** Está dos veces, en lab.ts y en la lista: una prueba exige que digan lo mismo. */
export const untitled = 'FALTA: el título';

/**
 * Un laboratorio pequeño que compila, corre y se demuestra, sobre un ConfigMap para que valga en cualquier destino.
 * Cada sitio donde falta pensar lleva «FALTA:»; mientras quede uno, `npm test` lo nombra.
 */
export const templates = ({ id, slug }: Name): NewFile[] => {
  const folder = `${id}-${slug}`;
  const manifests = `manifests/${folder}`;
  return [
    { path: `labs/${folder}/lab.ts`, text: labTemplate({ id, slug }) },
    { path: `docs/${folder}/index.mdx`, text: chapterTemplate({ id, slug }) },
    { path: `${manifests}/ajustes.yaml`, text: settings('FALTA: el punto de partida de la demostración.', 'ajustes', 'lento') },
    {
      path: `${manifests}/reto/respuesta.yaml`,
      text: settings('FALTA: el punto de partida del reto; debe fallar en cada comprobación.', 'respuesta', 'lento'),
    },
    { path: `${manifests}/solution/respuesta.yaml`, text: settings('FALTA: una solución.', 'respuesta', 'deprisa') },
    { path: `${manifests}/wrong/a-medias/respuesta.yaml`, text: settings('FALTA: un error que parece una solución.', 'respuesta', 'a medias') },
    { path: `${manifests}/wrong/otra-clave/respuesta.yaml`, text: settings('FALTA: otro error distinto.', 'respuesta', 'lento', 'paso') },
  ];
};

const labTemplate = ({ id, slug }: Name) => `import { exists, hasFields } from '../engine/checks.ts';
import { ConfigMap } from '../engine/kinds.ts';
import { defineLab, step } from '../lab.ts';

export const lab = defineLab({
  id: '${id}',
  slug: '${slug}',
  title: '${untitled}',
  proves: 'FALTA: qué queda demostrado, en una frase.',
  needs: {},
  images: [],
  steps: [
    // #region ajustes
    step(
      'ajustes',
      'FALTA: la afirmación que este paso demuestra',
      async ({ cluster, eventually, note }) => {
        await cluster.apply('ajustes.yaml');
        const settings = await eventually(() => cluster.get(ConfigMap, 'ajustes'), exists(), { within: '10s' });
        note(\`\${settings.metadata.name} existe\`);
      },
      { points: 1, hints: ['FALTA: una pregunta general', 'FALTA: una pregunta más concreta'] },
    ),
    // #endregion
  ],
  challenge: {
    title: 'FALTA: el título del reto',
    brief: 'FALTA: qué se pide a quien aprende, con la carpeta retos/${id}/.',
    given: [],
    steps: [
      step(
        'ritmo',
        'FALTA: lo que debe cumplirse al acabar el reto',
        async ({ cluster, eventually }) => {
          await eventually(() => cluster.get(ConfigMap, 'respuesta'), hasFields({ data: { ritmo: 'deprisa' } }), { within: '10s' });
        },
        { points: 1, hints: ['FALTA: una pregunta general', 'FALTA: una pregunta más concreta'] },
      ),
    ],
    wrong: {
      'a-medias': { fails: 'ritmo', why: 'FALTA: por qué parece bien y no lo está.' },
      'otra-clave': { fails: 'ritmo', why: 'FALTA: por qué parece bien y no lo está.' },
    },
  },
});
`;

const settings = (comment: string, name: string, value: string, key = 'ritmo') => `# ${comment}
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  ${key}: ${value}
`;

const chapterTemplate = ({ id, slug }: Name) => `---
title: 'FALTA: el título del capítulo'
pregunta: '¿FALTA: la pregunta que responde?'
sidebar_label: '${id} · ${slug}'
description: 'FALTA: una frase para el buscador.'
---

<Cabecera lab="${id}" />

FALTA: qué queríamos ver y por qué lo ingenuo falla.

<Laboratorio id="${id}" />

## FALTA: lo ingenuo {#ingenuo}

::include{file="manifests/${id}-${slug}/ajustes.yaml" paths="data"}

<Paso lab="${id}" id="ajustes" />

FALTA: qué salió y qué sorprendió.

## Repaso {#repaso}

<Repaso>
  <Pregunta texto="FALTA: una pregunta">
FALTA: su respuesta.
  </Pregunta>
</Repaso>

## FALTA: el reto {#reto}

<Pista lab="${id}" id="ritmo">
  FALTA: la explicación que se abre después de intentarlo.
</Pista>

## Qué queda por probar {#pendiente}

FALTA: lo que no sabemos y qué experimento lo aclararía.

<ParaClase lab="${id}" />
`;
