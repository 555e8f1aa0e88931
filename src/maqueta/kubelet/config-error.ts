/** Algo que falta o no se entiende al preparar un contenedor: su texto es el de `CreateContainerConfigError`. */
export class ConfigError extends Error {}
