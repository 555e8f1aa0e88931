import type { Scorer } from './score.ts';

const smallest = 23 * 1024 * 1024;
const largestPerContainer = 1000 * 1024 * 1024;

/** Prefiere los nodos que ya tienen las imágenes, más cuanto más pesan y más repartidas están. */
// Sigue a kube-scheduler: framework/plugins/imagelocality/image_locality.go.
export const imageLocality: Scorer = (pod, nodes, totals, { cluster }) => {
  if (cluster.imageSpread.size === 0) return;
  const images = [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map(({ image = '' }) => withTag(image));
  if (!images.some((image) => (cluster.imageSpread.get(image) ?? 0) > 0)) return;
  const total = cluster.nodes().length;
  const largest = largestPerContainer * images.length;
  for (let index = 0; index < nodes.length; index++) {
    const known = nodes[index]?.node?.status?.images ?? [];
    let sum = 0;
    for (const image of images) {
      const size = known.find(({ names }) => names?.includes(image))?.sizeBytes;
      if (size) sum += Math.trunc(size * ((cluster.imageSpread.get(image) ?? 0) / total));
    }
    const score = Math.trunc((100 * (Math.min(largest, Math.max(smallest, sum)) - smallest)) / (largest - smallest));
    totals[index] = (totals[index] as number) + score;
  }
};

const withTag = (image: string): string => (image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image);
