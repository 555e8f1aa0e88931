import { type ReactNode, useId } from 'react';
import styles from './probe.module.css';

export interface BandProps {
  /** Qué se mide, y su escala: se lee encima del dibujo. */
  title: string;
  /** Lo mismo que se ve, con palabras. */
  description: string;
  /** Alto de cada tramo, de 0 a 1. */
  heights: readonly number[];
  /** Dónde cae cada marca, de 0 a 1. */
  marks: readonly number[];
  tone: 'error' | 'latency';
}

/** Lo que mide el dibujo por dentro: se estira a lo que haya, y las letras van fuera para que no se encojan con él. */
const size = { width: 1000, height: 100 };

/** Una banda de la gráfica: una columna por tramo y una raya por marca. */
export function Band({ title, description, heights, marks, tone }: BandProps): ReactNode {
  const id = useId();
  const width = size.width / Math.max(1, heights.length);
  return (
    <div className={styles.band}>
      <p className={styles.bandTitle} aria-hidden="true">
        {title}
      </p>
      <svg
        className={tone === 'error' ? styles.errorBand : styles.latencyBand}
        viewBox={`0 0 ${size.width} ${size.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby={`${id}-t`}
        aria-describedby={`${id}-d`}
      >
        <title id={`${id}-t`}>{title}</title>
        <desc id={`${id}-d`}>{description}</desc>
        {heights.map((height, index) =>
          height > 0 ? (
            <rect
              key={index}
              x={round(index * width)}
              y={round(size.height * (1 - drawn(height)))}
              width={round(width * 0.86)}
              height={round(size.height * drawn(height))}
            />
          ) : null,
        )}
        {marks.map((at, index) => (
          <line key={index} x1={round(at * size.width)} x2={round(at * size.width)} y1={0} y2={size.height} />
        ))}
        <path d={`M0 ${size.height}H${size.width}`} />
      </svg>
    </div>
  );
}

/** Lo que no es cero se ve: un solo error entre miles también. */
const drawn = (height: number): number => Math.min(1, Math.max(height, 0.04));

const round = (value: number): number => Math.round(value * 100) / 100;
