/** client-node 2.x usa undici 8, que pide Node 22.19: con menos, muere en el propio `import`. Se mira antes de importar nada. */
const oldest = [22, 19, 0] as const;

export function nodeIsSupported(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version
    .replace(/^v/, '')
    .split('.')
    .map((part) => Number.parseInt(part, 10) || 0);
  if (major !== oldest[0]) return major > oldest[0];
  if (minor !== oldest[1]) return minor > oldest[1];
  return patch >= oldest[2];
}
