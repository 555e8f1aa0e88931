/** Lo personal de esta máquina: su texto y lo que se enseña en su lugar. */
export interface Personal {
  text: string;
  shown: string;
}

/**
 * Tapa rutas personales, credenciales y direcciones, para pegar un diagnóstico en un foro. Ante la duda, tapa.
 * Sigue a exercism/cli: cmd/troubleshoot.go.
 */
export function redact(text: string, personal: readonly Personal[]): string {
  let clean = text;
  // La ruta más larga primero: el proyecto suele estar dentro de la carpeta personal.
  for (const { text: secret, shown } of [...personal].filter((one) => one.text.length > 1).sort((a, b) => b.text.length - a.text.length))
    clean = clean.replaceAll(secret, shown);
  return clean
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/(?!(?:kubernetes\.io|nodejs\.org|minikube\.sigs\.k8s\.io)\b)[^\s,;)]+/gi, '<dirección>')
    .replace(/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/g, '<dirección>')
    .replace(/\[?\b(?:[0-9a-f]{1,4}:){2,7}[0-9a-f]{0,4}\b\]?(?::\d+)?|\[?::1\]?(?::\d+)?/gi, '<dirección>')
    .replace(/\b(?:eyJ[\w-]+\.[\w-]+\.[\w-]*|[A-Za-z0-9+/_-]{32,}={0,2})/g, '<tapado>')
    .replace(/\b(token|password|contraseña|secret)(["':= ]+)\S+/gi, '$1$2<tapado>');
}
