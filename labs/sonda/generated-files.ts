import { stripTypeScriptTypes } from 'node:module';
import { scriptKey } from '../../src/maqueta/programs/node/erase-types.ts';

/** Ruta → contenido de lo que se genera a partir del guion. Lo escribe `generate.ts`; una prueba exige que esté al día. */
export const generatedFiles = (script: string): Readonly<Record<string, string>> => ({
  'manifests/sonda/guion.yaml': configMap(script),
  'src/maqueta/programs/node/erased-scripts.generated.ts': erasedScripts(scriptKey(script), stripTypeScriptTypes(script)),
});

const note = 'Generado por labs/sonda/generate.ts: no se edita a mano.';

const configMap = (script: string) => `# ${note}
# El guion de la sonda. Va en un ConfigMap para que cualquier clúster la ejecute con la imagen oficial de Node.
apiVersion: v1
kind: ConfigMap
metadata:
  name: guion-sonda
data:
  # #region guion
  sonda.ts: |
${script
  .trimEnd()
  .split('\n')
  .map((line) => (line ? `    ${line}` : ''))
  .join('\n')}
  # #endregion
`;

/** Los espacios del final de cada línea son tipos borrados: sobran. Sin comillas simples, nadie toma sus `import` por nuestros. */
const asText = (erased: string) => JSON.stringify(erased.replace(/[^\S\n]+$/gm, '')).replaceAll("'", '\\u0027');

const erasedScripts = (key: string, erased: string) => `// ${note}

/** Los guiones con tipos que trae el proyecto, con los tipos en blanco, como los deja Node. */
export const erasedScripts: Readonly<Record<string, string>> = {
  '${key}':
    ${asText(erased)},
};
`;
