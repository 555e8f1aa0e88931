// @ts-check

/** Causa y remedio de cada fallo de npm que quien lee puede arreglar. Se prueban en orden. */
/** @type {readonly [RegExp, string, string][]} */
const known = [
  [/ENOENT.*npm|spawn npm/s, 'No encuentro el programa npm.', 'instala Node.js con su npm y repite la orden'],
  [/\bENOSPC\b/, 'No queda sitio en el disco.', 'libera al menos 1 GB y repite la orden'],
  [
    /\b(EACCES|EPERM|EROFS)\b/,
    'No hay permiso para escribir en esta carpeta o en la caché de npm.',
    'npm config get cache   (y mira de quién son esa carpeta y esta)',
  ],
  [
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b/,
    'No hay conexión con el registro de paquetes.',
    'npm ping   (y repite la orden cuando responda)',
  ],
  [
    /\b(UNABLE_TO_GET_ISSUER_CERT_LOCALLY|SELF_SIGNED_CERT_IN_CHAIN|CERT_HAS_EXPIRED|UNABLE_TO_VERIFY_LEAF_SIGNATURE)\b/,
    'El certificado del registro de paquetes no es de fiar para este Node.',
    'npm config get cafile   (en una red con inspección TLS hace falta su certificado)',
  ],
  [/\b(E401|E403|ENEEDAUTH)\b/, 'El registro de paquetes pide credenciales o te niega un paquete.', 'npm ping'],
  [/\bEINTEGRITY\b/, 'Un paquete llegó distinto de como dice package-lock.json.', 'npm cache verify'],
  [/\bEUSAGE\b/, 'package-lock.json no casa con package.json.', 'npm install   (si has cambiado dependencias; si no, git checkout package-lock.json)'],
  [/\bE404\b|\bETARGET\b/, 'El registro de paquetes que usa npm no tiene una versión que hace falta.', 'npm config get registry'],
];

/**
 * @param {string} output lo que npm escribió
 * @returns {{ cause: string, fix: string, detail: string[] }} `detail`: sus primeras líneas con sentido, como mucho 4
 */
export function explainFailure(output) {
  const lines = output
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!)\s?/, '').trimEnd())
    .filter((line) => line !== '' && !line.startsWith('npm warn') && !/^(A complete log|syscall|errno|\s+at )/.test(line));
  const found = known.find(([pattern]) => pattern.test(output));
  return {
    cause: found?.[1] ?? 'npm no ha podido instalar las dependencias.',
    fix: found?.[2] ?? 'npm ci',
    detail: lines.slice(0, 4),
  };
}
