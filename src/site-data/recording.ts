// La forma la decide quien graba; el sitio solo la lee.
export type { LabTarget, Recording } from '../../labs/recording/recording.ts';
