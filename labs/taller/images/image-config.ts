import type { ImageConfig } from './recipe.ts';

/** Como llama Docker a cada arquitectura. */
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * El `config` de una imagen, con fecha fija: solo depende de la receta y de las sumas de sus capas.
 * Sigue a opencontainers/image-spec: config.md
 */
export function imageConfig({ ExposedPorts, Volumes, ...config }: ImageConfig, layers: readonly { sha256: string }[], arch: string): string {
  const asSet = (names: readonly string[] | undefined) => names && Object.fromEntries(names.map((name) => [name, {}]));
  return JSON.stringify({
    created: '1970-01-01T00:00:00Z',
    architecture: architectures[arch] ?? arch,
    os: 'linux',
    config: { ...config, ExposedPorts: asSet(ExposedPorts), Volumes: asSet(Volumes) },
    rootfs: { type: 'layers', diff_ids: layers.map(({ sha256 }) => `sha256:${sha256}`) },
  });
}
