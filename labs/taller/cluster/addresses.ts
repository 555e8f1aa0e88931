/** Direcciones dentro de la red del clúster. Es una red propia: no puede chocar con ninguna de la máquina. */
export const controlPlane = '192.168.77.1';
export const networkPrefix = 24;
export const apiPort = 6443;
export const podNetwork = '10.244.0.0/16';
export const serviceNetwork = '10.96.0.0/16';
export const apiService = '10.96.0.1';
export const dnsService = '10.96.0.10';
export const clusterDomain = 'cluster.local';

/** Más no caben en el reparto de direcciones (192.168.77.11 a .19), ni hacen falta. */
export const maxNodes = 9;

export interface NodePlace {
  /** Desde 1. */
  number: number;
  name: string;
  address: string;
  podCidr: string;
}

export const nodePlace = (number: number): NodePlace => ({
  number,
  name: `nodo${number}`,
  address: `192.168.77.${10 + number}`,
  podCidr: `10.244.${number}.0/24`,
});

export const allPlaces: readonly NodePlace[] = Array.from({ length: maxNodes }, (_, index) => nodePlace(index + 1));
