/** El orden en que se juntan: cada uno, después de lo que usa. */
export const scriptParts: readonly string[] = [
  'labs/engine/probe-result.ts',
  'labs/sonda/script/errors.ts',
  'labs/sonda/script/settings.ts',
  'labs/sonda/script/histogram.ts',
  'labs/sonda/script/gaps.ts',
  'labs/sonda/script/measure.ts',
  'labs/sonda/script/sonda.ts',
];

/**
 * Los archivos de la sonda en uno solo, con sus tipos: es lo que se monta en el Pod. En el repositorio van aparte para
 * poder probarlos; juntos no necesitan ni un `import` que no sea de Node.
 */
export function inlineScript(parts: readonly string[]): string {
  const nodeImports = new Set<string>();
  const bodies = parts.map((text) =>
    text
      .replace(/^import [^;]*? from '([^']+)';\n/gm, (line, from: string) => {
        if (from.startsWith('node:')) nodeImports.add(line.trim());
        return '';
      })
      .replace(/^export /gm, '')
      .trim(),
  );
  const main = bodies.pop() ?? '';
  // El comentario que abre el guion principal explica cómo se usa: va lo primero.
  const opening = /^(\/\/.*\n)*/.exec(main)?.[0] ?? '';
  return `${[opening.trim(), [...nodeImports].sort().join('\n'), ...bodies, main.slice(opening.length).trim()].filter(Boolean).join('\n\n')}\n`;
}
