/** Lo que todo taller necesita, lleve el laboratorio que lleve: sandbox, DNS, volúmenes y métricas. */
export const clusterImages: readonly string[] = [
  'registry.k8s.io/pause:3.10.2',
  'registry.k8s.io/coredns/coredns:v1.15.0',
  'rancher/local-path-provisioner:v0.0.30',
  'busybox:1.37',
  'registry.k8s.io/metrics-server/metrics-server:v0.9.0',
];

/** Las que pide la batería de conformidad, con su nombre exacto. Sigue a kubernetes: test/utils/image/manifest.go */
export const conformanceImages: readonly string[] = [
  'registry.k8s.io/pause:3.10.2',
  'registry.k8s.io/e2e-test-images/agnhost:2.66.1',
  'registry.k8s.io/e2e-test-images/agnhost:2.55',
  'registry.k8s.io/e2e-test-images/nginx:1.27.0-2',
  'registry.k8s.io/e2e-test-images/nginx:1.28.0-2',
  'registry.k8s.io/e2e-test-images/busybox:1.37.0-2',
];

/** Para contrastar la sonda. */
export const loadImages: readonly string[] = ['fortio/fortio:1.68.0'];

/** Servidores que usan otros capítulos: en el taller se comprueba que arrancan y sirven como las oficiales (`labs/dev/check-images/serving.ts`). */
export const serverImages: readonly string[] = ['nginx:1.30', 'mariadb:11.8', 'rabbitmq:4.3-management', 'postgres:18'];

/** No existen, y el laboratorio que las nombra enseña justo eso. */
export const missingOnPurpose: readonly string[] = [];
