/** Formato que se pide a `apt-get indextargets`: dirección, publicación y origen, separados por barras. */
export const mirrorFormat = '$(REPO_URI)|$(RELEASE)|$(ORIGIN)';

/**
 * El espejo de Debian que apt usa en esta máquina. Sirve todas las publicaciones, no solo la instalada.
 * El origen solo se sabe si apt ya bajó sus listas; si no, se reconoce por la carpeta.
 */
export function mirrorOf(indexTargets: string): string | undefined {
  const targets = indexTargets
    .split('\n')
    .map((line) => line.trim().split('|'))
    .flatMap(([uri = '', release = '', origin = '']) =>
      /^https?:/.test(uri) && release !== '' && !/-(security|updates|backports)/.test(release) ? [{ uri, origin }] : [],
    );
  const found = targets.find(({ origin }) => origin === 'Debian') ?? targets.find(({ uri }) => /\/debian\/?$/.test(uri));
  return found?.uri.replace(/\/+$/, '');
}
